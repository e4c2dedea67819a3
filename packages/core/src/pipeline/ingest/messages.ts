import type { Context } from '../../database/context.js';
import { type IdentityRecord, lookUpPeople } from '../../features/contacts/index.js';
import { insertMessages, knownExternalIds, type MessageRecord } from '../../features/messages/index.js';
import { newId } from '../../kernel/ids.js';
import type { InboundMessage } from '../../plugin/index.js';
import { joinConversations } from './identity-changes.js';
import { findPending } from './pending.js';
import type { Entry } from './piece.js';
import { openThreads } from './threads.js';
import { applyPending } from './updates.js';

type MessageEntry = Entry<InboundMessage>;

/** Stores one channel's new messages: identities, conversations, messages and events, each in one go. */
export async function storeMessages(ctx: Context, entries: MessageEntry[]): Promise<void> {
  const [head] = entries;
  if (!head) return;
  const { channel } = head;
  const persons = entries.map(({ event }) => event.person);
  const [fresh, people, threads, pending] = await Promise.all([
    withoutDuplicates(ctx, entries),
    lookUpPeople(ctx, channel.id, persons),
    openThreads(
      ctx,
      channel,
      persons,
      entries.flatMap(({ event }) => event.threadKey ?? []),
    ),
    findPending(
      ctx,
      channel.id,
      entries.map(({ event }) => event.externalId),
    ),
  ]);
  const messages = fresh.map((entry) => {
    const identity = people.meet(entry.event.person);
    const message = toMessage(entry, identity);
    threads.add(entry.event.threadKey ?? identity.id, identity, entry.event, message);
    if (opensWindow(entry.event)) people.wrote(identity, Math.min(message.sentAt, message.receivedAt));
    return message;
  });
  ctx.append(...(await people.flush()));
  threads.flush();
  ctx.write(insertMessages(ctx, messages));
  ctx.append(...threads.events);
  await joinConversations(ctx, people.joined);
  await applyPending(ctx, channel.id, pending, messages);
}

/** Only what a person said now; an import or what our own side wrote does not open the service window. */
function opensWindow({ direction, origin }: InboundMessage): boolean {
  return direction === 'inbound' && (origin === 'live' || origin === 'standby');
}

async function withoutDuplicates(ctx: Context, entries: MessageEntry[]): Promise<MessageEntry[]> {
  const [first] = entries;
  if (!first) return [];
  const byId = new Map<string, MessageEntry>();
  for (const entry of entries) {
    if (!byId.has(entry.event.externalId)) byId.set(entry.event.externalId, entry);
  }
  const known = await knownExternalIds(ctx, first.channel.id, [...byId.keys()]);
  return [...byId.values()].filter(({ event }) => !known.has(event.externalId));
}

function toMessage({ event, channel, receivedAt }: MessageEntry, identity: IdentityRecord): MessageRecord {
  const { forwarded, referral } = event;
  return {
    id: newId('message', receivedAt),
    conversationId: '', // set by the thread it goes to
    channelId: channel.id,
    direction: event.direction,
    origin: event.origin,
    identityId: event.direction === 'inbound' ? identity.id : null,
    userId: null,
    content: event.content,
    externalId: event.externalId,
    replyTo: event.replyTo ?? null,
    sentAt: event.sentAt,
    receivedAt,
    displayAt: displayTime(event.sentAt, receivedAt),
    state: event.direction === 'outbound' ? (event.state ?? 'sent') : null,
    deliveredAt: null,
    readAt: null,
    error: null,
    extra: forwarded || referral ? { ...(forwarded ? { forwarded } : {}), ...(referral ? { referral } : {}) } : null,
    editedAt: null,
    revokedAt: null,
    version: 1,
  };
}

/**
 * Where the message stands in its conversation. Most providers tell whole seconds, of which a message may be the end: it
 * is not to stand before an answer that was given earlier in the same second.
 */
function displayTime(sentAt: number, receivedAt: number): number {
  const latest = sentAt % 1_000 === 0 ? sentAt + 999 : sentAt;
  return Math.min(latest, receivedAt);
}
