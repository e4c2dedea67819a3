import type { ReadContext } from '../../database/context.js';
import { decodePage, defaultLimit, encodePage } from '../../database/page.js';
import { fail } from '../../kernel/errors.js';
import {
  type CanSend,
  type Conversation,
  canSendIn,
  findConversations,
  viewConversation,
} from '../conversations/index.js';
import { demand, sight } from '../roles/index.js';
import { presentMessages } from './present.js';
import { findMessages, pageMessages } from './repository.js';
import type { MessageRecord } from './rows.js';
import type { Message } from './schema.js';

/** How many messages somebody sees of a conversation that waits in their queue. */
const previewMessages = 3;

export interface ConversationPage {
  conversation: Conversation;
  /** Oldest first. */
  messages: Message[];
  /** Cursors for the messages before the first and after the last; null where there are none. */
  before: string | null;
  after: string | null;
  canSend: CanSend;
  /** Only the last messages are shown until the conversation is taken. */
  preview: boolean;
}

export interface ConversationPageRequest {
  id: string;
  before?: string;
  after?: string;
  limit?: number;
}

/** A conversation with a page of its messages: the newest, or those before or after a cursor. */
export async function getConversation(ctx: ReadContext, request: ConversationPageRequest): Promise<ConversationPage> {
  demand(ctx.actor, 'conversations:read');
  if (request.before !== undefined && request.after !== undefined) {
    const message = 'cannot be given together with `before`';
    fail('validation_failed', undefined, { errors: [{ path: '/query/after', message }] });
  }
  const view = await viewConversation(ctx, request.id);
  ctx.installation.accessLog.note(ctx.actor, {
    action: 'conversations.get',
    entityId: request.id,
    conversationId: request.id,
  });
  const canSend = await canSendIn(ctx, view.record);
  if (view.sight === 'preview') {
    const newest = await pageMessages(ctx, request.id, 'desc', undefined, previewMessages);
    const messages = await presentMessages(ctx, newest.reverse());
    return { conversation: view.conversation, messages, before: null, after: null, canSend, preview: true };
  }
  const page = await readPage(ctx, request);
  const messages = await presentMessages(ctx, page.records);
  return { conversation: view.conversation, messages, before: page.before, after: page.after, canSend, preview: false };
}

/** Those of the messages that the actor may see: how a client fetches what events told it of. */
export async function getMessagesById(ctx: ReadContext, ids: readonly string[]): Promise<Message[]> {
  demand(ctx.actor, 'conversations:read');
  const records = await findMessages(ctx, ids);
  const conversations = await findConversations(ctx, [...new Set(records.map((record) => record.conversationId))]);
  const whole = new Set(conversations.filter((one) => sight(ctx.actor, one) === 'whole').map((one) => one.id));
  return presentMessages(
    ctx,
    records.filter((record) => whole.has(record.conversationId)),
  );
}

async function readPage(
  ctx: ReadContext,
  { id, before, after, limit = defaultLimit }: ConversationPageRequest,
): Promise<{ records: MessageRecord[]; before: string | null; after: string | null }> {
  const forward = after !== undefined;
  const text = after ?? before;
  const cursor = text === undefined ? undefined : decodePage(text);
  const read = await pageMessages(ctx, id, forward ? 'asc' : 'desc', cursor, limit + 1);
  const more = read.length > limit;
  const records = read.slice(0, limit);
  if (!forward) records.reverse();
  const [first, last] = [records.at(0), records.at(-1)];
  const place = (record: MessageRecord | undefined) =>
    record ? encodePage({ at: record.displayAt, id: record.id }) : null;
  return forward
    ? { records, before: place(first) ?? after, after: more ? place(last) : null }
    : { records, before: more ? place(first) : null, after: before === undefined ? null : (place(last) ?? before) };
}
