import type { ReadContext } from '../../database/context.js';
import { type PageCursor, seek } from '../../database/page.js';

/** As much of a conversation as decides who sees it, and when it was last said something in. */
export interface StreamConversation {
  id: string;
  teamId: string;
  assigneeId: string | null;
  lifecycle: string;
  handler: string;
  lastMessageAt: number;
}

/** The conversations of one contact that a stream is made of, at most: those that were last active. */
const mostConversations = 2_000;

/** The contact's conversations in which something was said, the one that was spoken in last first. */
export async function conversationsInStream(
  { trx, organization }: ReadContext,
  contactId: string,
): Promise<StreamConversation[]> {
  const rows: (Omit<StreamConversation, 'lastMessageAt'> & { lastMessageAt: number | null })[] = await trx(
    'conversations',
  )
    .where({ organization_id: organization, contact_id: contactId })
    .orderBy([
      { column: 'last_activity_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(mostConversations)
    .select(
      { teamId: 'team_id', assigneeId: 'assignee_id', lastMessageAt: 'last_message_at' },
      'id',
      'lifecycle',
      'handler',
    );
  return rows
    .flatMap(({ lastMessageAt, ...row }) =>
      lastMessageAt === null ? [] : { ...row, lastMessageAt: Number(lastMessageAt) },
    )
    .sort((a, b) => b.lastMessageAt - a.lastMessageAt);
}

/** The last messages of each of the conversations before the cursor, up to the limit in each: one index range a piece. */
export async function lastMessagesOf(
  { trx, organization }: ReadContext,
  conversationIds: readonly string[],
  cursor: PageCursor | undefined,
  limit: number,
): Promise<PageCursor[]> {
  const ranges = conversationIds.map((conversation_id, index) => {
    const range = trx('messages')
      .where({ organization_id: organization, conversation_id })
      .select({ at: 'display_at' }, 'id')
      .limit(limit);
    return trx.from(seek(range, 'display_at', 'id', 'desc', cursor).as(`range_${index}`)).select('*');
  });
  const [first, ...others] = ranges;
  if (!first) return [];
  const rows: PageCursor[] = await (others.length > 0 ? first.unionAll(others) : first);
  return rows.map(({ at, id }) => ({ at: Number(at), id }));
}
