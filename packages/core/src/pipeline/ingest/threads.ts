import type { Context } from '../../database/context.js';
import type { OpenChannel } from '../../features/channels/index.js';
import type { IdentityRecord } from '../../features/contacts/index.js';
import {
  blockedReason,
  type ConversationRecord,
  closed,
  handTo,
  insertConversations,
  lockThreads,
  newborn,
  scalarsOf,
  updateConversations,
} from '../../features/conversations/index.js';
import type { MessageRecord } from '../../features/messages/index.js';
import { newId } from '../../kernel/ids.js';
import type { InboundMessage, Person } from '../../plugin/index.js';
import type { NewEvent } from '../event-log/event.js';

/** The conversations that one batch of one channel goes into. */
export interface Threads {
  /** Puts a message where it belongs: continues, wakes, reopens or starts a conversation. */
  add(threadKey: string, identity: IdentityRecord, event: InboundMessage, message: MessageRecord): void;
  /** What happened, in order. */
  readonly events: readonly NewEvent[];
  /** Sends what changed. */
  flush(): void;
}

/** The conversations that go on with these people, or under these keys, in one read. */
export async function openThreads(
  ctx: Context,
  channel: OpenChannel,
  persons: readonly Person[],
  threadKeys: readonly string[],
): Promise<Threads> {
  const { installation, organization } = ctx;
  const { floods } = installation;
  const [active, { settings }] = await Promise.all([
    lockThreads(
      ctx,
      channel.id,
      persons.flatMap((person) => person.keys),
      threadKeys,
    ),
    installation.rules.of(organization),
  ]);
  const current = new Map(active.map((conversation) => [conversation.threadKey, conversation]));
  const stored = new Map(active.map((conversation) => [conversation.id, conversation]));
  const changed = new Map<string, ConversationRecord>();
  const imported = new Set<string>();
  const importedMessages: string[] = [];
  const events: NewEvent[] = [];

  const note = (conversation: ConversationRecord): ConversationRecord => {
    current.set(conversation.threadKey, conversation);
    changed.set(conversation.id, conversation);
    return conversation;
  };

  const tell = (
    type: NewEvent['type'],
    before: ConversationRecord | null,
    after: ConversationRecord,
    entity: { id: string; version: number } = after,
    changes?: NonNullable<NewEvent['changes']>,
  ): void => {
    events.push({
      type,
      entityId: entity.id,
      entityVersion: entity.version,
      conversationId: after.id,
      conversationVersion: after.version,
      before: before && scalarsOf(before),
      after: scalarsOf(after),
      ...(changes ? { changes } : {}),
    });
  };

  const step = (type: NewEvent['type'], before: ConversationRecord, changedTo: ConversationRecord) => {
    const after = note({ ...changedTo, version: before.version + 1 });
    tell(type, before, after);
    return after;
  };

  /** The conversation that the message continues, as it must be to take it. */
  const ready = (key: string, identity: IdentityRecord, event: InboundMessage, message: MessageRecord) => {
    const found = current.get(key);
    const live = isLive(event);
    if (!found) return start(key, identity, event, message);
    if (isUnheard(identity, event)) return unheard(found, identity, message);
    if (found.lifecycle === 'pending' && live) {
      return step('conversation.woken', found, handTo(found, found.assigneeId ? 'user' : 'team', found.assigneeId));
    }
    if (found.lifecycle !== 'closed' || event.origin === 'history') return found;
    if (!withinReopenWindow(found, message.receivedAt)) {
      // Nobody sees this key, so it is no change of what anybody sees.
      changed.set(found.id, { ...found, activeKey: null });
      return start(key, identity, event, message);
    }
    return live ? step('conversation.reopened', found, reopened(found)) : found;
  };

  /** Whom nobody wants to hear from reopens nothing; what still goes on with them, since they were blocked, ends here. */
  const unheard = (found: ConversationRecord, identity: IdentityRecord, message: MessageRecord) =>
    found.lifecycle !== 'closed' && found.contactId === identity.contactId
      ? step('conversation.closed', found, closed(found, blockedReason, message.receivedAt))
      : found;

  const reopened = (found: ConversationRecord) =>
    found.assigneeId && ctx.installation.presence.isOnline(found.assigneeId)
      ? handTo(found, 'user', found.assigneeId)
      : handTo(found, 'team', null);

  const start = (key: string, identity: IdentityRecord, event: InboundMessage, message: MessageRecord) => {
    const begun = newConversation(channel, key, identity, event, message);
    const made = isUnheard(identity, event) ? closed(begun, blockedReason, message.receivedAt) : begun;
    const over =
      isLive(event) &&
      made.lifecycle === 'open' &&
      floods.isOver(channel.id, settings.channelFloodPerMinute, message.receivedAt);
    const conversation = note(over ? { ...made, floodedAt: message.receivedAt } : made);
    tell('conversation.created', null, conversation);
    return conversation;
  };

  const withinReopenWindow = (conversation: ConversationRecord, now: number) =>
    now - (conversation.closedAt ?? 0) <= ctx.installation.settings.reopenWindowMs;

  return {
    events,
    add(threadKey, identity, event, message) {
      const before = ready(threadKey, identity, event, message);
      const quiet = isUnheard(identity, event);
      const flood = !quiet && isLive(event) && floods.isOver(identity.id, settings.floodPerMinute, message.receivedAt);
      if (flood) message.extra = { ...message.extra, flood: true };
      if (quiet) message.extra = { ...message.extra, blocked: true };
      const changed = quiet ? withUnheard : flood ? withFlood : withMessage;
      const after = note({
        ...changed(before, message, event),
        identityId: identity.id,
        version: before.version + 1,
      });
      message.conversationId = after.id;
      // An import makes no noise: its conversations change once a batch, its thousands of messages are no news.
      if (event.origin === 'history') {
        imported.add(after.id);
        importedMessages.push(message.id);
      } else tell('message.created', before, after, message, quiet ? { blocked: true } : undefined);
    },
    flush() {
      const all = [...changed.values()];
      // The batch's first and last id: whoever follows the log reads what came between them.
      const range = importedMessages.sort().filter((_, at, ids) => at === 0 || at === ids.length - 1);
      const told = { imported: [range.at(0) ?? '', range.at(-1) ?? ''] };
      for (const after of all) {
        if (imported.has(after.id)) tell('conversation.updated', after, after, after, told);
      }
      ctx.write(
        // Before the new ones: a conversation that has ended gives up the key that its successor takes.
        updateConversations(
          ctx,
          all.flatMap((after) => {
            const before = stored.get(after.id);
            return before ? { before, after } : [];
          }),
        ),
        insertConversations(
          ctx,
          all.filter((conversation) => !stored.has(conversation.id)),
        ),
      );
    },
  };
}

