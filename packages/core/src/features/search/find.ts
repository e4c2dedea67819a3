import type { ReadContext } from '../../database/context.js';
import { decodePage, encodePage, type Page } from '../../database/page.js';
import { fail } from '../../kernel/errors.js';
import { timestamp } from '../../kernel/schema.js';
import { demand, narrowing, scopeOf, sight } from '../roles/index.js';
import { decodeSearch, encodeSearch, type SearchCursor, top } from './cursor.js';
import { type Eyes, eyesOf, type Filter } from './eyes.js';
import { type Catch, type Found, type Look, lookByWord, lookInConversations, type Plan, planOf } from './look.js';
import { excerptOf } from './match.js';
import { parseQuery } from './query.js';
import type { Stretch } from './repository-find.js';
import { keyAt, keyDrift } from './repository-keys.js';
import {
  type ConversationSight,
  conversationSights,
  conversationsOfContact,
  notesOfContacts,
  ownConversations,
} from './repository-sight.js';
import type { Search, SearchHit, SearchKind } from './schema.js';
import { contactsByIdentity, tagsByName } from './small.js';
import { indexedKinds } from './words.js';

const defaultLimit = 20;
/** Hits that are put in order by how well they fit; those before them are put in order by themselves. */
const ranked = 200;
/** A word that fewer documents have is followed itself, also by somebody who sees few conversations. */
const rare = 1_000;
/** Conversations that are looked through at once. */
const conversationsAtOnce = 300;

/** Messages, contacts, notes and tags that have what was asked for, as far as the actor may see them. */
export async function find(ctx: ReadContext, request: Search): Promise<Page<SearchHit>> {
  demand(ctx.actor, 'conversations:read');
  const query = parseQuery(request.q);
  const cursor = decodeSearch(request.cursor);
  if (query.terms.length === 0) return { data: [], nextCursor: null };
  const { order = 'newest', limit = defaultLimit, conversationId, contactId, channelId } = request;
  const filter: Filter = {
    ...(conversationId === undefined ? {} : { conversationId }),
    ...(contactId === undefined ? {} : { contactId }),
    ...(channelId === undefined ? {} : { channelId }),
  };
  const eyes = eyesOf(ctx, filter);
  const want = order === 'relevance' ? ranked : limit + 1;
  const look: Look = { ctx, query, eyes, ...stretchOf(request, cursor), want };
  const { catches, mode } = await lookEverywhere(look, request.q, kindsOf(ctx, request.in, filter), filter, cursor);
  const page = order === 'relevance' ? best(catches, cursor, limit) : latest(catches, limit);
  return { data: present(eyes, page.hits), nextCursor: nextOf(page, mode) };
}

function stretchOf({ from, to }: Search, { below }: SearchCursor): { stretch: Stretch; until: number } {
  const at = (name: string, text: string): number => {
    const ms = Date.parse(text);
    if (Number.isFinite(ms)) return ms;
    return fail('validation_failed', undefined, { errors: [{ path: `/query/${name}`, message: 'is no time' }] });
  };
  const first = from === undefined ? 0 : Math.min(keyAt(at('from', from)), top);
  if (to === undefined) return { stretch: { from: first, below }, until: Number.POSITIVE_INFINITY };
  const until = at('to', to);
  return { stretch: { from: first, below: Math.min(below, keyAt(until + keyDrift), top) }, until };
}

function kindsOf(ctx: ReadContext, asked: string | undefined, filter: Filter): Set<SearchKind> {
  const wanted = (asked ?? 'messages,contacts,notes,tags').split(',').map((place) => place.slice(0, -1) as SearchKind); // the schema's places, each a kind and an s
  const filtered = Object.keys(filter).length > 0;
  return new Set(
    wanted.filter((kind) => {
      if (kind === 'contact') return filter.conversationId === undefined && scopeOf(ctx.actor, 'contacts:read');
      if (kind === 'tag') return !filtered && scopeOf(ctx.actor, 'directory:read');
      return true;
    }),
  );
}

/** How the rest is to be found: where conversations were looked through, from which of them on. */
interface Mode {
  /** Undefined where words were followed. */
  conversations?: { here: string; next: string | null };
}

async function lookEverywhere(
  look: Look,
  typed: string,
  kinds: ReadonlySet<SearchKind>,
  filter: Filter,
  cursor: SearchCursor,
): Promise<{ catches: Catch[]; mode: Mode }> {
  const { ctx, query } = look;
  const wanted = indexedKinds.filter((kind) => kinds.has(kind));
  const plans = (await Promise.all(wanted.map((kind) => planOf(ctx, kind, query)))).flatMap((plan) => plan ?? []);
  const few = await fewConversations(ctx, plans, filter, cursor);
  const looks = plans.map((plan) => (few ? lookAmong(look, plan, few.records) : lookByWord(look, plan)));
  // What is found whole at once is found with the first of several sets of conversations.
  if (!few || few.here === '') {
    if (kinds.has('contact')) looks.push(contactsByIdentity(look, typed));
    if (kinds.has('tag')) looks.push(tagsByName(look));
  }
  return { catches: await Promise.all(looks), mode: few ? { conversations: { here: few.here, next: few.next } } : {} };
}

