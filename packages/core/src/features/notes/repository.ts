import type { Knex } from 'knex';
import type { Context, ReadContext } from '../../database/context.js';
import { type PageCursor, seek } from '../../database/page.js';
import { fromJson } from '../../kernel/json.js';
import type { NoteKind } from './schema.js';

/** A note as it is stored. Times are epoch milliseconds. */
export interface NoteRecord {
  id: string;
  conversationId: string | null;
  contactId: string | null;
  kind: NoteKind;
  authorId: string;
  aboutUserId: string | null;
  text: string;
  mentions: string[];
  pinnedAt: number | null;
  editedAt: number | null;
  version: number;
  createdAt: number;
}

interface NoteRow {
  id: string;
  conversation_id: string | null;
  contact_id: string | null;
  kind: NoteKind;
  author_id: string;
  about_user_id: string | null;
  text: string;
  mentions: string;
  pinned_at: number | null;
  edited_at: number | null;
  version: number;
  created_at: number;
}

/** What the notes are about. */
export type NotePlace = { conversationId: string } | { contactId: string };

/** The notes there that the actor may see and that are not pinned, newest first. */
export async function pageUnpinned(
  ctx: ReadContext,
  place: NotePlace,
  cursor: PageCursor | undefined,
  limit: number,
): Promise<NoteRecord[]> {
  const query = readable(ctx, notesAt(ctx, place)).whereNull('pinned_at').limit(limit);
  const rows: NoteRow[] = await seek(query, 'created_at', 'id', 'desc', cursor);
  return rows.map(toRecord);
}

/** The pinned notes there that the actor may see: a handful, no more than may be pinned. */
export async function listPinned(ctx: ReadContext, place: NotePlace): Promise<NoteRecord[]> {
  const rows: NoteRow[] = await readable(ctx, notesAt(ctx, place)).whereNotNull('pinned_at');
  return rows.map(toRecord);
}

/** How many are pinned there, seen or not. */
export async function countPinned(ctx: ReadContext, place: NotePlace): Promise<number> {
  const [row] = await notesAt(ctx, place).whereNotNull('pinned_at').count({ count: '*' });
  return Number((row as { count?: number | string } | undefined)?.count ?? 0); // knex leaves the type of counts open
}

/** Those of the notes whose kind lets the actor see them; whether they see the conversation is not looked at. */
export async function findNotes(ctx: ReadContext, ids: readonly string[]): Promise<NoteRecord[]> {
  if (ids.length === 0) return [];
  const rows: NoteRow[] = await readable(ctx, notes(ctx)).whereIn('id', ids);
  return rows.map(toRecord);
}

/** The note, locked until the transaction ends; undefined where there is none that the actor may see. */
export async function lockNote(ctx: Context, id: string): Promise<NoteRecord | undefined> {
  const query = readable(ctx, notes(ctx)).where('id', id);
  const [row]: NoteRow[] = await ctx.installation.storage.dialect.forUpdate(query);
  return row && toRecord(row);
}

export async function insertNote(ctx: Context, note: NoteRecord): Promise<void> {
  await ctx.trx('notes').insert({
    organization_id: ctx.organization,
    id: note.id,
    conversation_id: note.conversationId,
    contact_id: note.contactId,
    kind: note.kind,
    author_id: note.authorId,
    about_user_id: note.aboutUserId,
    created_at: note.createdAt,
    ...changeable(note),
  });
}

export async function saveNote(ctx: Context, note: NoteRecord): Promise<void> {
  await notes(ctx).where('id', note.id).update(changeable(note));
}

export async function deleteNote(ctx: Context, id: string): Promise<void> {
  await notes(ctx).where('id', id).delete();
}

export async function contactExists({ trx, organization }: ReadContext, id: string): Promise<boolean> {
  const contact = trx('contacts').where({ organization_id: organization, id }).whereNull('erased_at');
  return (await contact.first('id')) !== undefined;
}

/** Who leads a team that the user is a member of. */
export async function leadsOf({ trx, organization }: ReadContext, userId: string): Promise<string[]> {
  const own = trx('team_members').where({ organization_id: organization, user_id: userId }).select('team_id');
  const rows: { user_id: string }[] = await trx('team_members')
    .where({ organization_id: organization, is_lead: 1 })
    .whereIn('team_id', own)
    .distinct('user_id');
  return rows.map((row) => row.user_id);
}

/**
 * The one filter of feedback, in every read of notes: it is for the one whom it is about, for those who lead a team of
 * theirs, and for its author. Whatever else somebody may do does not open it.
 */
function readable(ctx: ReadContext, query: Knex.QueryBuilder): Knex.QueryBuilder {
  const { actor, organization, trx } = ctx;
  if (actor.type === 'system') return query;
  return query.where((or) => {
    or.where('kind', 'note').orWhere('author_id', actor.id).orWhere('about_user_id', actor.id);
    if (actor.leads.length === 0) return;
    const led = trx('team_members').where('organization_id', organization).whereIn('team_id', actor.leads);
    or.orWhereIn('about_user_id', led.select('user_id'));
  });
}

function notesAt(ctx: ReadContext, place: NotePlace): Knex.QueryBuilder {
  return 'conversationId' in place
    ? notes(ctx).where('conversation_id', place.conversationId)
    : notes(ctx).where('contact_id', place.contactId);
}

function notes({ trx, organization }: ReadContext): Knex.QueryBuilder {
  return trx('notes').where('organization_id', organization);
}

function changeable(note: NoteRecord) {
  return {
    text: note.text,
    mentions: JSON.stringify(note.mentions),
    pinned_at: note.pinnedAt,
    edited_at: note.editedAt,
    version: note.version,
  };
}

function toRecord(row: NoteRow): NoteRecord {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    contactId: row.contact_id,
    kind: row.kind,
    authorId: row.author_id,
    aboutUserId: row.about_user_id,
    text: row.text,
    mentions: fromJson<string[]>(row.mentions),
    pinnedAt: row.pinned_at === null ? null : Number(row.pinned_at),
    editedAt: row.edited_at === null ? null : Number(row.edited_at),
    version: row.version,
    createdAt: Number(row.created_at),
  };
}