function isLive({ origin, direction }: InboundMessage): boolean {
  return origin === 'live' && direction === 'inbound';
}

/** Said by somebody who is blocked. */
function isUnheard({ blocked }: IdentityRecord, { origin, direction }: InboundMessage): boolean {
  return blocked && direction === 'inbound' && origin !== 'history';
}

/** It is there for who looks, and nothing else: not unread, not waiting, nowhere further up. */
function withUnheard(conversation: ConversationRecord, message: MessageRecord): ConversationRecord {
  const newest = message.displayAt >= (conversation.lastMessageAt ?? 0);
  return { ...conversation, ...(newest ? { lastMessageId: message.id, lastMessageAt: message.displayAt } : {}) };
}

/** One too many of one person in a minute: it is there and unread, and pushes nobody else down the list. */
function withFlood(conversation: ConversationRecord, message: MessageRecord): ConversationRecord {
  const newest = message.displayAt >= (conversation.lastMessageAt ?? 0);
  return {
    ...conversation,
    ...(newest ? { lastMessageId: message.id, lastMessageAt: message.displayAt } : {}),
    unreadCount: conversation.unreadCount + 1,
    inboundCount: conversation.inboundCount + 1,
    waitingSince: conversation.waitingSince ?? message.displayAt,
    floodedAt: message.receivedAt,
  };
}

function withMessage(
  conversation: ConversationRecord,
  message: MessageRecord,
  event: InboundMessage,
): ConversationRecord {
  const newest = message.displayAt >= (conversation.lastMessageAt ?? 0);
  const placed: ConversationRecord = {
    ...conversation,
    ...(newest ? { lastMessageId: message.id, lastMessageAt: message.displayAt } : {}),
    lastActivityAt: Math.max(
      conversation.lastActivityAt,
      event.origin === 'history' ? message.displayAt : message.receivedAt,
    ),
  };
  if (event.origin === 'history') return placed;
  if (event.direction === 'outbound') return { ...placed, unreadCount: 0, waitingSince: null };
  if (event.origin === 'standby') return placed;
  return {
    ...placed,
    unreadCount: conversation.unreadCount + 1,
    inboundCount: conversation.inboundCount + 1,
    waitingSince: conversation.waitingSince ?? message.displayAt,
  };
}

/** How a conversation starts, by what started it. */
function newConversation(
  channel: OpenChannel,
  threadKey: string,
  identity: IdentityRecord,
  event: InboundMessage,
  message: MessageRecord,
): ConversationRecord {
  const imported = event.origin === 'history';
  return {
    id: newId('conversation', message.receivedAt),
    channelId: channel.id,
    threadKey,
    activeKey: threadKey,
    contactId: identity.contactId,
    identityId: identity.id,
    teamId: channel.defaultTeamId,
    assigneeId: null,
    // An import is over, an echo waits for the customer's answer, the rest waits for us.
    lifecycle: imported ? 'closed' : event.direction === 'outbound' ? 'pending' : 'open',
    handler: event.origin === 'standby' ? 'ai' : 'team',
    initiatedBy: event.direction === 'inbound' ? 'contact' : 'agent',
    lastActivityAt: imported ? message.displayAt : message.receivedAt,
    closeReason: imported ? 'imported' : null,
    closedAt: imported ? message.displayAt : null,
    createdAt: message.receivedAt,
    ...newborn,
  };
}
