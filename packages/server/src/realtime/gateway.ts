import { findUserActor, type Installation, type LoggedEvent, reading, type UserActor } from '@tims/core';
import type { WebSocket } from 'ws';
import { type Client, closeCodes, createClient } from './client.js';
import { openStream, type Stream } from './stream.js';

const heartbeatMs = 15_000;
/** How often the log is looked at when nothing woke us: another server may have written. */
const pollMs = 1_000;

/** The open sockets of this server. */
export interface Gateway {
  connect(socket: WebSocket, actor: UserActor): Client;
  subscribe(client: Client, cursor: string | undefined): Promise<void>;
  disconnect(client: Client): void;
  close(): void;
}

export interface GatewayCounters {
  onFrame(): void;
  onSockets(count: number): void;
}

export function createGateway(installation: Installation, counters: GatewayCounters): Gateway {
  const streams = new Map<string, Promise<Stream>>();
  const clients = new Map<Client, () => void>();

  const streamOf = (organization: string): Promise<Stream> => {
    const known = streams.get(organization);
    if (known) return known;
    const opening = openStream(installation, organization, (events, live) => review(events, live));
    opening.catch(() => streams.delete(organization));
    streams.set(organization, opening);
    return opening;
  };

  /** A change of a user, or of a team, changes what sockets may see: within the tick that tells of it. */
  const review = (events: readonly LoggedEvent[], live: ReadonlySet<Client>): void => {
    const users = new Set(events.filter((event) => event.type === 'user.updated').map((event) => event.entityId));
    const teams = events.some((event) => event.type === 'team.updated');
    for (const client of live) {
      if (teams || users.has(client.actor.id)) void recheck(client);
    }
  };

  const recheck = async (client: Client): Promise<void> => {
    const { organization, id } = client.actor;
    try {
      const found = await findUserActor(reading(installation, organization, client.actor), id);
      if (found?.status === 'active') client.become(found.actor);
      else client.close(closeCodes.signedOut, 'Signed out');
    } catch {
      // Whoever cannot be checked is not shown more; the client comes back with a new ticket.
      client.close(closeCodes.signedOut, 'Sign in again');
    }
  };

  const advanceAll = (organization?: string): void => {
    for (const [id, stream] of streams) {
      if (organization === undefined || id === organization) void stream.then((open) => open.advance());
    }
  };

  const unsubscribe = installation.wakeups.subscribe(advanceAll);
  const poll = setInterval(advanceAll, pollMs);
  const heartbeat = setInterval(() => {
    for (const client of clients.keys()) client.heartbeat();
  }, heartbeatMs);

  return {
    connect(socket, actor) {
      const client = createClient(installation, socket, actor, counters.onFrame);
      clients.set(client, installation.presence.enter(actor.id));
      counters.onSockets(clients.size);
      return client;
    },
    subscribe: async (client, cursor) => client.subscribe(await streamOf(client.actor.organization), cursor),
    disconnect(client) {
      clients.get(client)?.();
      clients.delete(client);
      counters.onSockets(clients.size);
      const { organization } = client.actor;
      void streams.get(organization)?.then((stream) => {
        stream.leave(client);
        if (stream.isEmpty()) streams.delete(organization);
      });
    },
    close() {
      unsubscribe();
      clearInterval(poll);
      clearInterval(heartbeat);
      for (const client of clients.keys()) client.close(closeCodes.stopping, 'The server stops');
    },
  };
}
