import type { Knex } from 'knex';
import type { ReadContext } from '../../database/context.js';
import { type Narrowing, narrowing, scopeOf } from '../roles/index.js';

/** Whose conversations count: all where it is undefined. */
export type Owners = Narrowing | undefined;

/**
 * Which conversations show their contacts to the actor: those that are seen whole. `nobody` where none does, undefined
 * where each does.
 */
export function ownersSeen({ actor }: ReadContext): Owners | 'nobody' {
  if (!scopeOf(actor, 'conversations:read')) return 'nobody';
  const narrow = narrowing(actor);
  if (!narrow?.queues) return narrow;
  // A preview of a queue shows nobody.
  return actor.type === 'user' && actor.queueSight === 'whole' ? narrow : { assignee: narrow.assignee };
}

/**
 * Those of the contacts whom the actor sees: all for who may read all, else those with a conversation that is seen whole.
 * Where a channel is asked for, those with such a conversation there.
 */
export async function contactsSeen(
  ctx: ReadContext,
  contactIds: readonly string[],
  channelId?: string,
): Promise<Set<string>> {
  const all = scopeOf(ctx.actor, 'contacts:read') === 'all';
  if (all && channelId === undefined) return new Set(contactIds);
  const owners = all ? undefined : ownersSeen(ctx);
  return owners === 'nobody' ? new Set() : contactsWith(ctx, contactIds, owners, channelId);
}

const chunk = 500;

/** Those of the contacts who have a conversation of these owners, on this channel if one is asked for. */
export async function contactsWith(
  { trx, organization }: ReadContext,
  contactIds: readonly string[],
  owners: Owners,
  channelId?: string,
): Promise<Set<string>> {
  const found = new Set<string>();
  for (let at = 0; at < contactIds.length; at += chunk) {
    const query = trx('conversations')
      .where('organization_id', organization)
      .whereIn('contact_id', contactIds.slice(at, at + chunk))
      .distinct('contact_id');
    if (channelId !== undefined) query.where('channel_id', channelId);
    if (owners) whereOwned(query, owners);
    const rows: { contact_id: string }[] = await query;
    for (const { contact_id } of rows) found.add(contact_id);
  }
  return found;
}

function whereOwned(query: Knex.QueryBuilder, { assignee, teams = [], queues = [] }: Narrowing): void {
  query.where((or) => {
    or.where('assignee_id', assignee);
    if (teams.length > 0) or.orWhereIn('team_id', [...teams]);
    if (queues.length > 0) {
      or.orWhere((and) => {
        and.where('status', 'queued').whereIn('team_id', [...queues]);
      });
    }
  });
}

/** Teams and assignees of the contact's conversations: what decides who may do what with it. */
export async function conversationsOf(
  { trx, organization }: ReadContext,
  contactId: string,
): Promise<{ teamId: string; assigneeId: string | null; lifecycle: string; handler: string }[]> {
  return trx('conversations')
    .where({ organization_id: organization, contact_id: contactId })
    .orderBy('last_activity_at', 'desc')
    .limit(200)
    .select({ teamId: 'team_id', assigneeId: 'assignee_id' }, 'lifecycle', 'handler');
}
