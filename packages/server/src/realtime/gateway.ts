import { type EventType, holderOf, type Installation, type LoggedEvent, type UserActor } from '@tims/core';
import type { WebSocket } from 'ws';
import { type Client, closeCodes, createClient } from './client.js';
import { createLastSeen } from './last-seen.js';
import { createRoom, type Room, type Said } from './room.js';
import { openStream, type Stream } from './stream.js';

const heartbeatMs = 15_000;
/** How often the log is looked at when nothing woke us: another server may have written. */
const pollMs = 1_000;
const sweepMs = 500;

/** A session or a key that merely runs out is told of by nobody. */
const recheckMs = 5 * 60_000;

/** Not all at the same moment. */
function nextCheck(): number {
  return Date.now() + recheckMs * (0.5 + Math.random());
}

/** The user, session or key whose sockets have to be looked at. */
function concernedBy({ type, entityId }: LoggedEvent): string[] {
  return type === 'user.updated' || type === 'session.ended' || type === 'key.updated' ? [entityId] : [];
}

const concernsEverybody = new Set<EventType>(['team.updated', 'settings.updated', 'role.updated']);

/** The open sockets of this server. */
export interface Gateway {
  connect(socket: WebSocket, actor: UserActor): Client;
  subscribe(client: Client, cursor: string | undefined): Promise<void>;
  /** What the client tells of itself: whether somebody is there, what is looked at, where is typed. */
  say(client: Client, said: Said | { presence: 'online' | 'away' }): void;
  disconnect(client: Client): void;
  close(): Promise<void>;
}

export interface GatewayCounters {
  onFrame(): void;
  onSockets(count: number): void;
}

export function createGateway(installation: Installation, counters: GatewayCounters): Gateway {
  const streams = new Map<string, Promise<Stream>>();
  const clients = new Map<Client, () => void>();
  /** When each is looked at again although nothing told of it. */
  const checks = new WeakMap<Client, number>();

  const rooms = new Map<string, Room>();
  const lastSeen = createLastSeen(installation);

  const roomOf = (organization: string): Room => {
    const room = rooms.get(organization) ?? createRoom(installation, organization);
    rooms.set(organization, room);
    return room;
  };

  const streamOf = (organization: string): Promise<Stream> => {
    const known = streams.get(organization);
    if (known) return known;
    const opening = openStream(installation, organization, (events) => review(organization, events));
    opening.catch(() => streams.delete(organization));
    streams.set(organization, opening);
    return opening;
  };

  const clientsOf = (organization: string): Client[] =>
    [...clients.keys()].filter((client) => client.actor.organization === organization);

  /** A change of a user, a team or the rules changes what sockets may see, those too that do not follow the log yet. */
  const review = (organization: string, events: readonly LoggedEvent[]): void => {
    rooms.get(organization)?.note(events);
    const concerned = new Set(events.flatMap(concernedBy));
    const everybody = events.some((event) => concernsEverybody.has(event.type));
    if (!everybody && concerned.size === 0) return;
    // What is remembered of the organization's rules may be from before.
    if (everybody) installation.rules.refresh();
    for (const client of clientsOf(organization)) {
      const { id, via } = client.actor;
      if (everybody || concerned.has(id) || concerned.has(via ?? '')) void recheck(client);
    }
  };

  const recheck = async (client: Client): Promise<void> => {
    checks.set(client, nextCheck());
    try {
      const holder = await holderOf(installation, client.actor);
      // A change of role or password ends what was opened before it, as it ends the tokens.
      if (holder?.authVersion === client.actor.authVersion) {
        client.become(holder);
        rooms.get(client.actor.organization)?.review(client);
      } else client.close(closeCodes.signedOut, 'Signed out');
    } catch {
      // Whoever cannot be checked is not shown more; the client comes back with a new ticket.
      client.close(1011, 'Cannot check the user now');
    }
  };

  const advanceAll = (organization?: string): void => {
    for (const [id, stream] of streams) {
      if (organization !== undefined && id !== organization) continue;
      // A stream that cannot be opened is told to whoever waits for it, and forgotten.
      stream.then(
        (open) => open.advance(),
        () => {},
      );
    }
  };

  const unsubscribe = installation.wakeups.subscribe(advanceAll);
  const poll = setInterval(advanceAll, pollMs);
  const heartbeat = setInterval(() => {
    for (const client of clients.keys()) {
      client.heartbeat();
      if ((checks.get(client) ?? 0) < Date.now()) void recheck(client);
      lastSeen.seen(client.actor);
    }
  }, heartbeatMs);
  const unlisten = installation.ephemeral.subscribe((organization, items) => rooms.get(organization)?.deliver(items));
  const sweep = setInterval(() => {
    for (const room of rooms.values()) room.sweep();
  }, sweepMs);

  return {
    connect(socket, actor) {
      const client = createClient(installation, socket, actor, counters.onFrame);
      clients.set(
        client,
        installation.presence.enter(actor.id, () => client.attention),
      );
      roomOf(actor.organization).enter(client);
      lastSeen.seen(actor);
      counters.onSockets(clients.size);
      // Follows the log for it from now on, so that it ends with its user even if it never subscribes.
      streamOf(actor.organization).then(
        () => recheck(client),
        () => {},
      );
      return client;
    },
    async subscribe(client, cursor) {
      await client.subscribe(await streamOf(client.actor.organization), cursor);
      // What changed between the ticket and now was told to nobody.
      await recheck(client);
      if (client.live) await rooms.get(client.actor.organization)?.greet(client);
    },
    say(client, said) {
      const room = rooms.get(client.actor.organization);
      if (!('presence' in said)) return room?.say(client, said);
      client.attention = said.presence;
      room?.presenceChanged(client.actor.id);
    },
    disconnect(client) {
      clients.get(client)?.();
      clients.delete(client);
      rooms.get(client.actor.organization)?.leave(client);
      if (clientsOf(client.actor.organization).length === 0) rooms.delete(client.actor.organization);
      if (!installation.presence.isOnline(client.actor.id)) lastSeen.left(client.actor);
      counters.onSockets(clients.size);
      const { organization } = client.actor;
      const forget = (stream: Stream) => {
        stream.leave(client);
        // Also one that still catches up holds the stream: it will join this very one.
        if (clientsOf(organization).length === 0) streams.delete(organization);
      };
      streams.get(organization)?.then(forget, () => {});
    },
    async close() {
      unsubscribe();
      unlisten();
      clearInterval(poll);
      clearInterval(heartbeat);
      clearInterval(sweep);
      for (const { actor } of clients.keys()) lastSeen.left(actor);
      for (const client of clients.keys()) client.close(closeCodes.stopping, 'The server stops');
      await lastSeen.close();
    },
  };
}
