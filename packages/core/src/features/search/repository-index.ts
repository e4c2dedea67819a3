import type { Context, ReadContext } from '../../database/context.js';
import type { Row } from '../../plugin/index.js';
import { freeKeys } from './repository-keys.js';
import type { Entity } from './repository-texts.js';
import { unitsOf } from './units.js';
import { type IndexedKind, indexWords, wordNumber } from './words.js';

/** What the index is to say of an entity; without words it is to say nothing. */
export interface Draft {
  kind: IndexedKind;
  id: string;
  conversationId: string | null;
  at: number;
  words: readonly string[];
}

export function draftOf({ kind, id, conversationId, at, text }: Entity): Draft {
  return { kind, id, conversationId, at, words: indexWords(unitsOf(text)) };
}

/** What is no longer there. */
export function emptyDraft(kind: IndexedKind, id: string): Draft {
  return { kind, id, conversationId: null, at: 0, words: [] };
}

interface Stored {
  key: number;
  kind: IndexedKind;
  id: string;
  conversationId: string | null;
  words: string[];
}

/**
 * Makes the index say what the drafts say, one draft an entity, and answers how many documents it said otherwise of.
 * Saying it again changes nothing: what stands is compared first.
 */
export async function writeDrafts(ctx: Context, drafts: readonly Draft[]): Promise<number> {
  const worded = drafts.filter(({ words }) => words.length > 0);
  // Together, also for what turns out to have a key: whoever writes messages waits for this transaction.
  const [stored, keys] = await Promise.all([
    findStored(
      ctx,
      drafts.map(({ id }) => id),
    ),
    freeKeys(ctx, worded),
  ]);
  const known = drafts.flatMap((draft) => {
    const document = stored.get(draft.id);
    return document && !same(document, draft) ? { document, draft } : [];
  });
  const fresh = worded.flatMap((draft, at) => (stored.has(draft.id) ? [] : { draft, key: keys[at] ?? 0 }));
  const changes = new Changes();
  for (const { draft, key } of fresh) changes.difference(draft.kind, key, [], draft.words);
  for (const { document, draft } of known) changes.difference(draft.kind, document.key, document.words, draft.words);

  const rows = fresh.map(({ draft, key }) => toRow(ctx.organization, draft, key));
  await Promise.all([
    ctx.installation.storage.dialect.bulkInsert(ctx.trx, 'search_documents', rows),
    changeDocuments(ctx, known),
    changes.write(ctx),
  ]);
  return fresh.length + known.length;
}

/** Of how many of the drafts the index says something else. */
export async function countDiffering(ctx: ReadContext, drafts: readonly Draft[]): Promise<number> {
  const stored = await findStored(
    ctx,
    drafts.map(({ id }) => id),
  );
  return drafts.filter((draft) => {
    const document = stored.get(draft.id);
    return document ? !same(document, draft) : draft.words.length > 0;
  }).length;
}

function same(document: Stored, draft: Draft): boolean {
  if (draft.words.length !== document.words.length || draft.conversationId !== document.conversationId) return false;
  const words = new Set(document.words);
  return draft.words.every((word) => words.has(word));
}

/** Words that documents gained and lost. */
class Changes {
  private readonly counts = new Map<IndexedKind, Map<string, number>>();
  private readonly gained: { kind: IndexedKind; key: number; word: string }[] = [];
  private readonly lost: { kind: IndexedKind; key: number; words: string[] }[] = [];

  difference(kind: IndexedKind, key: number, before: readonly string[], after: readonly string[]): void {
    const had = new Set(before);
    const has = new Set(after);
    const gone = before.filter((word) => !has.has(word));
    for (const word of gone) this.count(kind, word, -1);
    if (gone.length > 0) this.lost.push({ kind, key, words: gone });
    for (const word of after) {
      if (had.has(word)) continue;
      this.count(kind, word, 1);
      this.gained.push({ kind, key, word });
    }
  }

  async write(ctx: Context): Promise<void> {
    await Promise.all([this.writeWords(ctx), this.writePostings(ctx)]);
  }

