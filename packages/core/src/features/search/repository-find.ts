import type { ReadContext } from '../../database/context.js';
import { type IndexedKind, wordNumber } from './words.js';

/** Keys of a kind's documents between these two; `below` is not among them, `from` is. */
export interface Stretch {
  below: number;
  from: number;
}

/** A document of the index. */
export interface Place {
  key: number;
  id: string;
  conversationId: string | null;
}

/** Beginnings of a word may be many; those that most documents have stand for all. */
const mostCompletions = 64;
/** So many of a beginning's words are looked at to find them. */
const completionsRead = 4_000;

/** How many documents have each of the words; a word that none has is not among them. */
export async function countWords(
  { trx, organization }: ReadContext,
  kind: IndexedKind,
  words: readonly string[],
): Promise<Map<string, number>> {
  if (words.length === 0) return new Map();
  const rows: { word: string; documents: number }[] = await trx('search_words')
    .where({ organization_id: organization, kind })
    .whereIn('word', [...words])
    .where('documents', '>', 0)
    .select('word', 'documents');
  return new Map(rows.map((row) => [row.word, row.documents]));
}

/** The words that begin so, the most common first. */
export async function completionsOf(
  { trx, organization }: ReadContext,
  kind: IndexedKind,
  prefix: string,
): Promise<{ word: string; documents: number }[]> {
  const words = trx('search_words')
    .where({ organization_id: organization, kind })
    .where('word', '>=', prefix)
    .where('word', '<', `${prefix}\u{10ffff}`)
    .orderBy('word')
    .limit(completionsRead)
    .select('word', 'documents');
  return trx
    .from(words.as('words'))
    .where('documents', '>', 0)
    .orderBy('documents', 'desc')
    .limit(mostCompletions)
    .select('word', 'documents');
}

/**
 * The newest documents that have any of the words, newest first. `complete` is the lowest key down to which none is
 * missing; 0 where there are no more.
 */
export async function newestWith(
  { trx, organization }: ReadContext,
  kind: IndexedKind,
  words: readonly string[],
  { below, from }: Stretch,
  limit: number,
): Promise<{ keys: number[]; complete: number }> {
  const each = words.length === 1 ? limit : Math.max(20, Math.ceil((2 * limit) / words.length));
  // Several index ranges in one statement, each read to its own limit: no database has to sort or scan. Written out, as
  // a query builder takes longer over a hundred of them than the database does.
  const ranges = words.map((_, at) => `select * from (${oneRange}) as range_${at}`);
  const values = words.flatMap((word) => [wordNumber(organization, kind, word), below, from, each]);
  const rows: { word: number; doc_key: number }[] = await trx
    .from(trx.raw(`(${ranges.join(' union all ')}) as ranges`, values))
    .select('word', 'doc_key');
  return newest(
    rows.map((row) => ({ word: Number(row.word), key: Number(row.doc_key) })),
    each,
  );
}

const oneRange =
  'select word, doc_key from search_postings where word = ? and doc_key < ? and doc_key >= ? order by doc_key desc limit ?';

/** Those of the keys whose documents have the word too. */
export async function keysWith(
  { trx, organization }: ReadContext,
  kind: IndexedKind,
  word: string,
  keys: readonly number[],
): Promise<Set<number>> {
  const rows: { doc_key: number }[] = await trx('search_postings')
    .where('word', wordNumber(organization, kind, word))
    .whereIn('doc_key', [...keys])
    .select('doc_key');
  return new Set(rows.map((row) => Number(row.doc_key)));
}

/** Those of the documents of these keys that have the words, and a word with each beginning; newest first. */
export async function findPlaces(
  { trx, organization }: ReadContext,
  kind: IndexedKind,
  keys: readonly number[],
  { words = [], prefixes = [] }: { words?: readonly string[]; prefixes?: readonly string[] } = {},
): Promise<Place[]> {
  const places: Place[] = [];
  for (let at = 0; at < keys.length; at += 500) {
    // By their keys alone: SQLite would rather read all documents of an organization than look up thirty of them.
    const query = trx('search_documents').whereIn('doc_key', keys.slice(at, at + 500));
    // Words are letters and figures: none of them means something in a pattern.
    for (const word of words) query.where('words', 'like', `% ${word} %`);
    for (const prefix of prefixes) query.where('words', 'like', `% ${prefix}%`);
    const rows: PlaceRow[] = await query.select(placeColumns);
    places.push(...rows.filter((row) => row.organization_id === organization && row.kind === kind).map(toPlace));
  }
  return places.sort((a, b) => b.key - a.key);
}

/** The newest documents of the conversations, newest first; `complete` as of {@link newestWith}. */
export async function newestOf(
  { trx, organization }: ReadContext,
  conversationIds: readonly string[],
  { below, from }: Stretch,
  limit: number,
): Promise<{ keys: number[]; complete: number }> {
  const [only, ...more] = conversationIds;
  if (only === undefined) return { keys: [], complete: 0 };
  const query = trx('search_documents')
    .where('organization_id', organization)
    .where('doc_key', '<', below)
    .where('doc_key', '>=', from)
    .limit(limit)
    .select('doc_key');
  // One conversation is a range that has the order.
  if (more.length === 0) query.where('conversation_id', only).orderBy('doc_key', 'desc');
  // Several are read from the index alone, and put in order: as many entries as they have messages. Not by the column
  // itself, whose order SQLite would then follow through everybody's documents.
  else query.whereIn('conversation_id', [...conversationIds]).orderByRaw('+doc_key desc');
  const rows: { doc_key: number }[] = await query;
  const keys = rows.map((row) => Number(row.doc_key));
  return { keys, complete: keys.length < limit ? 0 : (keys.at(-1) ?? 0) };
}

/** The keys of these entities' documents, newest first. */
export async function keysOfEntities(
  { trx, organization }: ReadContext,
  ids: readonly string[],
  { below, from }: Stretch,
): Promise<number[]> {
  const keys: number[] = [];
  for (let at = 0; at < ids.length; at += 500) {
    const rows: { doc_key: number }[] = await trx('search_documents')
      .where('organization_id', organization)
      .whereIn('entity_id', ids.slice(at, at + 500))
      .select('doc_key');
    keys.push(...rows.map((row) => Number(row.doc_key)));
  }
  return keys.filter((key) => key < below && key >= from).sort((a, b) => b - a);
}

const placeColumns = ['doc_key', 'organization_id', 'kind', 'entity_id', 'conversation_id'];

interface PlaceRow {
  doc_key: number;
  organization_id: string;
  kind: IndexedKind;
  entity_id: string;
  conversation_id: string | null;
}

function toPlace(row: PlaceRow): Place {
  return { key: Number(row.doc_key), id: row.entity_id, conversationId: row.conversation_id };
}

/**
 * Merges the ranges of words that were each read to `each` rows. One that gave so many may have more below its last, so
 * nothing below the highest such place is certain.
 */
function newest(rows: readonly { word: number; key: number }[], each: number): { keys: number[]; complete: number } {
  const ranges = new Map<number, { count: number; last: number }>();
  for (const { word, key } of rows) {
    const range = ranges.get(word);
    ranges.set(word, { count: (range?.count ?? 0) + 1, last: Math.min(range?.last ?? key, key) });
  }
  const complete = Math.max(0, ...[...ranges.values()].map(({ count, last }) => (count >= each ? last : 0)));
  const keys = new Set(rows.map(({ key }) => key).filter((key) => key >= complete));
  return { keys: [...keys].sort((a, b) => b - a), complete };
}
