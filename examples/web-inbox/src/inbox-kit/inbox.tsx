import { useQuery } from '@tanstack/react-query';
import {
  type Answer,
  type Aside,
  type Asides,
  type CloseReason,
  type Colleagues,
  type ConversationFilter,
  type ConversationList,
  listKey,
  type Me,
  type OpenConversation,
  type Outbox,
  type RealtimeItem,
  type RealtimeState,
  type Store,
  type Telling,
  type ThreadItem,
  type Tims,
  timeline,
  withNotes,
} from '@tims/sdk';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import { keptLists } from './kept-lists.js';

/** A colleague as the directory knows them. */
export type Colleague = Answer<'directory.list'>['data'][number];

/** Whether what is shown is what is. */
export interface Connection {
  readonly state: RealtimeState;
  /** When the last live connection ended, epoch milliseconds; undefined while it is live or never was. */
  readonly since: number | undefined;
}

/** Everything that the parts of an inbox draw on: one for a signed-in user. */
export interface Inbox {
  readonly tims: Tims;
  readonly store: Store;
  readonly outbox: Outbox;
  /** Notes and follow-ups of open conversations. */
  readonly asides: Asides;
  /** Who of the colleagues looks at what, and types where. */
  readonly present: Colleagues;
  readonly telling: Pick<Telling, 'view' | 'typing'>;
  /** Everything that is told, over all connections. */
  readonly live: { subscribe(listener: (items: readonly RealtimeItem[]) => void): () => void };
  readonly me: Me;
  readonly connection: { getSnapshot(): Connection; subscribe(listener: () => void): () => void };
}

const InboxContext = createContext<Inbox | undefined>(undefined);

export function InboxProvider({ inbox, children }: { inbox: Inbox; children: ReactNode }) {
  return <InboxContext value={inbox}>{children}</InboxContext>;
}

export function useInbox(): Inbox {
  const inbox = useContext(InboxContext);
  if (!inbox) throw new Error('Parts of the inbox stand inside an InboxProvider');
  return inbox;
}

/** A list with what a reader has to know of it beside its rows. */
export interface ShownList {
  /** Undefined until its first page is there. */
  readonly list: ConversationList | undefined;
  /** Why the last page that was asked for did not come. It is asked for again by itself where that can help. */
  readonly error: unknown;
  retry(): void;
  loadMore(): void;
}

/** The list as it stands, loaded on first use, and kept for a while after the last one: going back is at once. */
export function useShownList(filter: ConversationFilter): ShownList {
  const { store } = useInbox();
  const key = listKey(filter);
  const lists = keptLists(store);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what the filter says
  useEffect(() => lists.use(filter), [lists, key]);
  const list = useSyncExternalStore(store.subscribe, () => store.getSnapshot().lists.get(key));
  const { loaded, error } = useSyncExternalStore(lists.subscribe, () => lists.stateOf(key));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what the filter says
  return useMemo(
    () => ({
      list: loaded ? list : undefined,
      error,
      retry: () => lists.retry(filter),
      loadMore: () => lists.loadMore(filter),
    }),
    [lists, key, list, loaded, error],
  );
}

/** The conversation as it stands; undefined while it is loading, or once it is out of sight. */
export function useOpenConversation(id: string): OpenConversation | undefined {
  const { store } = useInbox();
  return useSyncExternalStore(store.subscribe, () => store.getSnapshot().open.get(id));
}

/** What colleagues keep beside the conversation, as far as it is there. */
export function useAside(id: string): Aside {
  const { asides } = useInbox();
  return useSyncExternalStore(asides.subscribe, () => asides.getSnapshot().get(id)) ?? noAside;
}

const noAside: Aside = { notes: [], followUps: [] };

/** Its messages with the notes among them, and what is on its way behind them. */
export function useTimeline({ conversation, messages, hasOlder }: OpenConversation): readonly ThreadItem[] {
  const { outbox, me } = useInbox();
  const outgoing = useSyncExternalStore(outbox.subscribe, outbox.getSnapshot);
  const { id } = conversation;
  const { notes } = useAside(id);
  return useMemo(
    () => withNotes(timeline(messages, outgoing, id, me.id), notes, hasOlder),
    [messages, outgoing, id, me.id, notes, hasOlder],
  );
}

export function useConnection(): Connection {
  const { connection } = useInbox();
  return useSyncExternalStore(connection.subscribe, connection.getSnapshot);
}

/** Everybody who works here, by id, and whether they are online. */
export function useColleagues(): ReadonlyMap<string, Colleague> {
  const { tims } = useInbox();
  const { data } = useQuery({
    queryKey: ['directory'],
    queryFn: async () => {
      const all: Colleague[] = [];
      for await (const colleague of tims.directory.list({ limit: 100 })) all.push(colleague);
      return new Map(all.map((one) => [one.id, one]));
    },
    staleTime: 15_000,
    refetchInterval: 30_000,
  });
  return data ?? nobody;
}

const nobody: ReadonlyMap<string, Colleague> = new Map();

/** The teams that the signed-in user may know. */
export function useTeams(): ReadonlyMap<string, Answer<'teams.list'>['data'][number]> {
  const { tims } = useInbox();
  const { data } = useQuery({
    queryKey: ['teams'],
    queryFn: async () => new Map((await tims.teams.list()).data.map((team) => [team.id, team])),
    staleTime: 60_000,
  });
  return data ?? noTeams;
}

/** Why conversations can be closed, in every team. */
export function useCloseReasons(): readonly CloseReason[] {
  const { tims } = useInbox();
  const { data } = useQuery({
    queryKey: ['close-reasons'],
    queryFn: async () => (await tims.closeReasons.list()).data,
    staleTime: 60_000,
  });
  return data ?? noReasons;
}

const noReasons: readonly CloseReason[] = [];
const noTeams: ReadonlyMap<string, Answer<'teams.list'>['data'][number]> = new Map();
