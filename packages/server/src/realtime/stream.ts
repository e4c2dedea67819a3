import { followEvents, type Installation, type LoggedEvent, readHead } from '@tims/core';
import { createTick, type Tick } from './items.js';

const pageSize = 500;

/** Somebody who is told of every tick. */
export interface Follower {
  deliver(tick: Tick): void;
}

/** One organization's log as its open sockets follow it: read once, however many they are. */
export interface Stream {
  /** How far the live sockets are. */
  readonly position: number;
  join(client: Follower): void;
  leave(client: Follower): void;
  /** Reads what is new; calls that come while it reads are one more reading. */
  advance(): void;
}

export async function openStream(
  installation: Installation,
  organization: string,
  onEvents: (events: readonly LoggedEvent[]) => void,
): Promise<Stream> {
  const { reader } = installation.storage;
  const clients = new Set<Follower>();
  let position = (await readHead(reader, organization)).sequence;
  let reading = false;
  let again = false;

  const read = async (): Promise<void> => {
    for (let full = true; full || again; ) {
      again = false;
      const events = await followEvents(installation, organization, position, pageSize);
      const last = events.at(-1);
      full = events.length === pageSize;
      if (!last) continue;
      position = last.sequence;
      const tick = createTick(events, last);
      for (const client of clients) client.deliver(tick);
      onEvents(events);
    }
  };

  return {
    get position() {
      return position;
    },
    join: (client) => clients.add(client),
    leave: (client) => clients.delete(client),
    advance() {
      again = true;
      if (reading) return;
      reading = true;
      read()
        .catch((error: unknown) => installation.log.warn({ error: String(error) }, 'realtime cannot read the log'))
        .finally(() => {
          reading = false;
        });
    },
  };
}
