import { isTimsError } from '../errors.js';
import type { Tims } from '../tims.js';
import type { ConversationPage } from '../types.js';
import type { Wanted } from './hydrator.js';
import { belongs, extend, type ListState } from './lists.js';
import { commit, drop, keep, keepMessages, type State } from './state.js';
import { continues, type ThreadState, takeNewest, takeOlder } from './threads.js';

/** What the store needs of the client. */
export type StoreSource = Pick<Tims, 'conversations' | 'messages'>;

export interface Fetching {
  state: State;
  tims: StoreSource;
  /** Messages of one page. */
  pageSize: number;
  /** Called with the `asOf` of each snapshot. */
  onSnapshot(asOf: string): void;
}

/** Ids of one request. */
const batchSize = 100;
/** Enough for what is new in an open conversation, nearly always. */
const newestSize = 20;
/** The most pages that are read to reach what is known: a thousand messages. */
const bridgePages = 10;

/** Fetches what events named. Everything is tried, then the first failure is thrown. */
export async function hydrate(fetching: Fetching, { conversations, threads, messages }: Wanted): Promise<void> {
  const { state } = fetching;
  await during(state, async (started) => {
    const open = [...threads].filter((id) => state.threads.has(id));
    const others = [...new Set([...conversations, ...threads])].filter((id) => !open.includes(id));
    await allOf([
      ...open.map((id) => loadNewest(fetching, id).catch(unlessGone)),
      ...batches(others).map((ids) => fetchConversations(fetching, ids, started)),
    ]);
    const missing = [...messages].filter(([id, version]) => !hasMessage(state, id, version)).map(([id]) => id);
    await allOf(batches(missing).map((ids) => fetchMessages(fetching, ids, started)));
  });
}

/** Loads the page of a list at the cursor; the first one when there is none. */
export async function loadPage({ state, tims, onSnapshot }: Fetching, list: ListState, cursor?: string): Promise<void> {
  const { era } = state;
  list.loading = true;
  commit(state);
  await during(state, async (started) => {
    try {
      const page = await filledPage(tims, list, cursor);
      if (era !== state.era) return;
      onSnapshot(page.asOf);
      keep(state, page.data, started);
      extend(list, page);
      if (cursor === undefined) doubt(state, list, new Set(page.data.map(({ id }) => id)), started);
    } catch (error) {
      list.failed = true;
      throw error;
    } finally {
      list.loading = false;
    }
  });
}

/** The most requests that fill one page: where a filter is rare, the server looks through a bounded part at a time. */
const mostLooks = 10;

/** A page, and as many further ones as it takes to fill it. */
async function filledPage(tims: StoreSource, list: ListState, cursor: string | undefined) {
  let page = await tims.conversations.list({ ...list.filter, limit: list.limit, cursor });
  for (let looks = 1; looks < mostLooks && page.nextCursor !== null && page.data.length < list.limit; looks++) {
    const more = await tims.conversations.list({ ...list.filter, limit: list.limit, cursor: page.nextCursor });
    page = { ...page, data: [...page.data, ...more.data], nextCursor: more.nextCursor };
  }
  return page;
}

/** Loads the newest messages of an open conversation, and what may be sent. */
export async function loadNewest({ state, tims, pageSize, onSnapshot }: Fetching, id: string): Promise<void> {
  const thread = state.threads.get(id);
  if (!thread) return;
  const { era } = state;
  const limit = thread.loaded && !thread.preview ? Math.min(newestSize, pageSize) : pageSize;
  await during(state, async (started) => {
    try {
      const page = await bridged(tims, thread, await tims.conversations.get({ id, limit }));
      if (era !== state.era) return;
      onSnapshot(page.asOf);
      if (isCurrent(state, era, id, thread, started)) takeNewest(thread, page, started);
      keepPage(state, page, started);
    } catch (error) {
      if (isTimsError(error, 'not_found') && era === state.era && !state.watch.isTouched(id, started)) drop(state, id);
      throw error;
    }
  });
}

/**
 * The newest page, made longer until it reaches what is known: who reads further up keeps their place however much
 * arrived at once. Past the bound it stays as it is, and the conversation is begun anew.
 */
async function bridged(tims: StoreSource, thread: ThreadState, page: ConversationPage): Promise<ConversationPage> {
  let whole = page;
  for (let pages = 0; pages < bridgePages && !continues(thread, whole); pages++) {
    if (!thread.loaded || thread.preview || whole.preview || whole.before === null) break;
    const { id } = page.conversation;
    const older = await tims.conversations.get({ id, before: whole.before, limit: batchSize });
    whole = { ...page, before: older.before, messages: [...older.messages, ...whole.messages] };
  }
  return continues(thread, whole) ? whole : page;
}

export async function loadOlderPage({ state, tims, pageSize }: Fetching, id: string): Promise<void> {
  const thread = state.threads.get(id);
  const before = thread?.before;
  if (!thread || !before) return;
  const { era } = state;
  await during(state, async (started) => {
    const page = await tims.conversations.get({ id, before, limit: pageSize });
    // Another page, or the newest one started over, came in between.
    if (!isCurrent(state, era, id, thread, started) || thread.before !== before) return;
    takeOlder(thread, page);
    keepPage(state, page, started);
  });
}

async function fetchConversations({ state, tims }: Fetching, ids: string[], started: number): Promise<void> {
  const { era } = state;
  const { data } = await tims.conversations.list({ ids: ids.join(',') });
  if (era !== state.era) return;
  keep(state, data, started);
  const found = new Set(data.map(({ id }) => id));
  // What is not answered is out of sight, unless an event said otherwise in the meantime.
  for (const id of ids) if (!found.has(id) && !state.watch.isTouched(id, started)) drop(state, id);
}

async function fetchMessages({ state, tims }: Fetching, ids: string[], started: number): Promise<void> {
  const { era } = state;
  const { data } = await tims.messages.list({ ids: ids.join(',') });
  if (era === state.era) keepMessages(state, data, started);
}

/** What is held says it belongs into the list, but the server did not list it: ask. */
function doubt({ held, wanted, watch }: State, list: ListState, listed: ReadonlySet<string>, started: number): void {
  for (const [id, conversation] of held) {
    if (belongs(list, conversation) && !listed.has(id) && !watch.isTouched(id, started)) wanted.conversations.add(id);
  }
}

/** For a conversation that is out of sight now: no failure, it was dropped. */
export function unlessGone(error: unknown): void {
  if (!isTimsError(error, 'not_found')) throw error;
}

function keepPage(state: State, page: ConversationPage, started: number): void {
  keep(state, [page.conversation], started);
  keepMessages(state, page.messages, started);
}

/** Whether the answer is still about what is shown. */
function isCurrent(state: State, era: number, id: string, thread: ThreadState, started: number): boolean {
  return era === state.era && state.threads.get(id) === thread && !state.watch.hasLeft(id, started);
}

function hasMessage({ threads }: State, id: string, version: number): boolean {
  return [...threads.values()].some(({ messages }) => (messages.get(id)?.version ?? 0) >= version);
}

async function during(state: State, work: (started: number) => Promise<void>): Promise<void> {
  const started = state.watch.begin();
  try {
    await work(started);
  } finally {
    state.watch.end();
    commit(state);
  }
}

async function allOf(requests: Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(requests)) if (outcome.status === 'rejected') throw outcome.reason;
}

function batches(ids: string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / batchSize) }, (_, index) =>
    ids.slice(index * batchSize, (index + 1) * batchSize),
  );
}
