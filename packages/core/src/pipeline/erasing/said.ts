import type { Context } from '../../database/context.js';
import { findConversations } from '../../features/conversations/index.js';
import type { Count } from '../../features/erasures/index.js';
import {
  erasedContent,
  lockMessages,
  type MessageRecord,
  updateMessages,
  veiledId,
} from '../../features/messages/index.js';
import { emptyDraft, writeDrafts } from '../../features/search/index.js';
import { messageUpdated } from '../event-log/message-updated.js';

/** Empties the messages: rows, states and times stay, so that figures do. */
export async function eraseMessages(ctx: Context, ids: readonly string[], count: Count): Promise<void> {
  const found = (await lockMessages(ctx, ids)).filter(({ content }) => content.type !== 'erased');
  if (found.length === 0) return;
  const erased = found.map((message) => ({ ...message, content: erasedContent, version: message.version + 1 }));
  await updateMessages(ctx, erased);
  await veilQuotes(ctx, found);
  const owned = found.map(({ id }) => id);
  const reactions = ctx.trx('reactions').where('organization_id', ctx.organization).whereIn('message_id', owned);
  count('reactions', await reactions.delete());
  count('jobs', await forgetJobs(ctx, found));
  const documents = owned.map((id) => emptyDraft('message', id));
  count('searchDocuments', await writeDrafts(ctx, documents));
  count('messages', found.length);
  count('mediaReferences', found.filter(({ content }) => 'media' in content).length);

  const conversations = await findConversations(ctx, [...new Set(found.map((message) => message.conversationId))]);
  const byId = new Map(conversations.map((one) => [one.id, one]));
  for (const message of erased) {
    const conversation = byId.get(message.conversationId);
    if (conversation) ctx.append(messageUpdated(message, conversation, { erased: true }));
  }
}

/** What a message quotes has the provider's id as well. */
async function veilQuotes(ctx: Context, messages: readonly MessageRecord[]): Promise<void> {
  const rows = messages.flatMap(({ id, replyTo }) =>
    replyTo === null ? [] : { organization_id: ctx.organization, id, reply_to: veiledId(ctx.installation, replyTo) },
  );
  await ctx.installation.storage.dialect.bulkUpdate(ctx.trx, 'messages', ['organization_id', 'id'], rows);
}

/** Read receipts name the message at the provider. One that could not be given stays in the table. */
async function forgetJobs(ctx: Context, messages: readonly MessageRecord[]): Promise<number> {
  const payloads = messages.flatMap(({ channelId, externalId, direction }) =>
    externalId === null || direction === 'outbound' ? [] : JSON.stringify({ channelId, externalId }),
  );
  if (payloads.length === 0) return 0;
  return ctx.trx('jobs').where('kind', 'channel.mark_read').whereIn('payload', payloads).delete();
}
