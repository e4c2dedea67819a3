import type { Context } from '../../database/context.js';
import { type ConversationRecord, findConversations, scalarsOf } from '../../features/conversations/index.js';
import { endConversations, forgetPerson } from '../../features/erasures/index.js';
import { audienceOf } from '../../features/notes/index.js';
import { emptyDraft, writeDrafts } from '../../features/search/index.js';
import { atOnce, endedConversations, type Step } from './step.js';

/** What goes at once when it begins, once more: what came in at that moment may have written it again. */
export const person: Step =
  async (_read, { place }) =>
  async (ctx, count) => {
    await forgetPerson(ctx, place.contacts, count);
    return null;
  };

export const conversations: Step =
  async (_read, { place }) =>
  async (ctx, count) =>
    (await endConversations(ctx, place.contacts, count)) ? 'on' : null;

interface NoteRow {
  id: string;
  conversation_id: string | null;
  contact_id: string | null;
  kind: string;
  author_id: string;
  about_user_id: string | null;
  version: number;
}

/** What colleagues noted about the person and in their conversations. */
export const notes: Step = async (read, task) => {
  const own = () => read.trx('notes').where('organization_id', read.organization).limit(atOnce);
  const found = [
    ...(await own().whereIn('contact_id', task.place.contacts).pluck('id')),
    ...(await own().whereIn('conversation_id', endedConversations(read, task).select('id')).pluck('id')),
  ];
  const ids: string[] = found.slice(0, atOnce);
  return async (ctx, count) => {
    const query = ctx.trx('notes').where('organization_id', ctx.organization).whereIn('id', ids);
    const rows: NoteRow[] = await ctx.installation.storage.dialect.forUpdate(query.clone());
    count('notes', await query.clone().delete());
    const documents = rows.map(({ id }) => emptyDraft('note', id));
    count('searchDocuments', await writeDrafts(ctx, documents));
    const shown = await byId(
      ctx,
      rows.map((row) => row.conversation_id),
    );
    for (const row of rows) await tellOfNote(ctx, row, shown.get(row.conversation_id ?? ''));
    return ids.length > 0 ? 'on' : null;
  };
};

async function tellOfNote(ctx: Context, row: NoteRow, conversation: ConversationRecord | undefined): Promise<void> {
  const only = row.about_user_id === null ? undefined : await audienceOf(ctx, row.about_user_id, row.author_id);
  ctx.append({
    type: 'note.deleted',
    entityId: row.id,
    entityVersion: row.version + 1,
    ...(conversation ? { conversationId: conversation.id, conversationVersion: conversation.version } : {}),
    ...(only ? { only } : conversation ? { after: scalarsOf(conversation) } : {}),
    changes: { kind: row.kind, ...(row.contact_id ? { contactId: row.contact_id } : {}) },
  });
}

/** What colleagues had begun to write. */
export const drafts: Step = async (read, task) => {
  const rows: { user_id: string; conversation_id: string; version: number }[] = await read
    .trx('drafts')
    .where('organization_id', read.organization)
    .whereIn('conversation_id', endedConversations(read, task).select('id'))
    .limit(atOnce)
    .select('user_id', 'conversation_id', 'version');
  return async (ctx, count) => {
    for (const { user_id, conversation_id, version } of rows) {
      const place = { organization_id: ctx.organization, user_id, conversation_id };
      count('drafts', await ctx.trx('drafts').where(place).delete());
      ctx.append({
        type: 'draft.updated',
        entityId: conversation_id,
        entityVersion: version + 1,
        only: [user_id],
        changes: { deleted: true },
      });
    }
    return rows.length > 0 ? 'on' : null;
  };
};

async function byId(ctx: Context, ids: readonly (string | null)[]): Promise<Map<string, ConversationRecord>> {
  const named = [...new Set(ids.flatMap((id) => id ?? []))];
  return new Map((await findConversations(ctx, named)).map((one) => [one.id, one]));
}
