import type { Knex } from 'knex';
import type { ReadContext } from '../../database/context.js';
import { type PageCursor, seek } from '../../database/page.js';
import { statuses } from '../conversations/index.js';
import type { Narrowing } from '../roles/index.js';

/** As much of a conversation as decides who sees it. */
export interface ConversationSight {
  id: string;
  channelId: string;
  contactId: string;
  teamId: string;
  assigneeId: string | null;
  lifecycle: string;
  handler: string;
  lastActivityAt: number;
}

const sightColumns = {
  id: 'id',
  channelId: 'channel_id',
  contactId: 'contact_id',
  teamId: 'team_id',
  assigneeId: 'assignee_id',
  lifecycle: 'lifecycle',
  handler: 'handler',
  lastActivityAt: 'last_activity_at',
};

/** Those of the conversations that may be seen under `narrow`; whether they are seen whole is for the policy to say. */
export async function conversationSights(
  { trx, organization }: ReadContext,
  ids: readonly string[],
  narrow: Narrowing | undefined,
): Promise<ConversationSight[]> {
  const sights: ConversationSight[] = [];
  for (let at = 0; at < ids.length; at += 500) {
    const query = trx('conversations')
      .where('organization_id', organization)
      .whereIn('id', ids.slice(at, at + 500));
    if (narrow) whereSeen(query, narrow);
    sights.push(...(await query.select(sightColumns)));
  }
  return sights;
}

/**
 * Somebody's own conversations, and those of their queues, the last active first: from a place in that order on, one
 * more than the limit. Each status is an index range of its own, read to the limit.
 */
export async function ownConversations(
  { trx, organization }: ReadContext,
  { assignee, queues = [] }: Narrowing,
  cursor: PageCursor | undefined,
  limit: number,
): Promise<ConversationSight[]> {
  const ranges = [
    ...statuses.map((status) => ({ assignee_id: assignee, status })),
    ...queues.map((team) => ({ team_id: team, status: 'queued' })),
  ];
  const found = new Map<string, ConversationSight>();
  await Promise.all(
    ranges.map(async (range) => {
      const query = trx('conversations')
        .where({ organization_id: organization, ...range })
        .limit(limit);
      const rows: ConversationSight[] = await seek(query, 'last_activity_at', 'id', 'desc', cursor).select(
        sightColumns,
      );
      for (const row of rows) found.set(row.id, row);
    }),
  );
  return lastActive([...found.values()], limit);
}

/** A contact's conversations in the same order. */
export async function conversationsOfContact(
  { trx, organization }: ReadContext,
  contactId: string,
  cursor: PageCursor | undefined,
  limit: number,
): Promise<ConversationSight[]> {
  const query = trx('conversations').where({ organization_id: organization, contact_id: contactId }).limit(limit);
  return seek(query, 'last_activity_at', 'id', 'desc', cursor).select(sightColumns);
}

function lastActive(sights: ConversationSight[], limit: number): ConversationSight[] {
  return sights
    .sort((a, b) => Number(b.lastActivityAt) - Number(a.lastActivityAt) || (a.id < b.id ? 1 : -1))
    .slice(0, limit);
}

function whereSeen(query: Knex.QueryBuilder, { assignee, teams, queues }: Narrowing): void {
  query.where((or) => {
    or.where('assignee_id', assignee);
    if (teams) or.orWhereIn('team_id', [...teams]);
    if (queues) {
      or.orWhere((and) => {
        and.where('status', 'queued').whereIn('team_id', [...queues]);
      });
    }
  });
}

/** Those of the users who belong to one of the teams. */
export async function ledAmong(
  { trx, organization }: ReadContext,
  userIds: readonly string[],
  teamIds: readonly string[],
): Promise<Set<string>> {
  if (userIds.length === 0 || teamIds.length === 0) return new Set();
  const rows: { user_id: string }[] = await trx('team_members')
    .where('organization_id', organization)
    .whereIn('user_id', [...userIds])
    .whereIn('team_id', [...teamIds])
    .select('user_id');
  return new Set(rows.map((row) => row.user_id));
}

/** Notes about these contacts themselves, rather than about a conversation. */
export async function notesOfContacts(
  { trx, organization }: ReadContext,
  contactIds: readonly string[],
): Promise<string[]> {
  if (contactIds.length === 0) return [];
  return trx('notes')
    .where('organization_id', organization)
    .whereIn('contact_id', [...contactIds])
    .limit(1_000)
    .pluck('id');
}

export interface TagRow {
  id: string;
  team_id: string | null;
  name: string;
  created_at: number;
}

/** All tags: an organization has a few hundred at most. */
export async function readTags({ trx, organization }: ReadContext): Promise<TagRow[]> {
  return trx('tags').where('organization_id', organization).limit(2_000).select('id', 'team_id', 'name', 'created_at');
}

export interface KeyHit {
  contactId: string;
  value: string;
}

/** Contacts with a key that begins with one of these texts. */
export async function contactsByKey(
  { trx, organization }: ReadContext,
  beginnings: readonly string[],
  limit: number,
): Promise<KeyHit[]> {
  const found = new Map<string, string>();
  for (const type of await keyTypes({ trx, organization })) {
    for (const beginning of beginnings) {
      const rows: { identity_id: string; value: string }[] = await trx('identity_keys')
        .where({ organization_id: organization, type })
        .where('value', '>=', beginning)
        .where('value', '<', `${beginning}\u{10ffff}`)
        .orderBy('value')
        .limit(limit)
        .select('identity_id', 'value');
      for (const row of rows) if (!found.has(row.identity_id)) found.set(row.identity_id, row.value);
    }
  }
  const ids = [...found.keys()].slice(0, limit);
  if (ids.length === 0) return [];
  const identities: { id: string; contact_id: string }[] = await trx('identities')
    .where('organization_id', organization)
    .whereIn('id', ids)
    .select('id', 'contact_id');
  return identities.map(({ id, contact_id }) => ({ contactId: contact_id, value: found.get(id) ?? '' }));
}

/** The few types of keys that there are, each found by one step over the index. */
async function keyTypes({ trx, organization }: Pick<ReadContext, 'trx' | 'organization'>): Promise<string[]> {
  const types: string[] = [];
  for (let last = ''; types.length < 20; ) {
    const row: { type: string } | undefined = await trx('identity_keys')
      .where('organization_id', organization)
      .where('type', '>', last)
      .orderBy('type')
      .first('type');
    if (!row) break;
    types.push(row.type);
    last = row.type;
  }
  return types;
}
