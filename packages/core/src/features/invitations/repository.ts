import type { Context, ReadContext } from '../../database/context.js';
import { decodePage, defaultLimit, type Page, type PageRequest, seek, toPage } from '../../database/page.js';
import { fromJson } from '../../kernel/json.js';
import { timestamp } from '../../kernel/schema.js';
import type { Invitation } from './schema.js';

export interface InvitationRow {
  organization_id: string;
  id: string;
  hash: string;
  email: string;
  name: string;
  role: string;
  teams: string;
  invited_by: string;
  expires_at: number;
  accepted_at: number | null;
  version: number;
  created_at: number;
}

/** The newest first. */
export async function listInvitations(ctx: ReadContext, page: PageRequest): Promise<Page<Invitation>> {
  const limit = page.limit ?? defaultLimit;
  const cursor = page.cursor === undefined ? undefined : decodePage(page.cursor);
  const query = ctx.trx('invitations').where('organization_id', ctx.organization);
  const rows: InvitationRow[] = await seek(query, 'created_at', 'id', 'desc', cursor).limit(limit + 1);
  const now = ctx.installation.clock.now();
  return toPage(
    rows,
    limit,
    (row) => ({ at: Number(row.created_at), id: row.id }),
    (row) => present(row, now),
  );
}

/** Locked until the transaction ends; undefined where there is none. */
export async function lockInvitation(ctx: Context, id: string): Promise<InvitationRow | undefined> {
  const query = ctx.trx('invitations').where({ organization_id: ctx.organization, id });
  const [row]: InvitationRow[] = await ctx.installation.storage.dialect.forUpdate(query);
  return row;
}

/** An invitation of the e-mail that can still be accepted. */
export async function findPending({ trx, organization, installation }: Context, email: string) {
  const row: { id: string } | undefined = await trx('invitations')
    .where({ organization_id: organization, email })
    .whereNull('accepted_at')
    .where('expires_at', '>', installation.clock.now())
    .first('id');
  return row?.id;
}

/** What a link is about, with the organization's name; undefined for one that is unknown, used or too old. */
export async function findByToken(
  { trx, installation }: ReadContext,
  hash: string,
): Promise<(InvitationRow & { organization_name: string }) | undefined> {
  return trx('invitations')
    .join('organizations', 'organizations.id', 'invitations.organization_id')
    .where('invitations.hash', hash)
    .whereNull('invitations.accepted_at')
    .where('invitations.expires_at', '>', installation.clock.now())
    .first('invitations.*', 'organizations.name as organization_name');
}

export async function insertInvitation(
  ctx: Context,
  {
    teams,
    ...row
  }: Omit<InvitationRow, 'organization_id' | 'teams' | 'accepted_at' | 'version' | 'created_at'> & {
    teams: readonly object[];
  },
): Promise<void> {
  await ctx.trx('invitations').insert({
    ...row,
    organization_id: ctx.organization,
    teams: JSON.stringify(teams),
    accepted_at: null,
    version: 1,
    created_at: ctx.installation.clock.now(),
  });
}

/** Another link, from somebody who may have taken over; the one before works no more. */
export async function renewInvitation(
  { trx, organization }: Context,
  { id, ...changes }: Pick<InvitationRow, 'id' | 'hash' | 'invited_by' | 'expires_at'>,
): Promise<void> {
  await trx('invitations')
    .where({ organization_id: organization, id })
    .update({ ...changes, version: trx.raw('version + 1') });
}

/** Whether this call was the one that used the link: two at once cannot both be. */
export async function spendInvitation(ctx: Context, { id, hash }: { id: string; hash: string }): Promise<boolean> {
  const now = ctx.installation.clock.now();
  const rows = await ctx
    .trx('invitations')
    .where({ organization_id: ctx.organization, id, hash })
    .whereNull('accepted_at')
    .where('expires_at', '>', now)
    .update({ accepted_at: now, version: ctx.trx.raw('version + 1') });
  return rows === 1;
}

export async function deleteInvitationRow({ trx, organization }: Context, id: string): Promise<void> {
  await trx('invitations').where({ organization_id: organization, id }).delete();
}

export function teamsOf(row: InvitationRow): { id: string; lead: boolean }[] {
  return fromJson<{ id: string; lead?: boolean }[]>(row.teams).map(({ id, lead = false }) => ({ id, lead }));
}

export function present(row: InvitationRow, now: number): Invitation {
  const expired = Number(row.expires_at) <= now;
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    teams: teamsOf(row),
    invitedBy: row.invited_by,
    status: row.accepted_at === null ? (expired ? 'expired' : 'pending') : 'accepted',
    expiresAt: timestamp(row.expires_at),
    acceptedAt: timestamp(row.accepted_at),
    version: row.version,
    createdAt: timestamp(row.created_at),
  };
}
