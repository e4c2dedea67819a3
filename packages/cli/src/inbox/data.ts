import type { Aside, Conversation, ConversationFilter, Note, OpenConversation, ThreadItem } from '@tims/sdk';
import { timeline, withNotes } from '@tims/sdk';
import type { Connection, Feed } from './feed/feed.js';
import type { Found } from './feed/list-search.js';
import { type Drafts, draftKey } from './keep/drafts.js';
import { withFound } from './state/found.js';
import type { Group } from './state/groups.js';
import type { People } from './state/people.js';
import { type Query, readQuery } from './state/query.js';
import type { State } from './state/state.js';

/** Everything that is shown and that the server said, for one state of the keyboard's side. */
export interface Data {
  readonly people: People;
  readonly groups: readonly Group[];
  readonly group: Group;
  readonly connection: Connection;
  readonly query: Query;
  /** Of the group and the query together. */
  readonly filter: ConversationFilter;
  /** The words that narrow it now. */
  readonly words: readonly string[];
  readonly rows: readonly Conversation[];
  /** What the server found for the words. */
  readonly search: Found;
  readonly list: {
    readonly loaded: number;
    readonly hasMore: boolean;
    readonly loading: boolean;
    readonly problem: string | undefined;
  };
  readonly page: OpenConversation | undefined;
  readonly pageProblem: string | undefined;
  readonly items: readonly ThreadItem[];
  /** The newest of the notes that are pinned. */
  readonly pinned: Note | undefined;
  readonly aside: Aside | undefined;
  /** Colleagues who look at the open conversation, or type in it. */
  readonly viewers: readonly string[];
  readonly typists: readonly string[];
  /** Notifications that are unread. */
  readonly unread: number;
  /** Answers that wait for the connection. */
  readonly waiting: number;
  readonly draft: string;
  readonly noteDraft: string;
  readonly hasDraft: (conversationId: string) => boolean;
  readonly now: number;
}

const note = { as: 'note' } as const;

interface Sources {
  readonly feed: Feed;
  readonly drafts: Drafts;
  readonly search: { readonly found: Found };
  readonly now: () => number;
}

/** Reads it anew each time, and gives the same rows and items while nothing of them changed. */
export function createDataReader({ feed, drafts, search, now }: Sources): (state: State) => Data {
  const rowsOf = remember(
    (
      loaded: readonly Conversation[],
      words: string,
      found: Found,
      filter: ConversationFilter,
      open: Conversation | undefined,
    ) => withFound(loaded, words === '' ? [] : words.split(' '), found, filter, open),
  );
  const filterOf = remember((group: ConversationFilter, query: ConversationFilter) => ({ ...group, ...query }));
  const queryOf = remember((text: string, people: People) => readQuery(text, people));
  const itemsOf = remember(
    (
      messages: OpenConversation['messages'],
      outgoing: ReturnType<Feed['outbox']['getSnapshot']>,
      id: string,
      notes: readonly Note[],
      hasOlder: boolean,
    ) => withNotes(timeline(messages, outgoing, id, feed.people.me.id), notes, hasOlder),
  );
  const noNotes: readonly Note[] = [];
  const nobody: readonly string[] = [];
  const others = remember((ids: readonly string[]) => ids.filter((id) => id !== feed.people.me.id));
  const othersTyping = remember((ids: readonly string[]) => ids.filter((id) => id !== feed.people.me.id));
  const empty: readonly Conversation[] = [];
  const noMessages: OpenConversation['messages'] = [];

  return (state) => {
    const { people, groups, connection, outbox } = feed;
    const group = groups.find(({ id }) => id === state.group) ?? groups[0];
    if (!group) throw new Error('There are no groups');
    const query = queryOf(state.query, people);
    const filter = filterOf(group.filter, query.filter);
    const words = wordsNow(state, query, people);
    const { list, problem } = feed.list(filter);
    const { page, problem: pageProblem } = state.open
      ? feed.opened(state.open)
      : { page: undefined, problem: undefined };
    const outgoing = outbox.getSnapshot();
    const aside = state.open ? feed.asides.getSnapshot().get(state.open) : undefined;
    const notes = aside?.notes ?? noNotes;
    return {
      people,
      groups,
      group,
      connection,
      query,
      filter,
      words,
      rows: rowsOf(list?.conversations ?? empty, words.join(' '), search.found, filter, page?.conversation),
      search: search.found,
      list: {
        loaded: list?.conversations.length ?? 0,
        hasMore: list?.hasMore ?? false,
        loading: list ? list.loading : problem === undefined,
        problem,
      },
      page,
      pageProblem,
      items: state.open && page ? itemsOf(page.messages ?? noMessages, outgoing, state.open, notes, page.hasOlder) : [],
      pinned: notes.findLast(({ pinnedAt }) => pinnedAt !== null),
      aside,
      viewers: others(feed.present.viewers.get(state.open ?? '') ?? nobody),
      typists: othersTyping(feed.present.typists.get(state.open ?? '') ?? nobody),
      unread: feed.notifications.getSnapshot().unreadCount,
      waiting: outgoing.filter((entry) => entry.state === 'queued' || entry.state === 'sending').length,
      draft: state.open ? drafts.get(state.open) : '',
      noteDraft: state.open ? drafts.get(draftKey(state.open, note)) : '',
      hasDraft: (id) => drafts.has(id) || drafts.has(draftKey(id, note)),
      now: now(),
    };
  };
}

/** While words are being typed they narrow at once; what the server filters by waits for Enter. */
function wordsNow({ mode }: State, query: Query, people: People): readonly string[] {
  if (mode.name !== 'filter') return query.words;
  const typing = readQuery(mode.field.text, people);
  return JSON.stringify(typing.filter) === JSON.stringify(query.filter) && !typing.problem ? typing.words : query.words;
}

/** Keeps the last answer while the arguments are the same objects. */
export function remember<A extends readonly unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  let last: { args: A; result: R } | undefined;
  return (...args) => {
    if (!last || last.args.some((arg, index) => arg !== args[index])) last = { args, result: compute(...args) };
    return last.result;
  };
}
