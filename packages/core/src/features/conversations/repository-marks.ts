import type { Context, ReadContext } from '../../database/context.js';
import type { PageCursor } from '../../database/page.js';

/** Up to where somebody has read a conversation. */
export interface ReadMark {
  conversationId: string;
  userId: string;
  messageId: string;
  /** The message's place. */
  displayAt: number;
  /** How many live inbound messages the conversation had up to there. */
  inboundCount: number;
}

/** Where the user's mark stands; undefined where they never read. */
export async function findReadMark(
  { trx, organization }: ReadContext,
  conversationId: string,
  userId: string,
): Promise<PageCursor | undefined> {
  const row: { message_id: string; display_at: number } | undefined = await trx('read_marks')
    .where({ organization_id: organization, conversation_id: conversationId, user_id: userId })
    .first('message_id', 'display_at');
  return row && { at: Number(row.display_at), id: row.message_id };
}

/** Sets the mark, which may only go forward: the caller has compared it with the one that stands. */
export function saveReadMark(ctx: Context, mark: ReadMark): Promise<void> {
  return saveReadMarks(ctx, [mark]);
}

/** Sets marks in as few statements as for one. */
export async function saveReadMarks(ctx: Context, marks: readonly ReadMark[]): Promise<void> {
  const { dialect } = ctx.installation.storage;
  const rows = marks.map((mark) => ({
    organization_id: ctx.organization,
    conversation_id: mark.conversationId,
    user_id: mark.userId,
    message_id: mark.messageId,
    display_at: mark.displayAt,
    inbound_count: mark.inboundCount,
    read_at: ctx.installation.clock.now(),
  }));
  await dialect.bulkInsertIgnore(ctx.trx, 'read_marks', rows);
  await dialect.bulkUpdate(ctx.trx, 'read_marks', ['organization_id', 'conversation_id', 'user_id'], rows);
}
