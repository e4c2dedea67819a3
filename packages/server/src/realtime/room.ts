import { type EphemeralItem, type Installation, type LoggedEvent, timestamp } from '@tims/core';
import { mayHear, mayTell } from './audience.js';
import type { Client } from './client.js';
import { createSightings } from './sightings.js';
import { createWhereabouts } from './whereabouts.js';

const tickMs = 100;

/** Who of one organization is here, looks at what, and types where; told to colleagues as it changes, kept nowhere. */
export interface Room {
  enter(client: Client): void;
  leave(client: Client): void;
  /** Tells the client everything that holds now; from here on it is told of changes. */
  greet(client: Client): Promise<void>;
  /** What the client says of itself. What it may not say of a conversation is as if it was not said. */
  say(client: Client, said: Said): void;
  /** Somebody's presence changed in a way that this room cannot see. */
  presenceChanged(userId: string): void;
  /** The log went on: what was seen may be out of sight now. */
  note(events: readonly LoggedEvent[]): void;
  /** The client's user sees other things from now on. */
  review(client: Client): void;
  /** Hands items on to those of this server who may see them. */
  deliver(items: readonly EphemeralItem[]): void;
  /** Ends what was not said again in time. */
  sweep(): void;
}

export type Said = { view: string | null } | { typing: string; on: boolean };

interface Wanted {
  view?: string | null;
  typing?: { conversationId: string; on: boolean };
}

export function createRoom(installation: Installation, organization: string): Room {
  const clients = new Set<Client>();
  const greeted = new Set<Client>();
  /** What was said since the last tick, the last of each kind. */
  const wanted = new Map<Client, Wanted>();
  const whereabouts = createWhereabouts();
  const sightings = createSightings(installation, organization, whereabouts.isInUse);
  /** The state that was told of each user, and whose may be another by now. */
  const toldPresence = new Map<string, 'online' | 'away'>();
  const dirtyUsers = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let ticking = false;
  /** One after the other, so that nobody hears the older of two things last. */
  let delivered: Promise<void> = Promise.resolve();

  const complain = (error: unknown): void =>
    installation.log.warn({ error: String(error) }, 'cannot tell who looks at what');

  const tickSoon = (): void => {
    if (timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      void tick();
    }, tickMs).unref();
  };

  const tick = async (): Promise<void> => {
    if (ticking) return tickSoon();
    ticking = true;
    try {
      const said = [...wanted];
      // What is said while it is looked up waits for the next tick.
      wanted.clear();
      const asked = said.flatMap(([, { view, typing }]) => [view, typing?.conversationId]);
      await sightings.load(asked.filter((id) => typeof id === 'string'));
      for (const [client, what] of said) apply(client, what);
      const items = [...presenceChanges(), ...whereabouts.changes()];
      if (items.length > 0) installation.ephemeral.publish(organization, items);
    } catch (error) {
      complain(error);
    } finally {
      ticking = false;
    }
  };

  const apply = (client: Client, { view, typing }: Wanted): void => {
    if (!clients.has(client)) return;
    const may = (id: string) => mayTell(client.actor, sightings.of(id));
    if (view !== undefined) whereabouts.look(client, view !== null && may(view) ? view : undefined);
    if (!typing) return;
    const { conversationId, on } = typing;
    if (on && may(conversationId)) whereabouts.type(client, conversationId);
    else if (whereabouts.typedInBy(client) === conversationId) whereabouts.type(client, undefined);
  };

  const presenceChanges = (): EphemeralItem[] => {
    const items = [...dirtyUsers].map(presenceOf).filter(({ userId, state }) => toldPresence.get(userId) !== state);
    for (const { userId, state } of items) {
      if (state === 'offline') toldPresence.delete(userId);
      else toldPresence.set(userId, state);
    }
    dirtyUsers.clear();
    return items;
  };

  const presenceOf = (userId: string): EphemeralItem & { type: 'presence' } => ({
    type: 'presence',
    userId,
    state: installation.presence.stateOf(userId),
    lastSeenAt: timestamp(installation.clock.now()),
  });

  const hears = ({ actor }: Client, item: EphemeralItem): boolean =>
    mayHear(actor, item, item.type === 'presence' ? undefined : sightings.of(item.conversationId));

  /** Takes away what the client may no longer tell. */
  const keepWhatIsSeen = (client: Client): void => {
    const may = (id: string | undefined) => id === undefined || mayTell(client.actor, sightings.of(id));
    if (!may(whereabouts.viewedBy(client))) whereabouts.look(client, undefined);
    if (!may(whereabouts.typedInBy(client))) whereabouts.type(client, undefined);
  };

  return {
    enter(client) {
      clients.add(client);
      dirtyUsers.add(client.actor.id);
      tickSoon();
    },
    leave(client) {
      clients.delete(client);
      greeted.delete(client);
      wanted.delete(client);
      whereabouts.look(client, undefined);
      whereabouts.type(client, undefined);
      dirtyUsers.add(client.actor.id);
      tickSoon();
    },
    async greet(client) {
      await sightings.load(conversationsOf(whereabouts.everything()));
      if (!clients.has(client)) return;
      // What was told to the others, and not what holds by now: the next tick tells what differs from it.
      const users = [...toldPresence].map(([userId, state]) => ({ ...presenceOf(userId), state }));
      const items = [...users, ...whereabouts.everything()];
      client.write(JSON.stringify([{ type: 'presence_reset' }, ...items.filter((item) => hears(client, item))]));
      greeted.add(client);
    },
    say(client, said) {
      const before = wanted.get(client) ?? {};
      if ('view' in said) wanted.set(client, { ...before, view: said.view });
      else wanted.set(client, { ...before, typing: { conversationId: said.typing, on: said.on } });
      tickSoon();
    },
    presenceChanged(userId) {
      dirtyUsers.add(userId);
      tickSoon();
    },
    note(events) {
      const moved = sightings.note(events);
      if (moved.size === 0) return;
      for (const client of whereabouts.clients()) keepWhatIsSeen(client);
      for (const conversationId of moved) whereabouts.tellAnew(conversationId);
      tickSoon();
    },
    review(client) {
      keepWhatIsSeen(client);
      tickSoon();
    },
    deliver(items) {
      delivered = delivered
        .then(async () => {
          if (greeted.size === 0) return;
          await sightings.load(conversationsOf(items));
          const texts = items.map((item) => ({ item, text: JSON.stringify(item) }));
          for (const client of greeted) {
            const heard = texts.flatMap(({ item, text }) => (hears(client, item) ? text : []));
            if (heard.length > 0) client.write(`[${heard.join(',')}]`);
          }
        })
        .catch(complain);
    },
    sweep() {
      const silent = whereabouts.silent();
      for (const client of silent) whereabouts.type(client, undefined);
      if (silent.length > 0) tickSoon();
    },
  };
}

function conversationsOf(items: readonly EphemeralItem[]): string[] {
  return items.flatMap((item) => (item.type === 'presence' ? [] : item.conversationId));
}
