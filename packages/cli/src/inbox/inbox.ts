import type { Conversation, Tims } from '@tims/sdk';
import { acts } from './acts/acts.js';
import { type } from './acts/editing.js';
import { sendNow } from './acts/sending.js';
import { bannerText } from './banner.js';
import { createCompany } from './company.js';
import type { Controls, Terminal } from './controls.js';
import { createDataReader, type Data } from './data.js';
import type { Feed } from './feed/feed.js';
import { createListSearch } from './feed/list-search.js';
import { createFinder } from './finder.js';
import { followPicks } from './following.js';
import type { Drafts } from './keep/drafts.js';
import type { Keymap } from './keys/keymap.js';
import { createLeap } from './leap.js';
import { click, wheel } from './mouse.js';
import { createNotices } from './notices.js';
import { createPerforming } from './performing.js';
import { createReply } from './reply.js';
import { createSettling } from './settling.js';
import { completionOf } from './state/completion.js';
import { type Layout, layOut } from './state/layout.js';
import { placeOf } from './state/place.js';
import { scrollBy } from './state/scrolling.js';
import { initialState, type State, showConversation } from './state/state.js';
import { oneLineOf } from './tell.js';
import type { Input } from './terminal/input.js';
import { printable } from './text/clean.js';
import { createThreadLines } from './thread-lines.js';
import type { ThreadLine } from './view/message-lines.js';
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

export function createInbox(options: InboxOptions): Inbox {
  const { tims, feed, drafts, keymap, terminal, signIn, now = Date.now } = options;
  const search = createListSearch({ tims, live: feed.live, changed });
  const readData = createDataReader({ feed, drafts, search, now });
  const listeners = new Set<() => void>();
  const held = { state: initialState(options.size) };
  let tellTimer: ReturnType<typeof setTimeout> | undefined;
  /** What was last known of the conversation that is open, for as long as it is not loaded. */
  let known: Conversation | undefined;

  const linesOf = createThreadLines((id) => watch.unreadFrom(id), now);

  const tell = () => {
    for (const listener of [...listeners]) listener();
  };

  function layoutNow(data = readData(held.state)): Layout {
    const completion = completionOf(held.state.mode, data.people, data.page?.conversation.teamId);
    return layOut(held.state, {
      banner: banner() !== undefined,
      pinned: data.pinned !== undefined,
      completions: completion?.options.length ?? 0,
    });
  }
  const banner = () => bannerText(feed, signIn, now());

  function view(): View {
    const data = readData(held.state);
    const layout = layoutNow(data);
    const lines = linesOf(data, layout);
    return { state: held.state, data, layout, lines, banner: banner(), fresh: watch.fresh(data) };
  }

  function show(id: string) {
    watch.begin(id);
    known = readData(held.state).rows.find((row) => row.id === id) ?? (known?.id === id ? known : undefined);
    held.state = showConversation(held.state, id);
    feed.open(id);
  }

  /** Brings state and feed together after either changed. */
  function settle() {
    settling.settle();
    watch.look(readData(held.state));
    reply.look();
    finder.look();
    company.look();
    leap.look();
  }

  function changed() {
    settle();
    tell();
  }

  const notices = createNotices(held, tell, now);
  const { say } = notices;
  const settling = createSettling({
    get state() {
      return held.state;
    },
    set state(next) {
      held.state = next;
    },
    feed,
    search,
    read: () => readData(held.state),
    layout: () => layoutNow(),
    show,
    changed,
  });

  const { perform, isBusy } = createPerforming(changed);

  const controls: Controls = {
    get state() {
      return held.state;
    },
    get data() {
      return readData(held.state);
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
      held.state = next;
    },
    run: (act, key = '', argument) => acts[act](controls, key, argument),
    say,
    subject() {
      const { page, rows } = readData(held.state);
      const id = held.state.pane === 'thread' ? held.state.open : held.state.selected.id;
      if (page?.conversation.id === id) return page?.conversation;
      return rows.find((row) => row.id === id) ?? (known?.id === id ? known : undefined);
    },
    openConversation(id, pane) {
      settling.stopFollowing();
      show(id);
      held.state = { ...held.state, pane };
    },
    jump: (id, item) => leap.to(id, item),
    beginWriting: (id, wanted) => reply.begin(id, wanted),
    sendNow: () => sendNow(controls),
    perform: (name, work, done, kept = '') =>
      perform(name, work, done, (error) => say(`${oneLineOf(error, feed.people)} ${kept}`.trim(), 'bad')),
    change(id, work, done) {
      const changedIt = (after: Conversation) => {
        feed.store.put(after);
        search.put(after);
        watch.did(after);
        known = after;
        say(done(after), 'good');
      };
      perform(id, work, changedIt, (error) => {
        say(oneLineOf(error, feed.people), 'bad');
        if (feed.connection.state === 'live' && held.state.open === id) feed.open(id);
      });
    },
    loadAll: settling.loadAll,
    scrollThread(by) {
      const { messages } = layoutNow();
      const data = readData(held.state);
      const lines = linesOf(data, layoutNow());
      if (!messages) return;
      const steps = Number.isFinite(by) ? by : Math.sign(by) * lines.length;
      const next = scrollBy(held.state, lines, messages.height, steps);
      if (next.open && steps < 0 && data.page?.hasOlder && isNearTop(next, lines)) feed.loadOlder(next.open);
      held.state = next;
    },
  };

  const watch = createWatch(controls, isBusy);
  const reply = createReply(controls, handleOne, changed);
  const finder = createFinder(controls, changed);
  const company = createCompany(controls, changed);
  const stopFollowing = followPicks(controls);
  const leap = createLeap(controls, () => linesOf(readData(held.state), layoutNow()));

  function handleOne(input: Input) {
    settling.touched();
    notices.pass();
    company.touched();
    if (reply.waits && !givesUp(input)) return reply.hold(input);
    reply.giveUp();
    if (input.type === 'click') return click(controls, input);
    if (input.type === 'wheel') return wheel(controls, input);
    if (input.type === 'paste') return type(controls, printable(input.text));
    const place = placeOf(held.state);
    const act = keymap.find(place, input.key);
    if (act) controls.run(act, input.key);
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
      held.state = { ...held.state, ...size };
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
      settling.stopFollowing();
      notices.close();
      finder.close();
      search.close();
      stopFollowing();
      company.close();
      clearTimeout(tellTimer);
      stop();
      drafts.flush();
    },
  };
}

/** Nothing holds somebody who wants to go back or to leave. */
function givesUp(input: Input): boolean {
  return input.type === 'key' && (input.key === 'ctrl+c' || input.key === 'esc');
}

function isNearTop({ scroll }: State, lines: readonly ThreadLine[]): boolean {
  return scroll !== undefined && lines.findIndex(({ item }) => item === scroll.item) + scroll.line < 20;
}
