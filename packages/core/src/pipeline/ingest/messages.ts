import type { Context } from '../../database/context.js';
import { type IdentityRecord, resolvePeople } from '../../features/contacts/index.js';
import { insertMessages, knownExternalIds, type MessageRecord } from '../../features/messages/index.js';
import { newId } from '../../kernel/ids.js';
import type { InboundMessage } from '../../plugin/index.js';
import { openThreads, type Threads } from './threads.js';
import { joinConversations } from './identity-changes.js';
import type { Entry } from './piece.js';
import { applyPending } from './pending.js';

type MessageEntry = Entry<InboundMessage>;

/** Stores one channel's new messages: identities, conversations, messages and events, each in one go. */
export async function storeMessages(ctx: Context, entries: MessageEntry[]): Promise<void> {
  const fresh = await withoutDuplicates(ctx, entries);
  const [first] = fresh;
  if (!first) return;
  const people = await resolvePeople(ctx, first.channel.id, fresh.map(({ event }) => event.person));
  const keyed = fresh.map((entry) => {
    const identity = people.of(entry.event.person);
    return { ...entry, identity, threadKey: entry.event.threadKey ?? identity.id };
  });
  const threads = await openThreads(ctx, first.channel, keyed.map(({ threadKey }) => threadKey));
  const messages = keyed.map((entry) => {
    const message = toMessage(entry, entry.identity);
    threads.add(entry.threadKey, entry.identity, entry.event, message);
    if (opensWindow(entry.event)) people.wrote(entry.identity, message.displayAt);
    return message;
  });
  await people.flush();
  await threads.flush();
  await insertMessages(ctx, messages);
  announce(ctx, threads);
  await joinConversations(ctx, people.joined);
  await applyPending(ctx, first.channel, messages);
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
    displayAt: Math.min(event.sentAt, receivedAt),
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

/** Imports tell nobody: their conversations appear, their thousands of messages make no noise. */
function announce(ctx: Context, threads: Threads): void {
  for (const event of threads.events) ctx.append(event);
}
