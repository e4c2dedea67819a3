import type { Knex } from 'knex';
import type { ReadContext } from '../../database/context.js';
import { type Narrowing, narrowing } from '../roles/index.js';
import { listTeamIds } from '../teams/index.js';
import type { ConversationFilter } from './schema.js';
import { type Status, statuses, statusesOf } from './state.js';

/** One index range: equality on these columns, then the order. */
export interface Branch {
  equal: Partial<Record<'team_id' | 'assignee_id' | 'status' | 'channel_id' | 'contact_id', string>>;
  /** Instead of those: the range of one tag. */
  tagId?: string;
  /** Bounds of the order's time. */
  from?: number;
  before?: number;
  /** What is left to check of each row; absent where the range says it all. */
  residual?: (query: Knex.QueryBuilder) => void;
}

/** What a list is ordered by. */
export interface ListOrder {
  name: 'activity' | 'waiting' | 'follow_up';
  table: 'conversations';
  time: 'last_activity_at' | 'waiting_since' | 'follow_up_at';
  id: 'id';
  direction: 'asc' | 'desc';
}

const orders: Record<ListOrder['name'], ListOrder> = {
  activity: { name: 'activity', table: 'conversations', time: 'last_activity_at', id: 'id', direction: 'desc' },
  waiting: { name: 'waiting', table: 'conversations', time: 'waiting_since', id: 'id', direction: 'asc' },
  follow_up: { name: 'follow_up', table: 'conversations', time: 'follow_up_at', id: 'id', direction: 'asc' },
};

export function orderOf({ followUp, order }: ConversationFilter): ListOrder {
  return followUp ? orders.follow_up : orders[order ?? 'activity'];
}

/**
 * The ranges in which everything stands that the actor may see and the filter leaves over: one way to read it, or two of
 * which only the data tell the shorter. The most telling column that has an index leads; what its index does not know is
 * checked row by row, of a bounded number of rows.
 */
export async function waysOf(ctx: ReadContext, filter: ConversationFilter, order: ListOrder): Promise<Branch[][]> {
  const narrow = narrowing(ctx.actor);
  const whole = residualOf(ctx, filter, narrow);
  if (order.name === 'follow_up') {
    const due = filter.followUp === 'due' ? { before: ctx.installation.clock.now() + 1 } : {};
    // NULL is no time: a lower bound leaves those without a follow-up out.
    return [[{ equal: {}, from: 0, ...due, residual: whole }]];
  }
  if (order.name === 'waiting') {
    const teams = filter.teamId ? [filter.teamId] : await listTeamIds(ctx);
    return [teams.map((team_id) => ({ equal: { team_id }, from: 0, residual: whole }))];
  }
  const times = timesOf(filter);
  const rest = (branch: Branch, known: readonly Filtered[], sightKnown: boolean): Branch => {
    const left = filtered.some((name) => filter[name] !== undefined && !known.includes(name)) || !sightKnown;
    return left ? { ...branch, ...times, residual: whole } : { ...branch, ...times };
  };
  if (filter.contactId) return [[rest({ equal: { contact_id: filter.contactId } }, ['contactId'], !narrow)]];
  const owned = ownersOf(filter, narrow).flatMap((owner) =>
    rangesOf(owner, filter).map((equal) => rest({ equal }, knownBy(equal), true)),
  );
  if (!filter.tagId) return [owned];
  const tagged = [rest({ equal: {}, tagId: filter.tagId }, ['tagId'], !narrow)];
  // Of a tag that many have one sees few; of one's own conversations few have a rare one.
  const shorter = tagged.every(({ residual }) => !residual) || owned.some(({ equal }) => isEverything(equal));
  return shorter ? [tagged] : [tagged, owned];
}

const isEverything = (equal: Branch['equal']) => Object.keys(equal).length === 0;

/** The filters that are conditions on a row; the times bound the range itself. */
const filtered = [
  'lifecycle',
  'status',
  'teamId',
  'assigneeId',
  'channelId',
  'contactId',
  'contactKind',
  'tagId',
  'unread',
] as const;
type Filtered = (typeof filtered)[number];

function knownBy(equal: Branch['equal']): Filtered[] {
  return [
    ...(equal.status ? (['lifecycle', 'status'] as const) : []),
    ...(equal.team_id ? (['teamId'] as const) : []),
    ...(equal.assignee_id ? (['assigneeId'] as const) : []),
    ...(equal.channel_id ? (['channelId'] as const) : []),
  ];
}

/** Whose conversations a range holds; `only`: those of them in this status. */
interface Owner {
  team_id?: string;
  assignee_id?: string;
  only?: Status;
}

