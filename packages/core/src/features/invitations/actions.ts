import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { reading, transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { hashToken, newOpaqueToken } from '../../kernel/opaque-token.js';
import { guarded } from '../lockout/index.js';
import { queueMail } from '../mail/index.js';
import { organizationName } from '../organizations/index.js';
import { demand } from '../roles/index.js';
import {
  type AccountRow,
  addUser,
  demandRole,
  demandTeams,
  findAccount,
  joinOrganization,
  membershipsOf,
  newPasswordHash,
  passwordMatches,
  type User,
} from '../users/index.js';
import { invitationMail } from './letter.js';
import {
  deleteInvitationRow,
  findByToken,
  findPending,
  type InvitationRow,
  insertInvitation,
  lockInvitation,
  present,
  renewInvitation,
  spendInvitation,
  teamsOf,
} from './repository.js';
import type { Acceptance, Accepted, NewInvitation, SentInvitation } from './schema.js';
import { demandStillGood, system } from './standing.js';

const linkMs = 7 * 24 * 3_600_000;

/** Invites somebody by mail. The link works once, for seven days. */
export const createInvitation = action('invitations.create', async (ctx, input: NewInvitation) => {
  demand(ctx.actor, 'users:write');
  const email = input.email.toLowerCase();
  const { name = '', role, teams = [] } = input;
  await demandRole(ctx, role);
  await demandTeams(
    ctx,
    teams.map((team) => team.id),
  );
  if (await isMember(ctx, email)) fail('email_taken');
  const pending = await findPending(ctx, email);
  if (pending) fail('already_invited', undefined, { invitationId: pending });
  const id = newId('invitation');
  const { token, ...link } = newLink(ctx);
  await insertInvitation(ctx, { id, email, name, role, teams, invited_by: ctx.actor.id, ...link });
  ctx.append({ type: 'invitation.updated', entityId: id, entityVersion: 1, changes: { role, status: 'pending' } });
  return send(ctx, id, token);
});

/** Sends it once more with a new link, also one that is too old; the link before works no more. */
export const resendInvitation = action('invitations.resend', async (ctx, { id }: { id: string }) => {
  demand(ctx.actor, 'users:write');
  const row = await openInvitation(ctx, id);
  await demandRole(ctx, row.role);
  if (await isMember(ctx, row.email)) fail('email_taken');
  const { token, ...link } = newLink(ctx);
  await renewInvitation(ctx, { id, invited_by: ctx.actor.id, ...link });
  ctx.append({ type: 'invitation.updated', entityId: id, entityVersion: row.version + 1, changes: { sent: 'again' } });
  return send(ctx, id, token);
});

export const deleteInvitation = action('invitations.delete', async (ctx, { id }: { id: string }) => {
  demand(ctx.actor, 'users:write');
  const row = await openInvitation(ctx, id);
  await deleteInvitationRow(ctx, id);
  const changes = { status: 'withdrawn' };
  ctx.append({ type: 'invitation.updated', entityId: id, entityVersion: row.version + 1, changes });
});

/**
 * Makes whoever has the link a user. An e-mail that has an account in another organization joins with that account, and
 * needs its password: a link alone gives nobody somebody else's account.
 *
 * @throws TimsError `link_invalid`, `login_failed`, `login_locked`, `password_refused`
 */
export async function acceptInvitation(
  installation: Installation,
  input: Acceptance,
  ip: string | null = null,
): Promise<Accepted> {
  const hash = hashToken(input.token);
  const found = await findByToken(reading(installation, '', system), hash);
  if (!found) fail('link_invalid');
  const account = await findAccount(reading(installation, found.organization_id, system), found.email);
  if (account && !(await provesAccount(installation, account, input.password, ip))) fail('login_failed');
  const passwordHash = account ? undefined : await newPasswordHash(installation, input.password);
  return transaction(installation, found.organization_id, system, async (ctx) => {
    if (!(await spendInvitation(ctx, { id: found.id, hash }))) fail('link_invalid');
    await demandStillGood(ctx, found);
    const before = await findAccount(ctx, found.email);
    // Another link of the same person made or changed the account meanwhile: what was compared was another password.
    if (before?.id !== account?.id || before?.password_hash !== account?.password_hash) fail('conflict');
    const name = input.name ?? (found.name || found.email);
    const user = await enter(
      ctx,
      found,
      before ? { accountId: before.id } : { name, passwordHash: passwordHash ?? '' },
    );
    const changes = { status: 'accepted', userId: user.id };
    ctx.append({ type: 'invitation.updated', entityId: found.id, entityVersion: found.version + 1, changes });
    ctx.record({ action: 'invitations.accept', entityId: found.id, data: changes });
    return { organizationId: found.organization_id, userId: user.id, email: found.email };
  });
}

/** Guesses count as they do at the log-in. */
function provesAccount(
  installation: Installation,
  { email, password_hash }: AccountRow,
  password: string,
  ip: string | null,
): Promise<boolean> {
  return guarded(installation, { email, ip }, async () => {
    const matches = await passwordMatches(installation, password, password_hash);
    return { outcome: matches ? 'proved' : 'refused', value: matches };
  });
}

async function enter(
  ctx: Context,
  invitation: InvitationRow,
  who: { accountId: string } | { name: string; passwordHash: string },
): Promise<User> {
  const { email, role } = invitation;
  const teams = teamsOf(invitation);
  if (!('accountId' in who)) return addUser(ctx, { ...who, email, role, teams });
  if (await isMember(ctx, email)) fail('link_invalid');
  return joinOrganization(ctx, { accountId: who.accountId, role, teams });
}

/** One that nobody has accepted, locked. */
async function openInvitation(ctx: Context, id: string): Promise<InvitationRow> {
  const row = (await lockInvitation(ctx, id)) ?? fail('not_found', `There is no invitation ${id}`);
  if (row.accepted_at !== null) fail('invitation_accepted');
  return row;
}

/** Whether the e-mail is a user here already, a deactivated one too. */
async function isMember(ctx: Context, email: string): Promise<boolean> {
  const account = await findAccount(ctx, email);
  if (!account) return false;
  const places = await membershipsOf(ctx, account.id);
  return places.some(({ organizationId }) => organizationId === ctx.organization);
}

function newLink({ installation }: Context) {
  const token = newOpaqueToken();
  return { token, hash: hashToken(token), expires_at: installation.clock.now() + linkMs };
}

async function send(ctx: Context, id: string, token: string): Promise<SentInvitation> {
  const { settings, clock } = ctx.installation;
  const row = (await lockInvitation(ctx, id)) ?? fail('internal_error');
  const link = `${settings.publicUrl}/invite?token=${token}`;
  await queueMail(
    ctx,
    invitationMail({ to: row.email, name: row.name, organization: await organizationName(ctx), link }),
  );
  return { ...present(row, clock.now()), link };
}