  private async writeWords(ctx: Context): Promise<void> {
    const rows: Row[] = [];
    for (const [kind, counts] of this.counts) {
      // In one order for all: two writers that lock words in two orders would wait for each other.
      for (const word of [...counts.keys()].sort()) {
        rows.push({ organization_id: ctx.organization, kind, word, documents: counts.get(word) ?? 0 });
      }
    }
    const keys = ['organization_id', 'kind', 'word'];
    await ctx.installation.storage.dialect.bulkAdd(ctx.trx, 'search_words', keys, 'documents', rows);
    if (this.lost.length > 0) await this.forgetUnused(ctx);
  }

  private async writePostings({ organization, trx, installation }: Context): Promise<void> {
    const numbers = new Map<string, number>();
    const numberOf = (kind: IndexedKind, word: string) => {
      const known = numbers.get(kind + word);
      if (known !== undefined) return known;
      const number = wordNumber(organization, kind, word);
      numbers.set(kind + word, number);
      return number;
    };
    for (const { kind, key, words: gone } of this.lost) {
      const places = gone.map((word) => numberOf(kind, word));
      await trx('search_postings').whereIn('word', places).where('doc_key', key).delete();
    }
    const postings = this.gained.map(({ kind, key, word }) => ({ word: numberOf(kind, word), doc_key: key }));
    // In the order of the table, which touches each page once.
    postings.sort((a, b) => a.word - b.word || a.doc_key - b.doc_key);
    // Two words of one document may share a number.
    await installation.storage.dialect.bulkInsertIgnore(trx, 'search_postings', postings);
  }

  /** A word that nobody says any more leaves too: it may have been somebody's name. */
  private async forgetUnused({ trx, organization }: Context): Promise<void> {
    for (const [kind, counts] of this.counts) {
      const fewer = [...counts].flatMap(([word, count]) => (count < 0 ? word : []));
      for (let at = 0; at < fewer.length; at += 500) {
        await trx('search_words')
          .where({ organization_id: organization, kind })
          .whereIn('word', fewer.slice(at, at + 500))
          .where('documents', '<=', 0)
          .delete();
      }
    }
  }

  private count(kind: IndexedKind, word: string, by: number): void {
    const counts = this.counts.get(kind) ?? new Map<string, number>();
    this.counts.set(kind, counts);
    counts.set(word, (counts.get(word) ?? 0) + by);
  }
}

async function changeDocuments(ctx: Context, known: readonly { document: Stored; draft: Draft }[]): Promise<void> {
  const gone = known.filter(({ draft }) => draft.words.length === 0).map(({ document }) => document.key);
  for (let at = 0; at < gone.length; at += 500) {
    await ctx
      .trx('search_documents')
      .whereIn('doc_key', gone.slice(at, at + 500))
      .delete();
  }
  const rows = known
    .filter(({ draft }) => draft.words.length > 0)
    .map(({ document, draft }) => ({
      doc_key: document.key,
      conversation_id: draft.conversationId,
      words: spaced(draft.words),
    }));
  await ctx.installation.storage.dialect.bulkUpdate(ctx.trx, 'search_documents', ['doc_key'], rows);
}

async function findStored(ctx: ReadContext, ids: readonly string[]): Promise<Map<string, Stored>> {
  const stored = new Map<string, Stored>();
  for (let at = 0; at < ids.length; at += 500) {
    const rows: DocumentRow[] = await ctx
      .trx('search_documents')
      .where('organization_id', ctx.organization)
      .whereIn('entity_id', ids.slice(at, at + 500));
    for (const row of rows) {
      stored.set(row.entity_id, {
        key: Number(row.doc_key),
        kind: row.kind,
        id: row.entity_id,
        conversationId: row.conversation_id,
        words: row.words.trim().split(' '),
      });
    }
  }
  return stored;
}

interface DocumentRow {
  doc_key: number;
  kind: IndexedKind;
  entity_id: string;
  conversation_id: string | null;
  words: string;
}

function toRow(organization: string, draft: Draft, key: number): Row {
  return {
    doc_key: key,
    organization_id: organization,
    kind: draft.kind,
    entity_id: draft.id,
    conversation_id: draft.conversationId,
    words: spaced(draft.words),
  };
}

/** With a space before and behind each, a word is found as ` word ` and a beginning as ` begi`. */
function spaced(words: readonly string[]): string {
  return ` ${words.join(' ')} `;
}
