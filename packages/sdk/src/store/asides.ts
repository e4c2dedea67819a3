import { isTimsError } from '../errors.js';
import type { RealtimeItem } from '../realtime/items.js';
import type { Tims } from '../tims.js';
import type { FollowUp, Note } from '../types.js';
import { createHydrator } from './hydrator.js';

/** What colleagues keep beside a conversation, and its customer never sees. */
export interface Aside {
  /** Oldest first, the pinned ones at their time. */
  readonly notes: readonly Note[];
  /** Those that are not done, the first due first. */
  readonly followUps: readonly FollowUp[];
}

/**
 * The asides of open conversations, kept up to date by events. Fits `useSyncExternalStore`.
 *
 * @example
 * const asides = createAsides({ tims, live });
 * await asides.open(conversationId);
 * asides.subscribe(() => console.log(asides.getSnapshot().get(conversationId)?.notes));
 */
export interface Asides {
  /** By conversation id; the same map until something changes. */
  getSnapshot(): ReadonlyMap<string, Aside>;
  subscribe(listener: () => void): () => void;
  /** Loads it and keeps it: an empty one where the conversation is not seen whole. Resolves once it is there. */
  open(conversationId: string): Promise<void>;
  leave(conversationId: string): void;
  /** Shows what an action did, without waiting for its event. */
  change(conversationId: string, make: (aside: Aside) => Aside): void;
  close(): void;
}

export interface AsidesOptions {
  tims: Pick<Tims, 'notes' | 'followUps'>;
  /** Where items are told: a connection, or what stands for all of its lives. */
  live: { subscribe(listener: (items: readonly RealtimeItem[]) => void): () => void };
  /** What went wrong; it is tried again where that can help. */
  onError?: ((error: unknown) => void) | undefined;
}

const limit = 100;
const nothing: Aside = { notes: [], followUps: [] };

export function createAsides({ tims, live, onError = () => {} }: AsidesOptions): Asides {
  const listeners = new Set<() => void>();
  const open = new Set<string>();
  let asides: ReadonlyMap<string, Aside> = new Map();
  const hydrator = createHydrator(
    async ({ conversations }) => void (await Promise.all([...conversations].map(read))),
    onError,
  );

  function enter(id: string, aside: Aside): void {
    asides = new Map([...asides].filter(([one]) => open.has(one))).set(id, aside);
    for (const listener of [...listeners]) listener();
  }

  function want(ids: Iterable<string>): void {
    for (const id of ids) if (open.has(id)) hydrator.wanted.conversations.add(id);
    hydrator.wake();
  }

  async function read(id: string): Promise<void> {
    const before = asides.get(id);
    const [notes, followUps] = await Promise.all([unlessHidden(notesOf(id)), unlessHidden(followUpsOf(id))]);
    if (!open.has(id)) return;
    // What an action has shown meanwhile may be missing in an answer that was made before it.
    if (asides.get(id) === before) enter(id, { notes, followUps });
    else want([id]);
  }

  async function notesOf(id: string): Promise<Note[]> {
    const notes: Note[] = [];
    for await (const note of tims.notes.list({ id, limit })) notes.push(note);
    return notes.sort((a, b) => (a.createdAt + a.id < b.createdAt + b.id ? -1 : 1));
  }

  const followUpsOf = async (conversationId: string) => (await tims.followUps.list({ conversationId, limit })).data;

  const end = live.subscribe((items) => {
    for (const item of items) {
      if (item.type === 'resync_required') want(open);
      else if (item.type === 'entered') want([item.conversationId]);
      // A conversation that was a preview has an aside once it is taken.
      else if (item.type === 'event' && /^(note|follow_up|conversation\.assigned)/.test(item.event.type))
        want([item.event.conversationId ?? '']);
    }
  });

  return {
    getSnapshot: () => asides,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    open(id) {
      open.add(id);
      want([id]);
      return hydrator.idle();
    },
    leave(id) {
      open.delete(id);
    },
    change: (id, make) => open.has(id) && enter(id, make(asides.get(id) ?? nothing)),
    close() {
      end();
      hydrator.stop();
      open.clear();
      listeners.clear();
    },
  };
}

/** Of what is not seen whole, or to whoever may not, nothing is there. */
function unlessHidden<T>(found: Promise<T[]>): Promise<T[]> {
  return found.catch((error) => {
    if (isTimsError(error, 'not_found') || isTimsError(error, 'forbidden')) return [];
    throw error;
  });
}
