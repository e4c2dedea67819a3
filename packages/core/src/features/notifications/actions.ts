import type { Context } from '../../database/context.js';
import { transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import type { UserActor } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import type { LoggedEvent } from '../../pipeline/event-log/event.js';
import { findConversations } from '../conversations/index.js';
import { findWatchers } from '../participants/index.js';
import { sight } from '../roles/index.js';
import { findUserActors } from '../users/index.js';
import { type Told, toldOf } from './from-events.js';
import {
  findOwn,
  findTold,
  findUnread,
  findUnreadMessages,
  inboundAmong,
  insertNotifications,
  type NotificationRecord,
  setRead,
} from './repository.js';
import type { NotificationsRead } from './schema.js';

/** What is older is no news: neither to a server that was away for long, nor to one that begins to notify. */
const newsForMs = 24 * 3_600_000;

/** Turns a batch of events into notifications, a few reads and one insert for all of them; telling again tells nothing. */
export async function notify(ctx: Context, events: readonly LoggedEvent[]): Promise<void> {
  const recent = events.filter(({ at }) => at > ctx.installation.clock.now() - newsForMs);
  const candidates = [...recent.flatMap(toldOf), ...(await watchersToTell(ctx, recent))];
  if (candidates.length === 0) return;
  const [known, seeing] = await Promise.all([findTold(ctx, candidates), whoSees(ctx, candidates)]);
  const told = new Map<string, NotificationRecord>();
  for (const one of candidates) {
    const name = `${one.userId} ${one.kind} ${one.factId}`;
    if (!known.has(name) && !told.has(name) && seeing(one)) told.set(name, recordOf(one));
  }
  if (told.size === 0) return;
  await insertNotifications(ctx, [...told.values()]);
  for (const { id, userId, kind } of told.values()) {
    ctx.append({ type: 'notification.created', entityId: id, entityVersion: 1, only: [userId], changes: { kind } });
  }
}

/**
 * Marks the caller's notifications as read: some, those up to one, or all. A plain transaction and no `action`: that
 * somebody has looked is no activity.
 */
export async function readNotifications(
  installation: Installation,
  actor: UserActor,
  input: NotificationsRead,
): Promise<{ read: number }> {
  let read = 0;
  for (let full = true; full; ) {
    // Chunk by chunk: whoever was away for a year holds nobody up.
    const ids = await transaction(installation, actor.organization, actor, (ctx) => readSome(ctx, input));
    read += ids.length;
    full = ids.length === chunk;
  }
  return { read };
}

const chunk = 500;

async function readSome(ctx: Context, input: NotificationsRead): Promise<string[]> {
  const ids = await findUnread(ctx, await placeOf(ctx, input), chunk);
  if (ids.length === 0) return [];
  await setRead(ctx, ids, ctx.installation.clock.now());
  ctx.append({
    type: 'notification.read',
    entityId: ids[0] ?? '',
    entityVersion: 2,
    only: [ctx.actor.id],
    // Of many, a client asks for the list once more.
    changes: { count: ids.length, ...(ids.length > 100 ? {} : { ids }) },
  });
  return ids;
}

async function placeOf(ctx: Context, input: NotificationsRead): Promise<Parameters<typeof findUnread>[1]> {
  if ('ids' in input) return { ids: input.ids };
  if ('all' in input) return {};
  const last = (await findOwn(ctx, input.upTo)) ?? fail('not_found', `There is no notification ${input.upTo}`);
  return { upTo: { at: last.createdAt, id: last.id } };
}

/** Who watches conversations into which a customer wrote, but for those who have not read that one did before. */
async function watchersToTell(ctx: Context, events: readonly LoggedEvent[]): Promise<Told[]> {
  const created = events.filter(
    ({ type, changes }) =>
      // What somebody writes who is blocked is for nobody.
      type === 'message.created' && changes?.direction !== 'outbound' && changes?.blocked !== true,
  );
  if (created.length === 0) return [];
  const watchers = await findWatchers(ctx, [...new Set(created.flatMap(({ conversationId }) => conversationId ?? []))]);
  if (watchers.length === 0) return [];
  const watched = new Set(watchers.map(({ conversationId }) => conversationId));
  const told = created.filter(({ conversationId }) => conversationId && watched.has(conversationId));
  const [inbound, unread] = await Promise.all([
    inboundAmong(
      ctx,
      told.map(({ entityId }) => entityId),
    ),
    findUnreadMessages(ctx, [...watched]),
  ]);
  const list: Told[] = [];
  for (const event of told) {
    if (!inbound.has(event.entityId)) continue;
    for (const { userId, conversationId } of watchers) {
      const name = `${userId} ${conversationId}`;
      if (conversationId !== event.conversationId || unread.has(name)) continue;
      // One for all that comes until it is read, also within this batch.
      unread.add(name);
      const { entityId, actor, at } = event;
      list.push({ userId, kind: 'message', conversationId, entityId, factId: entityId, actor, at, ifSeen: true });
    }
  }
  return list;
}

/** Whether somebody is active and, where it matters, sees the conversation: it may have gone to others since. */
async function whoSees(ctx: Context, told: readonly Told[]): Promise<(one: Told) => boolean> {
  const [users, conversations] = await Promise.all([
    findUserActors(ctx, [...new Set(told.map(({ userId }) => userId))]),
    findConversations(ctx, [...new Set(told.flatMap(({ conversationId }) => conversationId ?? []))]),
  ]);
  const byId = new Map(conversations.map((one) => [one.id, one]));
  return ({ userId, conversationId, ifSeen }) => {
    const user = users.get(userId);
    if (user?.status !== 'active') return false;
    const conversation = conversationId === null ? undefined : byId.get(conversationId);
    return !ifSeen || (conversation !== undefined && sight(user.actor, conversation) === 'whole');
  };
}

function recordOf({ actor, at, ifSeen: _ifSeen, ...told }: Told): NotificationRecord {
  return {
    ...told,
    id: newId('notification', at),
    actorType: actor.type,
    actorId: actor.id,
    readAt: null,
    createdAt: at,
  };
}
