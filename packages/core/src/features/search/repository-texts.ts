import type { ReadContext } from '../../database/context.js';
import { contactText, messageText } from './texts.js';
import type { IndexedKind } from './words.js';

/** Something that can be found, with its text as it is now. */
export interface Entity {
  kind: IndexedKind;
  id: string;
  conversationId: string | null;
  contactId: string | null;
  /** Epoch milliseconds: what it is put in order by. It never changes. */
  at: number;
  /** Empty where there is nothing to find any more. */
  text: string;
  /** Of feedback about somebody's work: who wrote it, and about whom. */
  feedback?: { authorId: string; aboutUserId: string | null };
}

/** At most so many ids in one statement. */
const chunk = 500;

/** The entities that are there, by their ids. */
export async function readEntities(
  ctx: ReadContext,
  kind: IndexedKind,
  ids: readonly string[],
): Promise<Map<string, Entity>> {
  const read = { message: readMessages, contact: readContacts, note: readNotes }[kind];
  const entities = new Map<string, Entity>();
  for (let at = 0; at < ids.length; at += chunk) {
    for (const entity of await read(ctx, ids.slice(at, at + chunk))) entities.set(entity.id, entity);
  }
  return entities;
}

export interface MessageTextRow {
  id: string;
  conversation_id: string;
  content: string;
  display_at: number;
  revoked_at: number | null;
}

export const messageTextColumns = ['id', 'conversation_id', 'content', 'display_at', 'revoked_at'];

export function toMessageEntity(row: MessageTextRow): Entity {
  return {
    kind: 'message',
    id: row.id,
    conversationId: row.conversation_id,
    contactId: null,
    at: Number(row.display_at),
    text: messageText(row.content, row.revoked_at),
  };
}

async function readMessages({ trx, organization }: ReadContext, ids: readonly string[]): Promise<Entity[]> {
  const rows: MessageTextRow[] = await trx('messages')
    .where('organization_id', organization)
    .whereIn('id', ids)
    .select(messageTextColumns);
  return rows.map(toMessageEntity);
}

interface IdentityNameRow {
  contact_id: string;
  name: string | null;
  username: string | null;
  created_at: number;
}

async function readContacts({ trx, organization }: ReadContext, ids: readonly string[]): Promise<Entity[]> {
  const rows: { id: string; name: string | null; attributes: string | null; created_at: number }[] = await trx(
    'contacts',
  )
    .where('organization_id', organization)
    .whereIn('id', ids)
    .whereNull('erased_at')
    .select('id', 'name', 'attributes', 'created_at');
  const identities: IdentityNameRow[] = await trx('identities')
    .where('organization_id', organization)
    .whereIn('contact_id', ids)
    .select('contact_id', 'name', 'username', 'created_at');
  const names = new Map<string, (string | null)[]>();
  for (const { contact_id, name, username } of identities.sort((a, b) => a.created_at - b.created_at)) {
    names.set(contact_id, [...(names.get(contact_id) ?? []), name, username]);
  }
  return rows.map(({ id, created_at, ...row }) => ({
    kind: 'contact',
    id,
    conversationId: null,
    contactId: id,
    at: Number(created_at),
    text: contactText({ ...row, names: names.get(id) ?? [] }),
  }));
}

interface NoteRow {
  id: string;
  conversation_id: string | null;
  contact_id: string | null;
  kind: string;
  author_id: string;
  about_user_id: string | null;
  text: string;
  created_at: number;
}

async function readNotes({ trx, organization }: ReadContext, ids: readonly string[]): Promise<Entity[]> {
  const rows: NoteRow[] = await trx('notes')
    .where('organization_id', organization)
    .whereIn('id', ids)
    .select('id', 'conversation_id', 'contact_id', 'kind', 'author_id', 'about_user_id', 'text', 'created_at');
  return rows.map((row) => ({
    kind: 'note',
    id: row.id,
    conversationId: row.conversation_id,
    contactId: row.contact_id,
    at: Number(row.created_at),
    text: row.text,
    ...(row.kind === 'feedback' ? { feedback: { authorId: row.author_id, aboutUserId: row.about_user_id } } : {}),
  }));
}
