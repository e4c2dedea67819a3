import type { Conversation, Tims } from '@tims/sdk';
import { acts, type } from './actions.js';
import { bannerText } from './banner.js';
import type { Controls, Terminal } from './controls.js';
import { createDataReader, type Data, remember } from './data.js';
import type { Feed } from './feed.js';
import type { Drafts } from './keep/drafts.js';
import type { Keymap } from './keys/keymap.js';
import type { Place } from './keys/table.js';
import { click, wheel } from './mouse.js';
import { createReply } from './reply.js';
import { isWide, type Layout, layOut, rowsShown } from './state/layout.js';
import { contactName } from './state/people.js';
import { scrollBy } from './state/scrolling.js';
import { followRows, selectIndex } from './state/selection.js';
import { initialState, type Notice, type State, showConversation } from './state/state.js';
import { oneLineOf } from './tell.js';
import type { Input } from './terminal/input.js';
import { type ThreadLine, threadLines } from './view/message-lines.js';
import { createWatch } from './watch.js';

export interface InboxOptions {
  readonly tims: Tims;
  readonly feed: Feed;
  readonly drafts: Drafts;
  readonly keymap: Keymap;
  readonly terminal: Terminal;
  readonly size: { columns: number; rows: number };
  /** How to sign in again once the session is over. */
  readonly signIn: string;
  readonly now?: () => number;
}

/** Everything that is drawn. */
export interface View {
  readonly state: State;
  readonly data: Data;
  readonly layout: Layout;
  readonly lines: readonly ThreadLine[];
  readonly banner: string | undefined;
  /** Messages that came while older ones are read. */
  readonly fresh: number;
}

/** The inbox without its picture: takes in keys and what the server says, and tells what is to be seen. */
export interface Inbox {
  view(): View;
  handle(inputs: readonly Input[]): void;
  resize(size: { columns: number; rows: number }): void;
  /** Called whenever there may be something else to see. */
  subscribe(listener: () => void): () => void;
  /** Says what went wrong beside: a file that cannot be written. */
  report(error: unknown): void;
  close(): void;
}

/** So long the cursor rests before the conversation beside the list is loaded. */
const followMs = 90;
const noticeMs = 6_000;
/** A notice stays at least so long, and goes with the next key after. */
const readMs = 700;
/** How near its end the list is continued. */
const aheadRows = 30;
/** Words are looked for in so many conversations by themselves; the key for the last looks through all. */
const searchedRows = 1_000;

