import { authenticate, type NewChannel } from '@tims/core';
import { type Person, type Stage, tokenFor } from '../stage/index.js';

/** What the calls are about: valid bodies, and things that are there already. */

let serial = 0;
/** Names and addresses end with it, so that no two are the same. */
export const next = () => ++serial;

export function newUser(teamId: string): object {
  const email = `new-${next()}@example.com`;
  return { email, name: 'New', password: 'correct horse battery', role: 'agent', teams: [{ id: teamId }] };
}

export function newInvitation(teamId: string): object {
  return { email: `invited-${next()}@example.com`, role: 'agent', teams: [{ id: teamId }] };
}

export async function ownInvitation({ tims, admin, call }: Stage): Promise<string> {
  return (await call('POST', '/api/invitations', { as: admin, body: newInvitation(tims.teamId) })).body.id;
}

export function newRole(): object {
  const permissions = [{ permission: 'directory:read', scope: 'all' }];
  return { key: `role_${next()}`, name: 'A role', rank: 10, permissions };
}

export async function ownRole({ admin, call }: Stage): Promise<string> {
  return (await call('POST', '/api/roles', { as: admin, body: newRole() })).body.key;
}

/** A key that runs out in a day. */
export function newKey(permissions: string[]): object {
  return { name: 'A key', permissions, expiresAt: new Date(Date.now() + 86_400_000).toISOString() };
}

export function newChannel(
  defaultTeamId: string,
  config: Record<string, string> = {},
): NewChannel & { config: { phoneNumberId: string } } {
  const phoneNumberId = String(900_000_000_000 + next());
  const rest = { kind: 'whatsapp', name: 'Another number', defaultTeamId, verify: false };
  return { ...rest, config: { phoneNumberId, accessToken: 'token', ...config } };
}

/** A tag of the caller's team. */
export async function teamTag({ call, admin, tims }: Stage): Promise<string> {
  const body = { name: `Tag ${next()}`, teamId: tims.teamId };
  return (await call('POST', '/api/tags', { as: admin, body })).body.id;
}

export async function teamReason({ call, admin, tims }: Stage): Promise<string> {
  const body = { key: `reason_${next()}`, name: 'A reason', teamId: tims.teamId };
  return (await call('POST', '/api/close-reasons', { as: admin, body })).body.id;
}

/** A second session of the user; answers with its id. */
export async function anotherSession({ installation }: Stage['tims'], actor: Person['actor']): Promise<string> {
  const token = await tokenFor(installation, actor);
  return (await authenticate(installation, token))?.via ?? '';
}
