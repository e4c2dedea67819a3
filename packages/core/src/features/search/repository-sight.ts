import type { ReadContext } from '../../database/context.js';
import type { Narrowing } from '../roles/index.js';

/** Those of the contacts who have a conversation that the actor sees whole, on this channel if one is asked for. */
export async function contactsSeen(
  { trx, organization, actor }: ReadContext,
  contactIds: readonly string[],
  narrow: Narrowing | undefined,
  channelId: string | undefined,
): Promise<Set<string>> {
  const query = trx('conversations')
    .where('organization_id', organization)
    .whereIn('contact_id', [...contactIds])
    .distinct('contact_id');
  if (channelId !== undefined) query.where('channel_id', channelId);
  if (narrow) {
    query.where((or) => {
      or.where('assignee_id', narrow.assignee);
      if (narrow.teams) or.orWhereIn('team_id', [...narrow.teams]);
      if (narrow.queues && actor.type === 'user' && actor.queueSight === 'whole') {
        or.orWhere((and) => {
          and.where('status', 'queued').whereIn('team_id', [...(narrow.queues ?? [])]);
        });
      }
    });
  }
  const rows: { contact_id: string }[] = await query;
  return new Set(rows.map((row) => row.contact_id));
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
