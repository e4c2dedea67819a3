import type { Knex } from 'knex';
import type { Context, ReadContext } from '../../database/context.js';
import { type PageCursor, seek } from '../../database/page.js';

/** A draft as it is stored. Times are epoch milliseconds. */
export interface DraftRecord {
  conversationId: string;
  text: string;
  replyTo: string | null;
  version: number;
  updatedAt: number;
}

interface DraftRow {
  conversation_id: string;
  text: string;
  reply_to: string | null;
  version: number;
  updated_at: number;
}

export async function findDraft(ctx: ReadContext, conversationId: string): Promise<DraftRecord | undefined> {
  const row: DraftRow | undefined = await own(ctx).where('conversation_id', conversationId).first();
  return row && toRecord(row);
}

/** The caller's draft, locked until the transaction ends. */
export async function lockDraft(ctx: Context, conversationId: string): Promise<DraftRecord | undefined> {
  const query = own(ctx).where('conversation_id', conversationId);
  const [row]: DraftRow[] = await ctx.installation.storage.dialect.forUpdate(query);
  return row && toRecord(row);
}

/** The caller's drafts, the last written first. */
export async function pageDrafts(
  ctx: ReadContext,
  cursor: PageCursor | undefined,
  limit: number,
): Promise<DraftRecord[]> {
  const rows: DraftRow[] = await seek(own(ctx).limit(limit), 'updated_at', 'conversation_id', 'desc', cursor);
  return rows.map(toRecord);
}

export async function insertDraft(ctx: Context, draft: DraftRecord): Promise<void> {
  await ctx.trx('drafts').insert({
    organization_id: ctx.organization,
    user_id: ctx.actor.id,
    conversation_id: draft.conversationId,
    ...changeable(draft),
  });
}

export async function saveDraft(ctx: Context, draft: DraftRecord): Promise<void> {
  await own(ctx).where('conversation_id', draft.conversationId).update(changeable(draft));
}

export async function deleteDraft(ctx: Context, conversationId: string): Promise<void> {
  await own(ctx).where('conversation_id', conversationId).delete();
}

export async function isMessageOf(
  { trx, organization }: ReadContext,
  id: string,
  conversationId: string,
): Promise<boolean> {
  const place = { organization_id: organization, id, conversation_id: conversationId };
  return (await trx('messages').where(place).first('id')) !== undefined;
}

/** A draft is its writer's: no read of drafts is without them. */
function own({ trx, organization, actor }: ReadContext): Knex.QueryBuilder {
  return trx('drafts').where({ organization_id: organization, user_id: actor.id });
}

function changeable({ text, replyTo, version, updatedAt }: DraftRecord) {
  return { text, reply_to: replyTo, version, updated_at: updatedAt };
}

function toRecord(row: DraftRow): DraftRecord {
  return {
    conversationId: row.conversation_id,
    text: row.text,
    replyTo: row.reply_to,
    version: row.version,
    updatedAt: Number(row.updated_at),
  };
}
