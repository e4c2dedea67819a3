import type { Context } from '../../database/context.js';
import { lookUpPeople } from '../../features/contacts/index.js';
import { findConversations } from '../../features/conversations/index.js';
import {
  idsByExternalId,
  lockMessages,
  type MessageRecord,
  updateMessages,
  veiledId,
} from '../../features/messages/index.js';
import { fromJson } from '../../kernel/json.js';
import type { MessageUpdate } from '../../plugin/index.js';
import { messageUpdated } from '../event-log/message-updated.js';
import { apply, type Change } from './apply.js';
import { findPending, keepPending, type PendingRow, removePending } from './pending.js';
import type { Entry } from './piece.js';
import { writeReactions } from './reactions.js';

/** Statuses, reactions, edits and deletions of one channel. Those whose message is not there yet are kept for it. */
export async function applyUpdates(ctx: Context, entries: Entry<MessageUpdate>[]): Promise<void> {
  const [first] = entries;
  if (!first) return;
  const channelId = first.channel.id;
  const targets = await findTargets(
    ctx,
    channelId,
    entries.map(({ event }) => event),
  );
  const orphans = entries.filter(({ event }) => !targets(event));
  await keepPending(ctx, channelId, orphans);
  const matched = entries.flatMap(({ event }) => {
    const message = targets(event);
    return message ? { event, message } : [];
  });
  await applyTo(ctx, channelId, matched);
}

/** Applies what was kept for messages that are there now. */
export async function applyPending(
  ctx: Context,
  channelId: string,
  pending: readonly PendingRow[],
  messages: readonly MessageRecord[],
): Promise<void> {
  const byExternal = new Map(messages.map((message) => [message.externalId, message]));
  const due = pending.filter((row) => byExternal.has(row.external_id));
  if (due.length === 0) return;
  await removePending(ctx, due);
  const matched = due.flatMap((row) => {
    const message = byExternal.get(row.external_id);
    return message ? { event: fromJson<MessageUpdate>(row.data), message } : [];
  });
  await applyTo(ctx, channelId, matched);
}

/** Applies updates to messages that are there, writes what changed, and tells of it. */
async function applyTo(
  ctx: Context,
  channelId: string,
  matched: { event: MessageUpdate; message: MessageRecord }[],
): Promise<void> {
  if (matched.length === 0) return;
  const persons = matched.flatMap(({ event }) => (event.update.type === 'reaction' ? event.update.person : []));
  const people = await lookUpPeople(ctx, channelId, persons);
  const changes = new Map<string, Change>();
  for (const { event, message } of matched) {
    const change = apply(changes.get(message.id)?.message ?? message, event, people);
    if (!change) continue;
    changes.set(message.id, together(changes.get(message.id), change));
  }
  for (const message of await writeReactions(ctx, matched, people)) {
    const earlier = changes.get(message.id);
    const told = { ...earlier?.told, reaction: true };
    const next = earlier?.message ?? { ...message, version: message.version + 1 };
    changes.set(message.id, { message: next, told, reconciled: earlier?.reconciled ?? false });
  }
  const all = [...changes.values()];
  await updateMessages(
    ctx,
    all.map(({ message }) => message),
  );
  ctx.append(...(await people.flush()));
  await settleOutbox(ctx, all);
  await tell(ctx, all);
  await applyToNamed(ctx, channelId, all, new Map(matched.map(({ message }) => [message.id, message.externalId])));
}

/** Two changes of one message in one batch are one step: from where the first began to where the second ends. */
function together(first: Change | undefined, second: Change): Change {
  if (!first) return second;
  const told = { ...first.told, ...second.told };
  const [from, to] = [first.told.state, second.told.state];
  if (Array.isArray(from) && Array.isArray(to)) told.state = [from[0], to[1]];
  return { message: second.message, told, reconciled: first.reconciled || second.reconciled };
}

/** A send whose answer was lost has learnt the provider's id from a status: what came for that id before was kept. */
async function applyToNamed(
  ctx: Context,
  channelId: string,
  changes: readonly Change[],
  before: ReadonlyMap<string, string | null>,
): Promise<void> {
  const named = changes
    .map(({ message }) => message)
    .filter((message) => message.externalId !== null && before.get(message.id) === null);
  const pending = await findPending(
    ctx,
    channelId,
    named.flatMap((message) => message.externalId ?? []),
  );
  await applyPending(ctx, channelId, pending, named);
}

/** A message that the provider told about is no longer to be sent. */
async function settleOutbox(ctx: Context, changes: Change[]): Promise<void> {
  const settled = changes.filter(({ reconciled }) => reconciled).map(({ message }) => message.id);
  if (settled.length === 0) return;
  await ctx.trx('outbox').where('organization_id', ctx.organization).whereIn('message_id', settled).delete();
}

async function tell(ctx: Context, changes: Change[]): Promise<void> {
  const ids = [...new Set(changes.map(({ message }) => message.conversationId))];
  const conversations = new Map((await findConversations(ctx, ids)).map((one) => [one.id, one]));
  for (const { message, told } of changes) {
    const conversation = conversations.get(message.conversationId);
    if (conversation) ctx.append(messageUpdated(message, conversation, told));
  }
}

/** Finds each update's message by the provider's id, or by ours where the provider carries it along. */
async function findTargets(
  ctx: Context,
  channelId: string,
  updates: MessageUpdate[],
): Promise<(update: MessageUpdate) => MessageRecord | undefined> {
  const known = await idsByExternalId(ctx, channelId, [...new Set(updates.map((update) => update.externalId))]);
  const references = updates.flatMap((update) => referenceOf(update) ?? []);
  const messages = await lockMessages(ctx, [...new Set([...known, ...references])]);
  // An id and a reference are what somebody wrote into a webhook: they count only within its channel, and a reference
  // only for what we sent.
  const own = messages.filter((one) => one.channelId === channelId);
  const byExternal = new Map(own.map((message) => [message.externalId, message]));
  const byReference = new Map(own.filter((one) => one.direction === 'outbound').map((one) => [one.id, one]));
  return (update) =>
    byExternal.get(update.externalId) ??
    byExternal.get(veiledId(ctx.installation, update.externalId)) ??
    byReference.get(referenceOf(update) ?? '');
}

function referenceOf({ update }: MessageUpdate): string | undefined {
  return update.type === 'status' ? update.reference : undefined;
}