interface FewConversations {
  records: ConversationSight[];
  /** The place of these in the list; empty for the first ones. */
  here: string;
  next: string | null;
}

/**
 * The conversations to look through, where they are few and the word is not rare: what somebody has assigned, what a
 * contact said. Following a common word through everybody's messages would find hardly any of theirs.
 */
async function fewConversations(
  ctx: ReadContext,
  plans: readonly Plan[],
  filter: Filter,
  cursor: SearchCursor,
): Promise<FewConversations | undefined> {
  const narrow = narrowing(ctx.actor);
  const small = filter.conversationId !== undefined || filter.contactId !== undefined || (narrow && !narrow.teams);
  const common = plans.some(({ documents }) => documents > rare);
  if (!small || (!common && cursor.conversations === null)) return undefined;
  const { conversationId, contactId } = filter;
  if (conversationId !== undefined) {
    return { records: await conversationSights(ctx, [conversationId], narrow), here: '', next: null };
  }
  const here = cursor.conversations ?? '';
  const place = here === '' ? undefined : decodePage(here);
  const most = conversationsAtOnce;
  const rows = await (contactId !== undefined || !narrow
    ? conversationsOfContact(ctx, contactId ?? '', place, most + 1)
    : ownConversations(ctx, narrow, place, most + 1));
  const last = rows.length > most ? rows[most - 1] : undefined;
  return {
    records: rows.slice(0, most).filter((one) => sight(ctx.actor, one) === 'whole'),
    here,
    next: last ? encodePage({ at: Number(last.lastActivityAt), id: last.id }) : null,
  };
}

async function lookAmong(look: Look, plan: Plan, records: readonly ConversationSight[]): Promise<Catch> {
  const ids = records.map(({ id }) => id);
  const contacts = [...new Set(records.map(({ contactId }) => contactId))];
  if (plan.kind === 'contact') return lookInConversations(look, plan, [], contacts);
  const notes = plan.kind === 'note' ? await notesOfContacts(look.ctx, contacts) : [];
  return lookInConversations(look, plan, ids, notes);
}

interface Shown {
  hits: Found[];
  /** Where the next page begins; undefined where this way is at its end. */
  next?: { below: number; given: number };
}

/** The newest of all kinds, as far down as none of any kind is missing. */
function latest(catches: readonly Catch[], limit: number): Shown {
  const complete = Math.max(0, ...catches.map((one) => one.complete));
  const certain = withoutTwins(catches)
    .filter(({ key }) => key >= complete)
    .sort((a, b) => b.key - a.key);
  const hits = certain.slice(0, limit);
  const last = hits.at(-1);
  if (certain.length > limit && last) return { hits, next: { below: last.key, given: 0 } };
  return complete > 0 ? { hits, next: { below: complete, given: 0 } } : { hits };
}

/** The best of the newest, then the best of those before them. */
function best(catches: readonly Catch[], { below, given }: SearchCursor, limit: number): Shown {
  const complete = Math.max(0, ...catches.map((one) => one.complete));
  const pool = withoutTwins(catches)
    .filter(({ key }) => key >= complete)
    .sort((a, b) => b.match.score - a.match.score || b.key - a.key);
  const hits = pool.slice(given, given + limit);
  if (given + limit < pool.length) return { hits, next: { below, given: given + limit } };
  return complete > 0 ? { hits, next: { below: complete, given: 0 } } : { hits };
}

/** A contact may be found by its name and by its number. */
function withoutTwins(catches: readonly Catch[]): Found[] {
  const found = new Map<string, Found>();
  for (const { hits } of catches) for (const hit of hits) if (!found.has(hit.entity.id)) found.set(hit.entity.id, hit);
  return [...found.values()];
}

function nextOf({ next }: Shown, { conversations }: Mode): string | null {
  if (next) return encodeSearch({ ...next, conversations: conversations ? conversations.here : null });
  if (!conversations || conversations.next === null) return null;
  return encodeSearch({ below: top, given: 0, conversations: conversations.next });
}

function present(eyes: Eyes, hits: readonly Found[]): SearchHit[] {
  return hits.map(({ entity, match }) => {
    const { excerpt, ranges } = excerptOf(entity.text, match.ranges);
    return {
      kind: entity.kind,
      id: entity.id,
      conversationId: entity.conversationId,
      contactId: entity.contactId ?? (entity.conversationId === null ? null : eyes.contactOf(entity.conversationId)),
      at: timestamp(entity.at),
      excerpt,
      ranges,
    };
  });
}
