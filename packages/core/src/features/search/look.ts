import type { ReadContext } from '../../database/context.js';
import type { Eyes } from './eyes.js';
import { type Match, matchText } from './match.js';
import type { Query } from './query.js';
import {
  completionsOf,
  countWords,
  findPlaces,
  keysOfEntities,
  keysWith,
  newestOf,
  newestWith,
  type Stretch,
} from './repository-find.js';
import { type Entity, readEntities } from './repository-texts.js';
import type { IndexedKind } from './words.js';

/** Something that was found. */
export interface Found {
  key: number;
  entity: Omit<Entity, 'kind'> & { kind: Entity['kind'] | 'tag' };
  match: Match;
}

/** Hits, newest first. None of a key of `complete` or higher is missing; 0 where there are no more. */
export interface Catch {
  hits: Found[];
  complete: number;
}

export interface Look {
  ctx: ReadContext;
  query: Query;
  eyes: Eyes;
  stretch: Stretch;
  /** So many hits are enough. */
  want: number;
}

/** What one request may cost: rows of the index, and texts that are read and compared, for each kind. */
const mostKeys = 6_000;
const mostTexts = 800;
/** The first step is small, since it mostly suffices. */
const firstStep = 200;
const step = 1_000;
const slice = 100;

/** How a kind is looked through: what leads there, and what is then left to check. */
export interface Plan {
  kind: IndexedKind;
  /** The words whose documents are read: one that must be there, or all that a beginning stands for. */
  driver: readonly string[];
  /** How many documents they have. */
  documents: number;
  words: readonly string[];
  prefixes: readonly string[];
}

/** The rarest word leads; undefined where a word is nowhere. */
export async function planOf(ctx: ReadContext, kind: IndexedKind, query: Query): Promise<Plan | undefined> {
  const counts = await countWords(ctx, kind, query.words);
  if (counts.size < query.words.length) return undefined;
  const drivers = query.words.map((word) => ({ driver: [word], documents: counts.get(word) ?? 0, leaves: word }));
  for (const prefix of query.prefixes) {
    const completions = await completionsOf(ctx, kind, prefix);
    if (completions.length === 0) return undefined;
    const documents = completions.reduce((sum, one) => sum + one.documents, 0);
    drivers.push({ driver: completions.map(({ word }) => word), documents, leaves: prefix });
  }
  const [best] = drivers.sort((a, b) => a.documents - b.documents || a.driver.length - b.driver.length);
  if (!best) return undefined;
  const { driver, documents, leaves } = best;
  const left = (all: readonly string[]) => all.filter((one) => one !== leaves);
  return { kind, driver, documents, words: left(query.words), prefixes: left(query.prefixes) };
}

/** Follows the rarest word from its newest document on. */
export async function lookByWord(look: Look, plan: Plan): Promise<Catch> {
  const { ctx, want, stretch } = look;
  const hits: Found[] = [];
  const texts = { left: mostTexts };
  let { below } = stretch;
  for (let read = 0, size = Math.min(firstStep, want * 4); read < mostKeys; read += size, size = step) {
    const { keys, complete } = await newestWith(ctx, plan.kind, plan.driver, { below, from: stretch.from }, size);
    let left = keys;
    for (const word of plan.words) {
      if (left.length === 0) break;
      const having = await keysWith(ctx, plan.kind, word, left);
      left = left.filter((key) => having.has(key));
    }
    const stopped = await compare(look, plan, left, { prefixes: plan.prefixes }, hits, texts);
    if (stopped !== undefined) return { hits, complete: stopped };
    below = complete;
    if (complete === 0) break;
  }
  return { hits, complete: below };
}

/** Looks through what these conversations hold: cheaper where the word is common and the conversations are few. */
export async function lookInConversations(
  look: Look,
  plan: Plan,
  conversationIds: readonly string[],
  entityIds: readonly string[],
): Promise<Catch> {
  const { ctx, query, stretch } = look;
  const { keys, complete } = await newestOf(ctx, conversationIds, stretch, 2 * step);
  const own = await keysOfEntities(ctx, entityIds, { below: stretch.below, from: Math.max(stretch.from, complete) });
  const all = [...new Set([...keys, ...own])].sort((a, b) => b - a);
  const hits: Found[] = [];
  const stopped = await compare(look, plan, all, query, hits, { left: mostTexts }, all.length);
  return { hits, complete: stopped ?? complete };
}

/** Compares the documents of the keys with the texts themselves; answers where it stopped before the last of them. */
async function compare(
  { ctx, query, eyes, want }: Look,
  { kind }: Plan,
  keys: readonly number[],
  having: { words?: readonly string[]; prefixes?: readonly string[] },
  hits: Found[],
  texts: { left: number },
  size = slice,
): Promise<number | undefined> {
  for (let at = 0; at < keys.length; at += size) {
    const places = await findPlaces(ctx, kind, keys.slice(at, at + size), having);
    for (let from = 0; from < places.length; from += slice) {
      const some = places.slice(from, from + slice);
      const entities = await readEntities(
        ctx,
        kind,
        some.map(({ id }) => id),
      );
      const keyOf = new Map(some.map(({ id, key }) => [id, key]));
      const matching = [...entities.values()].flatMap((entity) => {
        const match = matchText(entity.text, query);
        return match ? { entity, match, key: keyOf.get(entity.id) ?? 0 } : [];
      });
      const seen = new Set(await eyes.seen(matching.map(({ entity }) => entity)));
      hits.push(...matching.filter(({ entity }) => seen.has(entity)).sort((a, b) => b.key - a.key));
      texts.left -= some.length;
      if (hits.length >= want || texts.left <= 0) return some.at(-1)?.key;
    }
  }
  return undefined;
}