export function createInbox(options: InboxOptions): Inbox {
  const { tims, feed, drafts, keymap, terminal, signIn, now = Date.now } = options;
  const readData = createDataReader(feed, drafts, now);
  const listeners = new Set<() => void>();
  let state = initialState(options.size);
  let looked = '';
  let groupSettled = false;
  let followTimer: ReturnType<typeof setTimeout> | undefined;
  let noticeTimer: ReturnType<typeof setTimeout> | undefined;
  let tellTimer: ReturnType<typeof setTimeout> | undefined;
  let loadingAll = false;
  let noticedAt = 0;
  const busy = new Set<string>();
  /** What was last known of the conversation that is open, for as long as it is not loaded. */
  let known: Conversation | undefined;

  const linesFor = remember(
    (
      items: Data['items'],
      people: Data['people'],
      contact: string,
      channel: string,
      width: number,
      unreadFrom: string | undefined,
      _day: string,
    ) => threadLines(items, { width: width - 2, people, contact, channel, unreadFrom, now: now() }),
  );

  const tell = () => {
    for (const listener of [...listeners]) listener();
  };

  function layoutNow(): Layout {
    return layOut(state, { banner: banner() !== undefined });
  }

  function view(): View {
    const data = readData(state);
    const layout = layoutNow();
    const lines = linesOf(data, layout);
    return { state, data, layout, lines, banner: banner(), fresh: watch.fresh(data) };
  }

  function linesOf(data: Data, layout: Layout): readonly ThreadLine[] {
    const { page, items, people } = data;
    if (!page || !layout.messages) return [];
    const { conversation } = page;
    const { width } = layout.messages;
    const unreadFrom = watch.unreadFrom(conversation.id);
    return linesFor(
      items,
      people,
      contactName(conversation),
      conversation.channel.name,
      width,
      unreadFrom,
      dayOf(now()),
    );
  }

  function banner(): string | undefined {
    return bannerText(feed, signIn, now());
  }

  /** Brings state and feed together after either changed. */
  function settle() {
    let data = readData(state);
    if (!groupSettled && data.groups[0]?.count) {
      groupSettled = true;
      if (data.groups[0].count.total > 0 && !state.selected.id) state = { ...state, group: 'mine' };
      data = readData(state);
    }
    const wanted = JSON.stringify(data.filter);
    if (wanted !== looked) {
      looked = wanted;
      feed.look(data.filter);
      data = readData(state);
    }
    if (state.group !== data.group.id) state = { ...state, group: data.group.id };
    state = followRows(state, data.rows, rowsShown(layoutNow()));
    if (loadingAll) {
      state = selectIndex(state, data.rows, rowsShown(layoutNow()), data.rows.length - 1);
      loadingAll = data.list.hasMore;
    }
    watch.look(data);
    loadAhead(data);
    followSelection();
    reply.look();
  }

  function loadAhead({ rows, list, filter, query }: Data): void {
    if (!list.hasMore || list.loading || feed.connection.state !== 'live') return;
    const atEnd = state.selected.index + aheadRows >= rows.length || state.listTop + aheadRows >= rows.length;
    const searching = query.words.length > 0 || state.mode.name === 'filter';
    if (loadingAll || (atEnd && (!searching || list.loaded < searchedRows))) void feed.loadMore(filter).then(changed);
  }

  /** Where both stand side by side, the conversation beside the list is the one at the cursor. */
  function followSelection() {
    const { id } = state.selected;
    if (!isWide(state) || state.pane !== 'list' || state.mode.name === 'write' || !id || id === state.open) return;
    clearTimeout(followTimer);
    followTimer = setTimeout(() => {
      if (state.pane !== 'list' || state.selected.id !== id) return;
      show(id);
      changed();
    }, followMs);
  }

  function show(id: string) {
    watch.begin(id);
    known = readData(state).rows.find((row) => row.id === id) ?? (known?.id === id ? known : undefined);
    state = showConversation(state, id);
    feed.open(id);
  }

  function say(text: string, tone: Notice['tone'] = 'said') {
    state = { ...state, notice: { text, tone } };
    noticedAt = now();
    clearTimeout(noticeTimer);
    noticeTimer = setTimeout(() => {
      state = { ...state, notice: undefined };
      tell();
    }, noticeMs);
  }

  function changed() {
    settle();
    tell();
  }

  const controls: Controls = {
    get state() {
      return state;
    },
    get data() {
      return readData(state);
    },
    get layout() {
      return layoutNow();
    },
    tims,
    feed,
    drafts,
    keymap,
    terminal,
    set(next) {
      state = next;
    },
    say,
    subject() {
      const { page, rows } = readData(state);
      const id = state.pane === 'thread' ? state.open : state.selected.id;
      if (page?.conversation.id === id) return page?.conversation;
      return rows.find((row) => row.id === id) ?? (known?.id === id ? known : undefined);
    },
    openConversation(id, pane) {
      clearTimeout(followTimer);
      show(id);
      state = { ...state, pane };
    },
    beginReply: (id, editor) => reply.begin(id, editor),
    change(id, work, done) {
      if (busy.has(id)) return;
      busy.add(id);
      work()
        .then(
          (after: Conversation) => {
            feed.store.put(after);
            watch.did(after);
            known = after;
            say(done(after), 'good');
          },
          (error: unknown) => {
            say(oneLineOf(error, feed.people), 'bad');
            if (feed.connection.state === 'live' && state.open === id) feed.open(id);
          },
        )
        .finally(() => {
          busy.delete(id);
          changed();
        })
        .catch(() => undefined);
    },
    loadAll() {
      loadingAll = true;
    },
    scrollThread(by) {
      const { messages } = layoutNow();
      const data = readData(state);
      const lines = linesOf(data, layoutNow());
      if (!messages) return;
      const steps = Number.isFinite(by) ? by : Math.sign(by) * lines.length;
      const next = scrollBy(state, lines, messages.height, steps);
      if (next.open && steps < 0 && data.page?.hasOlder && isNearTop(next, lines)) feed.loadOlder(next.open);
      state = next;
    },
  };

  const watch = createWatch(controls, (id) => busy.has(id));
  const reply = createReply(controls, handleOne, changed);

  function placeOf(): Place {
    const { mode, pane } = state;
    if (mode.name === 'filter' || mode.name === 'pick') return 'pick';
    return mode.name === 'browse' ? pane : mode.name;
  }

  /** Nothing holds somebody who wants to go back or to leave. */
  function givesUp(input: Input): boolean {
    return input.type === 'key' && (input.key === 'ctrl+c' || input.key === 'esc');
  }

  function handleOne(input: Input) {
    groupSettled = true;
    loadingAll = false;
    if (state.notice && now() - noticedAt > readMs) state = { ...state, notice: undefined };
    if (reply.waits && !givesUp(input)) return reply.hold(input);
    reply.giveUp();
    if (input.type === 'click') return click(controls, input);
    if (input.type === 'wheel') return wheel(controls, input);
    if (input.type === 'paste') return type(controls, printable(input.text));
    const place = placeOf();
    const act = keymap.find(place, input.key);
    if (act) acts[act](controls, input.key);
    else if (place === 'write' || place === 'pick') type(controls, printable(input.text));
  }

  const stop = feed.subscribe(() => {
    // Many things change at once: they are brought together once a tick.
    tellTimer ??= setTimeout(() => {
      tellTimer = undefined;
      changed();
    });
  });
  settle();

  return {
    view,
    handle(inputs) {
      // Keys are about what is on the screen now, also where it came this very moment.
      settle();
      for (const input of inputs) {
        handleOne(input);
        settle();
      }
      tell();
    },
    resize(size) {
      state = { ...state, ...size };
      changed();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    report(error) {
      say(oneLineOf(error, feed.people), 'bad');
      tell();
    },
    close() {
      for (const timer of [followTimer, noticeTimer, tellTimer]) clearTimeout(timer);
      stop();
      drafts.flush();
    },
  };
}

function isNearTop({ scroll }: State, lines: readonly ThreadLine[]): boolean {
  return scroll !== undefined && lines.findIndex(({ item }) => item === scroll.item) + scroll.line < 20;
}

/** What may be written: no control characters but line breaks. */
function printable(text: string): string {
  return text.replace(/\t/g, '  ').replace(/(?!\n)\p{Cc}/gu, '');
}

/** Another one, and the dividers between days say something else. */
function dayOf(at: number): string {
  return new Date(at).toDateString();
}
