import type { ReadContext } from '../../database/context.js';
import { decodePage, defaultLimit, type Page, type PageCursor, type PageRequest, toPage } from '../../database/page.js';
import { demand } from '../roles/index.js';
import { present } from './present.js';
import { findNotes, listPinned, type NotePlace, type NoteRecord, pageUnpinned } from './repository.js';
import type { Note } from './schema.js';
import { aboutContact, conversationsSeen, subjectInSight } from './sight.js';

/** Notes about a conversation: the pinned ones first, then by time, newest first. */
export async function listNotes(ctx: ReadContext, { id, ...page }: PageRequest & { id: string }): Promise<Page<Note>> {
  demand(ctx.actor, 'conversations:read');
  return list(ctx, { conversationId: id }, page);
}

/** Notes about a contact, in the same order. */
export async function listContactNotes(
  ctx: ReadContext,
  { id, ...page }: PageRequest & { id: string },
): Promise<Page<Note>> {
  demand(ctx.actor, 'contacts:read');
  return list(ctx, { contactId: id }, page);
}

/**
 * Those of the notes that the actor may see: how a client fetches what events told it of. Feedback reaches whom it is
 * for also when the conversation has gone to somebody else.
 */
export async function getNotesById(ctx: ReadContext, ids: readonly string[]): Promise<Note[]> {
  demand(ctx.actor, 'conversations:read');
  const found = await findNotes(ctx, ids);
  const seen = await conversationsSeen(ctx, [...new Set(found.flatMap((note) => note.conversationId ?? []))]);
  const contacts = await contactsSeen(ctx, found);
  return found
    .filter(({ kind, conversationId, contactId }) => {
      if (kind === 'feedback') return true;
      return conversationId ? seen.has(conversationId) : contactId !== null && contacts.has(contactId);
    })
    .map(present);
}

/** Added to the time of a pinned note in a cursor: they come before all others, and no clock reaches it. */
const pinnedEpoch = 1_000_000_000_000_000;

async function list(ctx: ReadContext, place: NotePlace, page: PageRequest): Promise<Page<Note>> {
  await subjectInSight(ctx, place);
  const limit = page.limit ?? defaultLimit;
  const cursor = page.cursor === undefined ? undefined : decodePage(page.cursor);
  const amongPinned = cursor === undefined || cursor.at >= pinnedEpoch;
  const pinned = amongPinned
    ? (await listPinned(ctx, place)).filter((note) => follows(note, cursor)).sort(byPlace)
    : [];
  const room = limit + 1 - pinned.length;
  const others = room > 0 ? await pageUnpinned(ctx, place, amongPinned ? undefined : cursor, room) : [];
  return toPage([...pinned, ...others], limit, placeOf, present);
}

function placeOf({ id, pinnedAt, createdAt }: NoteRecord): PageCursor {
  return { at: createdAt + (pinnedAt === null ? 0 : pinnedEpoch), id };
}

function follows(note: NoteRecord, cursor: PageCursor | undefined): boolean {
  if (!cursor) return true;
  const { at, id } = placeOf(note);
  return at < cursor.at || (at === cursor.at && id < cursor.id);
}

function byPlace(a: NoteRecord, b: NoteRecord): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1);
}

async function contactsSeen(ctx: ReadContext, notes: readonly NoteRecord[]): Promise<Set<string>> {
  const ids = [...new Set(notes.flatMap(({ contactId }) => contactId ?? []))];
  const seen = await Promise.all(ids.map((id) => contactSeen(ctx, id)));
  return new Set(ids.filter((_id, index) => seen[index]));
}

async function contactSeen(ctx: ReadContext, contactId: string): Promise<boolean> {
  const subject = await aboutContact(ctx, contactId);
  return subject?.sees(ctx.actor) === true;
}
