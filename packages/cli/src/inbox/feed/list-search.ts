import { type Conversation, type ConversationFilter, listKey, type RealtimeItem, type Tims } from '@tims/sdk';

/** What the server finds for the words of the filter in everything that belongs to the list, loaded or not. */
export interface Found {
  readonly conversations: readonly Conversation[];
  /** There may be more further back. */
  readonly hasMore: boolean;
  readonly looking: boolean;
  /** Several pages in a row had nothing: it goes on when somebody says so. */
  readonly resting: boolean;
  /** The server could not be asked: what is loaded is all that was looked through. */
  readonly failed: boolean;
  /** Found for other words: those that are wanted now are still to be looked for. */
  readonly stale: boolean;
}

export interface ListSearch {
  readonly found: Found;
  /** Asks for these words of this list from now on, once they have stayed the same for a moment; none end it. */
  look(filter: ConversationFilter, words: readonly string[]): void;
  /** Looks further back. */
  more(): void;
  /** Takes in what an action answered, without waiting for its event. */
  put(conversation: Conversation): void;
  close(): void;
}

interface Options {
  readonly tims: Pick<Tims, 'conversations'>;
  readonly live: { subscribe(listener: (items: readonly RealtimeItem[]) => void): () => void };
  readonly changed: () => void;
}

/** Between two keys of somebody who types. */
const pauseMs = 250;
/** What others change is looked at again so often at most. */
const againMs = 2_000;
const pageSize = 50;
/** Pages without anything that follow each other by themselves: one may be empty and have a next one. */
const patience = 5;
/** The server takes no more. */
const mostLetters = 500;
/** Ids of one request. */
const batch = 100;

export const nothingFound: Found = {
  conversations: [],
  hasMore: false,
  looking: false,
  resting: false,
  failed: false,
  stale: false,
};

export function createListSearch({ tims, live, changed }: Options): ListSearch {
  let found = nothingFound;
  let asked: { readonly key: string; readonly filter: ConversationFilter; readonly q: string } | undefined;
  let cursor: string | undefined;
  let empty = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let againTimer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;
  let touched = new Set<string>();

  function show(next: Partial<Found>): void {
    found = { ...found, ...next };
    changed();
  }

  function stop(): void {
    clearTimeout(timer);
    clearTimeout(againTimer);
    againTimer = undefined;
    running?.abort();
    running = undefined;
    touched = new Set();
  }

  function begin(): void {
    stop();
    cursor = undefined;
    empty = 0;
    timer = setTimeout(() => void next(), pauseMs);
  }

  /** The next page behind what was found. */
  async function next(): Promise<void> {
    if (!asked) return;
    const isFirst = cursor === undefined;
    if (!found.looking) show({ looking: true });
    const page = await reading((signal) => pageOf(cursor, signal));
    if (!page) return;
    cursor = page.nextCursor ?? undefined;
    const before = isFirst ? [] : found.conversations;
    const conversations = together(before, page.data);
    empty = conversations.length > before.length ? 0 : empty + 1;
    const hasMore = cursor !== undefined;
    show({ ...nothingFound, conversations, hasMore, resting: hasMore && empty >= patience });
  }

  /** What changed of the found is read anew; what is found only now stands on the first page. */
  async function again(): Promise<void> {
    againTimer = undefined;
    if (!asked) return;
    if (found.looking || running) return wantAgain();
    if (found.failed) return begin();
    const known = new Set(found.conversations.map(({ id }) => id));
    const ids = [...touched].filter((id) => known.has(id)).slice(0, batch);
    touched = new Set([...touched].filter((id) => known.has(id) && !ids.includes(id)));
    const answer = await reading(async (signal) => {
      const [first, changes] = await Promise.all([
        pageOf(undefined, signal),
        ids.length > 0 ? tims.conversations.list({ ids: ids.join(',') }, { signal, retries: 0 }) : { data: [] },
      ]);
      return [...changes.data, ...first.data];
    });
    if (!answer) return;
    // What is no longer answered is out of sight.
    const kept = found.conversations.filter(({ id }) => !ids.includes(id));
    show({ conversations: together(kept, answer), failed: false });
    if (touched.size > 0) wantAgain();
  }

  /** Undefined where it failed, or where something else is asked by now. */
  async function reading<T>(read: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    const mine = new AbortController();
    running?.abort();
    running = mine;
    const answer = await read(mine.signal).catch(() => undefined);
    if (running !== mine) return undefined;
    running = undefined;
    // What went wrong is the line's, which has a banner; the list says that it is not all.
    if (answer === undefined) show({ looking: false, failed: true });
    return answer;
  }

  function pageOf(at: string | undefined, signal: AbortSignal) {
    const { filter, q } = asked ?? { filter: {}, q: '' };
    // A list by text has its own order, and takes none.
    const { order: _order, followUp: _followUp, ...narrowed } = filter;
    return tims.conversations.list({ ...narrowed, q, limit: pageSize, cursor: at }, { signal, retries: 0 });
  }

  function wantAgain(): void {
    againTimer ??= setTimeout(() => void again(), againMs);
  }

  const end = live.subscribe((items) => {
    if (!asked) return;
    for (const item of items) {
      if (item.type === 'ready' || item.type === 'resync_required') begin();
      else if (item.type === 'left') drop(item.conversationId);
      else if (item.type === 'event' && /^(conversation|message|contact)\./.test(item.event.type)) {
        touched.add(item.event.conversationId ?? '');
        wantAgain();
      } else if (item.type === 'entered') wantAgain();
    }
  });

  function drop(id: string): void {
    // An answer that is under way may still have it: then it is asked for once more.
    touched.add(id);
    wantAgain();
    show({ conversations: found.conversations.filter((one) => one.id !== id) });
  }

  return {
    get found() {
      return found;
    },
    look(filter, words) {
      const q = words.join(' ').slice(0, mostLetters);
      const key = q === '' ? undefined : `${q}\n${listKey(filter)}`;
      if (key === asked?.key) return;
      const sameList = asked && key && asked.key.endsWith(`\n${listKey(filter)}`);
      stop();
      asked = key === undefined ? undefined : { key, filter, q };
      // Until there is an answer, what was found before is narrowed like what is loaded.
      const conversations = sameList ? found.conversations : [];
      found = asked ? { ...nothingFound, conversations, looking: true, stale: true } : nothingFound;
      if (asked) begin();
    },
    more() {
      if (!asked || found.looking || running || cursor === undefined) return;
      void next();
    },
    put(conversation) {
      const isFound = found.conversations.some(
        ({ id, version }) => id === conversation.id && version < conversation.version,
      );
      if (isFound) show({ conversations: together(found.conversations, [conversation]) });
    },
    close() {
      end();
      asked = undefined;
      stop();
    },
  };
}

/** Each once, as it is known last. */
function together(before: readonly Conversation[], more: readonly Conversation[]): Conversation[] {
  const all = new Map(before.map((one) => [one.id, one]));
  for (const one of more) if ((all.get(one.id)?.version ?? 0) <= one.version) all.set(one.id, one);
  return [...all.values()];
}
