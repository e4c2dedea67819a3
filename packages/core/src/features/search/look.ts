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
  type Place,
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
  /** Epoch milliseconds before which it was said; keys may lie a little behind their time. */
  until: number;
  /** So many hits are enough. */
  want: number;
}

/** What one request may cost: rows of the index, and texts that are read and compared, for each kind. */
const mostKeys = 6_000;
const mostTexts = 600;
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
  const [counts, ...completed] = await Promise.all([
    countWords(ctx, kind, query.words),
    ...query.prefixes.map((prefix) => completionsOf(ctx, kind, prefix)),
  ]);
  if (counts.size < query.words.length || completed.some((words) => words.length === 0)) return undefined;
  const drivers = [
    ...query.words.map((word) => ({ driver: [word], documents: counts.get(word) ?? 0, leaves: word })),
    ...completed.map((words, at) => ({
      driver: words.map(({ word }) => word),
      documents: words.reduce((sum, one) => sum + one.documents, 0),
      leaves: query.prefixes[at],
    })),
  ];
  const [best] = drivers.sort((a, b) => a.documents - b.documents || a.driver.length - b.driver.length);
  if (!best) return undefined;
  const { driver, documents, leaves } = best;
  const left = (all: readonly string[]) => all.filter((one) => one !== leaves);
  return { kind, driver, documents, words: left(query.words), prefixes: left(query.prefixes) };
}

/** Follows the rarest word from its newest document on. */
export async function lookByWord(look: Look, plan: Plan): Promise<Catch> {
  const { ctx, stretch } = look;
  const hits: Found[] = [];
  const texts = { left: mostTexts };
  let { below } = stretch;
  for (let read = 0, size = firstStep; read < mostKeys; read += size, size = step) {
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
  const stopped = await compare(look, plan, all, query, hits, { left: mostTexts });
  return { hits, complete: stopped ?? complete };
}

/** Compares the documents of the keys with the texts themselves; answers where it stopped before the last of them. */
async function compare(
  look: Look,
  { kind }: Plan,
  keys: readonly number[],
  having: { words?: readonly string[]; prefixes?: readonly string[] },
  hits: Found[],
  texts: { left: number },
): Promise<number | undefined> {
  const { ctx, eyes, want } = look;
  // Mostly nearly all of the first ones will do; where they do not, larger steps cost less.
  for (let at = 0, size = want + 5; at < keys.length; at += size, size = Math.min(500, size * 3)) {
    const some = keys.slice(at, at + size);
    const open = await eyes.open(await findPlaces(ctx, kind, some, having));
    for (let from = 0; from < open.length; from += slice) {
      const places = open.slice(from, from + slice);
      hits.push(...(await matching(look, kind, places)));
      texts.left -= places.length;
      if (hits.length >= want || texts.left <= 0) return places.at(-1)?.key;
    }
  }
  return undefined;
}

async function matching(
  { ctx, query, eyes, until }: Look,
  kind: IndexedKind,
  places: readonly Place[],
): Promise<Found[]> {
  const entities = await readEntities(
    ctx,
    kind,
    places.map(({ id }) => id),
  );
  const found = places.flatMap(({ id, key }) => {
    const entity = entities.get(id);
    const match = entity && entity.at < until && matchText(entity.text, query);
    return entity && match ? { key, entity, match } : [];
  });
  const seen = new Set(await eyes.seen(found.map(({ entity }) => entity)));
  return found.filter(({ entity }) => seen.has(entity));
}
