import {
  type EphemeralItem,
  type Installation,
  type LoggedEvent,
  scopeOf,
  sight,
  timestamp,
  type UserActor,
} from '@tims/core';
import type { Client } from './client.js';
import { createSightings } from './sightings.js';

const tickMs = 100;
const typingMs = 6_000;

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
  const viewing = new Map<Client, string>();
  const typing = new Map<Client, { conversationId: string; until: number }>();
  /** What may have changed since it was last told. */
  const dirty = { users: new Set<string>(), conversations: new Set<string>() };
  const told = {
    presence: new Map<string, string>(),
    viewers: new Map<string, string>(),
    typists: new Map<string, Set<string>>(),
  };
  const sightings = createSightings(installation, organization, (id) => told.viewers.has(id) || told.typists.has(id));
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
      const asked = said.flatMap(([, { view, typing: typed }]) => [view, typed?.conversationId]);
      await sightings.load(asked.filter((id) => typeof id === 'string'));
      for (const [client, what] of said) apply(client, what);
      const items = changes();
      if (items.length > 0) installation.ephemeral.publish(organization, items);
    } catch (error) {
      complain(error);
    } finally {
      ticking = false;
    }
  };

  const seesWhole = ({ actor }: Client, conversationId: string): boolean => {
    const owned = sightings.of(conversationId);
    return owned !== undefined && scopeOf(actor, 'conversations:read') !== undefined && sight(actor, owned) === 'whole';
  };

  const apply = (client: Client, { view, typing: typed }: Wanted): void => {
    if (!clients.has(client)) return;
    if (view !== undefined) look(client, view !== null && seesWhole(client, view) ? view : undefined);
    if (!typed) return;
    const { conversationId, on } = typed;
    const here = typing.get(client)?.conversationId === conversationId;
    if (on && seesWhole(client, conversationId)) type(client, conversationId);
    else if (here) type(client, undefined);
  };

  const look = (client: Client, conversationId: string | undefined): void => {
    const before = viewing.get(client);
    if (before !== undefined) dirty.conversations.add(before);
    if (conversationId === undefined) viewing.delete(client);
    else {
      dirty.conversations.add(conversationId);
      viewing.set(client, conversationId);
    }
  };

  const type = (client: Client, conversationId: string | undefined): void => {
    const before = typing.get(client);
    if (before) dirty.conversations.add(before.conversationId);
    if (conversationId === undefined) typing.delete(client);
    else {
      dirty.conversations.add(conversationId);
      typing.set(client, { conversationId, until: performance.now() + typingMs });
    }
    tickSoon();
  };

  /** What is not as it was told last. */
  const changes = (): EphemeralItem[] => {
    const items: EphemeralItem[] = [];
    for (const userId of dirty.users) {
      const item = presenceItem(userId);
      if (told.presence.get(userId) === item.state) continue;
      if (item.state === 'offline') told.presence.delete(userId);
      else told.presence.set(userId, item.state);
      items.push(item);
    }
    for (const conversationId of dirty.conversations) {
      const userIds = viewersOf(conversationId);
      if ((told.viewers.get(conversationId) ?? '') !== userIds.join()) {
        items.push({ type: 'viewing', conversationId, userIds });
        if (userIds.length > 0) told.viewers.set(conversationId, userIds.join());
        else told.viewers.delete(conversationId);
      }
      const before = told.typists.get(conversationId) ?? new Set();
      const now = typistsOf(conversationId);
      for (const userId of now)
        if (!before.has(userId)) items.push({ type: 'typing', conversationId, userId, on: true });
      for (const userId of before)
        if (!now.has(userId)) items.push({ type: 'typing', conversationId, userId, on: false });
      if (now.size > 0) told.typists.set(conversationId, now);
      else told.typists.delete(conversationId);
    }
    dirty.users.clear();
    dirty.conversations.clear();
    return items;
  };

  const presenceItem = (userId: string): EphemeralItem & { type: 'presence' } => ({
    type: 'presence',
    userId,
    state: installation.presence.stateOf(userId),
    lastSeenAt: timestamp(installation.clock.now()),
  });

  const viewersOf = (conversationId: string): string[] => {
    const users = new Set<string>();
    for (const [client, at] of viewing) if (at === conversationId) users.add(client.actor.id);
    return [...users].sort();
  };

  const typistsOf = (conversationId: string): Set<string> => {
    const users = new Set<string>();
    for (const [client, at] of typing) if (at.conversationId === conversationId) users.add(client.actor.id);
    return users;
  };

  /**
   * The one place that decides who is told. A reader is a user of the organization: there are no sockets of customers,
   * and where there will be, they are no readers of a room. Customers never learn who is there, looks on or types.
   */
  const mayHear = (actor: UserActor, item: EphemeralItem): boolean => {
    if (item.type === 'presence') return scopeOf(actor, 'directory:read') !== undefined;
    const owned = sightings.of(item.conversationId);
    if (!owned || !scopeOf(actor, 'conversations:read') || sight(actor, owned) === 'none') return false;
    return item.type !== 'typing' || item.userId !== actor.id;
  };

  const everything = (): EphemeralItem[] => {
    const users = new Set([...clients].map(({ actor }) => actor.id));
    const typed = [...typing].map(
      ([{ actor }, { conversationId }]): EphemeralItem => ({
        type: 'typing',
        conversationId,
        userId: actor.id,
        on: true,
      }),
    );
    return [
      ...[...users].map(presenceItem),
      ...[...new Set(viewing.values())].map(
        (conversationId): EphemeralItem => ({ type: 'viewing', conversationId, userIds: viewersOf(conversationId) }),
      ),
      ...typed,
    ];
  };

  const drop = (client: Client): void => {
    look(client, undefined);
    type(client, undefined);
  };

  /** Takes away what the client no longer sees whole. */
  const keepWhatIsSeen = (client: Client): void => {
    const viewed = viewing.get(client);
    if (viewed !== undefined && !seesWhole(client, viewed)) look(client, undefined);
    const typed = typing.get(client);
    if (typed && !seesWhole(client, typed.conversationId)) type(client, undefined);
  };

  return {
    enter(client) {
      clients.add(client);
      dirty.users.add(client.actor.id);
      tickSoon();
    },
    leave(client) {
      clients.delete(client);
      greeted.delete(client);
      wanted.delete(client);
      drop(client);
      dirty.users.add(client.actor.id);
      tickSoon();
    },
    async greet(client) {
      await sightings.load([...viewing.values(), ...[...typing.values()].map(({ conversationId }) => conversationId)]);
      if (!clients.has(client)) return;
      const heard = everything().filter((item) => mayHear(client.actor, item));
      client.write(JSON.stringify([{ type: 'presence_reset' }, ...heard]));
      greeted.add(client);
    },
    say(client, said) {
      const before = wanted.get(client) ?? {};
      if ('view' in said) wanted.set(client, { ...before, view: said.view });
      else wanted.set(client, { ...before, typing: { conversationId: said.typing, on: said.on } });
      tickSoon();
    },
    presenceChanged(userId) {
      dirty.users.add(userId);
      tickSoon();
    },
    note(events) {
      const moved = sightings.note(events);
      if (moved.size === 0) return;
      for (const client of viewing.keys()) keepWhatIsSeen(client);
      for (const client of typing.keys()) keepWhatIsSeen(client);
      for (const conversationId of moved) {
        // Told anew: for some of those who see it now it is the first time.
        if (told.viewers.has(conversationId)) told.viewers.set(conversationId, '?');
        dirty.conversations.add(conversationId);
      }
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
          await sightings.load(items.flatMap((item) => (item.type === 'presence' ? [] : item.conversationId)));
          const texts = items.map((item) => ({ item, text: JSON.stringify(item) }));
          for (const client of greeted) {
            const heard = texts.flatMap(({ item, text }) => (mayHear(client.actor, item) ? text : []));
            if (heard.length > 0) client.write(`[${heard.join(',')}]`);
          }
        })
        .catch(complain);
    },
    sweep() {
      const now = performance.now();
      for (const [client, { until }] of typing) if (until <= now) type(client, undefined);
    },
  };
}