function ownersOf(filter: ConversationFilter, narrow: Narrowing | undefined): Owner[] {
  if (!narrow) {
    if (filter.assigneeId) return [{ assignee_id: filter.assigneeId }];
    return [filter.teamId ? { team_id: filter.teamId } : {}];
  }
  const owners: Owner[] = [
    ...(narrow.teams ?? []).map((team_id) => ({ team_id })),
    { assignee_id: narrow.assignee },
    ...(narrow.queues ?? []).map((team_id) => ({ team_id, only: 'queued' as const })),
  ];
  return owners.filter(
    (owner) =>
      (!filter.teamId || !owner.team_id || owner.team_id === filter.teamId) &&
      (!filter.assigneeId || !owner.assignee_id || owner.assignee_id === filter.assigneeId),
  );
}

function rangesOf({ only, ...owner }: Owner, filter: ConversationFilter): Branch['equal'][] {
  const wanted = statusFilter(filter);
  const chosen = only ? (wanted ?? [only]).filter((status) => status === only) : wanted;
  if (owner.team_id === undefined && owner.assignee_id === undefined) {
    // Of a channel's conversations nearly all are closed: what is open is found sooner among all that is open.
    if (filter.channelId && (!chosen || chosen.includes('closed'))) return [{ channel_id: filter.channelId }];
    // Without any owner or status the plain order has its own index.
    if (!chosen) return [{}];
  }
  return (chosen ?? statuses).map((status) => ({ ...owner, status }));
}

function timesOf({ from, to }: ConversationFilter): Pick<Branch, 'from' | 'before'> {
  return {
    ...(from === undefined ? {} : { from: Date.parse(from) }),
    ...(to === undefined ? {} : { before: Date.parse(to) }),
  };
}

/** What is unread is not closed, which most are: without another wish only the others are looked through. */
function statusFilter({ status, lifecycle, unread }: ConversationFilter): readonly Status[] | undefined {
  const chosen = lifecycle ? statusesOf(lifecycle) : unread ? statuses.filter((one) => one !== 'closed') : undefined;
  if (!chosen) return status ? [status] : undefined;
  return chosen.filter((one) => !status || one === status);
}

/** The filter and the actor's sight as conditions on `conversations`. */
export function conditionsOf(ctx: ReadContext, filter: ConversationFilter): (query: Knex.QueryBuilder) => void {
  return residualOf(ctx, filter, narrowing(ctx.actor));
}

/** The whole filter as conditions, sight included: whatever the leading index knows of it already is true anyway. */
function residualOf(
  { organization, trx }: ReadContext,
  filter: ConversationFilter,
  narrow: Narrowing | undefined,
): (query: Knex.QueryBuilder) => void {
  const column = (name: string) => `conversations.${name}`;
  return (query) => {
    const wanted = statusFilter(filter);
    if (wanted) query.whereIn(column('status'), [...wanted]);
    if (filter.teamId) query.where(column('team_id'), filter.teamId);
    if (filter.assigneeId) query.where(column('assignee_id'), filter.assigneeId);
    if (filter.channelId) query.where(column('channel_id'), filter.channelId);
    if (filter.contactId) query.where(column('contact_id'), filter.contactId);
    if (filter.unread === true) query.where(column('unread_count'), '>', 0);
    if (filter.unread === false) query.where(column('unread_count'), 0);
    const times = timesOf(filter);
    if (times.from !== undefined) query.where(column('last_activity_at'), '>=', times.from);
    if (times.before !== undefined) query.where(column('last_activity_at'), '<', times.before);
    if (filter.tagId) {
      const tagId = filter.tagId;
      query.whereExists((of) => {
        of.from('conversation_tags')
          .where({ organization_id: organization, tag_id: tagId })
          .whereRaw('conversation_tags.conversation_id = conversations.id')
          .select(trx.raw('1'));
      });
    }
    if (filter.contactKind !== undefined) {
      const kind = filter.contactKind;
      query.whereExists((of) => {
        of.from('contacts')
          .where({ organization_id: organization, kind })
          .whereRaw('contacts.id = conversations.contact_id')
          .select(trx.raw('1'));
      });
    }
    if (narrow) query.where(seenBy(narrow));
  };
}

/** The sight of somebody who does not see everything, as a condition. */
function seenBy({ teams = [], assignee, queues = [] }: Narrowing): (or: Knex.QueryBuilder) => void {
  return (or) => {
    or.where('conversations.assignee_id', assignee);
    if (teams.length > 0) or.orWhereIn('conversations.team_id', [...teams]);
    if (queues.length > 0) {
      or.orWhere((and) => {
        and.where('conversations.status', 'queued').whereIn('conversations.team_id', [...queues]);
      });
    }
  };
}
