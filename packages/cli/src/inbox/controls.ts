import type { Conversation, Tims } from '@tims/sdk';
import type { Data } from './data.js';
import type { Feed } from './feed/feed.js';
import type { Drafts } from './keep/drafts.js';
import type { Keymap } from './keys/keymap.js';
import type { Act } from './keys/table.js';
import type { Layout } from './state/layout.js';
import type { Notice, State, Wanted } from './state/state.js';

/** What an act may use: the state, what the server says, and the terminal. */
export interface Controls {
  readonly state: State;
  readonly data: Data;
  readonly layout: Layout;
  readonly tims: Tims;
  readonly feed: Feed;
  readonly drafts: Drafts;
  readonly keymap: Keymap;
  readonly terminal: Terminal;
  set(next: State): void;
  /** Does what the key or the palette says. */
  run(act: Act, key?: string, argument?: string): void;
  say(text: string, tone?: Notice['tone']): void;
  /** The conversation that keys are about: the open one, or the one at the cursor of the list. */
  subject(): Conversation | undefined;
  openConversation(id: string, pane: State['pane']): void;
  /** Shows the conversation, and what it is to show of it as soon as that is loaded. */
  jump(id: string, item: string): void;
  /** Shows the conversation and begins to write as soon as it is there. */
  beginWriting(id: string, wanted: Wanted): void;
  /** Sends the answer as it stands. */
  sendNow(): void;
  /**
   * Does something that is done once at a time, by its name; says what went wrong.
   *
   * @param kept what is said behind it where it went wrong
   */
  perform<T>(name: string, work: () => PromiseLike<T>, done: (answer: T) => void, kept?: string): void;
  /** Changes a conversation, once at a time; says what came of it. */
  change(id: string, work: () => Promise<Conversation>, done: (after: Conversation) => string): void;
  /** Loads the whole list, until a key is pressed. */
  loadAll(): void;
  scrollThread(by: number): void;
}

/** What only the program around the inbox can do. */
export interface Terminal {
  /** The person's editor has the terminal until it ends. */
  edit(text: string): Promise<string>;
  bell(): void;
  redraw(): void;
  suspend(): void;
  quit(): void;
}
