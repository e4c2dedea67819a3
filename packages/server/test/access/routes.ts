import { updateSettings } from '@tims/core';
import { signWebhook, textWebhook } from '@tims/testing';
import { addPerson, type Stage } from '../stage/index.js';
import { contactImports } from './contact-imports.js';
import { contacts } from './contacts.js';
import { conversations } from './conversations.js';
import type { AccessStage, RouteExpectation } from './expectation.js';
import { labels } from './labels.js';
import { newChannel } from './made.js';
import { merges } from './merges.js';
import { organization } from './organization.js';
import { people } from './people.js';
import { signIn } from './sign-in.js';
import { teamwork } from './teamwork.js';

export { type AccessStage, type RoleKey, roleKeys } from './expectation.js';

export const protectedRoutes: Record<string, RouteExpectation> = {
  ...signIn,
  ...people,
  ...organization,
  ...conversations,
  ...labels,
  ...contacts,
  ...contactImports,
  ...merges,
  ...teamwork,
};

/** The closed list of what answers without a token; what each asks for instead is tested where it belongs. */
export const publicRoutes = [
  'POST /api/auth/login',
  'POST /api/auth/refresh',
  'POST /api/auth/logout',
  'POST /api/auth/password-reset',
  'POST /api/auth/password-reset/confirm',
  'POST /api/invitations/preview',
  'POST /api/invitations/accept',
  'GET /api/auth/csrf',
  'GET /api/realtime',
  'POST /api/webhook/:kind',
  'GET /api/webhook/:kind',
  'POST /api/webhook/:kind/:channelId',
  'GET /api/webhook/:kind/:channelId',
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'GET /openapi.json',
];

export async function accessStage(stage: Stage): Promise<AccessStage> {
  const { tims, admin } = stage;
  const teams = [tims.teamId];
  // So that there is time to take a message back.
  await updateSettings(tims.installation, tims.admin, { undoSendSeconds: 60 });
  const [operations_manager, manager, assistant_manager, agent] = await Promise.all([
    addPerson(tims, 'operations_manager', teams),
    addPerson(tims, 'manager', teams),
    addPerson(tims, 'assistant_manager', teams),
    addPerson(tims, 'agent', teams),
  ]);
  const people = { admin, operations_manager, manager, assistant_manager, agent };
  const { body: tags } = await stage.call('GET', '/api/tags', { as: admin });
  return { ...stage, people, failureId: await ownFailure(stage), tagId: tags.data[0].id };
}

/** A failure that belongs to the organization: signed with a channel's own secret, about a number that nobody has. */
async function ownFailure({ tims, admin, call }: Stage): Promise<string> {
  const appSecret = 'the secret of one channel';
  const { body: channel } = await call('POST', '/api/channels', {
    as: admin,
    body: newChannel(tims.teamId, { appSecret }),
  });
  const { body, headers } = signWebhook(textWebhook({ phoneNumberId: '999999', from: '60123456789' }), appSecret);
  await call('POST', channel.webhookPath, { body: body.toString(), headers });
  const { body: failures } = await call('GET', '/api/inbound-failures', { as: admin });
  return failures.data[0].id;
}
