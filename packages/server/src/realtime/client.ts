import {
  type Cursor,
  cursorStands,
  decodeCursor,
  encodeCursor,
  type Installation,
  readEvents,
  readHead,
  TimsError,
  type UserActor,
} from '@tims/core';
import type { WebSocket } from 'ws';
import { createTick, type Item, type Tick } from './items.js';
import type { Stream } from './stream.js';

export const closeCodes = { badMessage: 4000, signedOut: 4001, tooSlow: 4008, tooMany: 4029, stopping: 1001 } as const;

/** What may wait in a socket before its reader counts as too slow, bytes. */
const maxBuffered = 4 * 1024 * 1024;
const pageSize = 500;

/** One open socket. */
export interface Client {
  readonly actor: UserActor;
  /** Another role or other teams: from now on it sees what they see, and is told to take fresh snapshots. */
  become(actor: UserActor): void;
  /** Starts following: from the cursor, or from now on. A later call takes the place of one that still catches up. */
  subscribe(stream: Stream, cursor: string | undefined): Promise<void>;
  /** Follows the log, and is told of it as it grows. */
  readonly live: boolean;
  /** What the client says of whoever sits before it. */
  attention: 'online' | 'away';
  deliver(tick: Tick): void;
  write(frame: string): void;
  heartbeat(): void;
  close(code: number, reason: string): void;
}

export function createClient(
  installation: Installation,
  socket: WebSocket,
  initial: UserActor,
  onFrame: () => void,
): Client {
  let actor = initial;
  let position: Cursor | undefined;
  let following: Stream | undefined;
  let subscriptions = 0;

  const write = (frame: string): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > maxBuffered) {
      close(closeCodes.tooSlow, 'Too slow: resume from the last cursor');
      return;
    }
    socket.send(frame);
    onFrame();
  };
  const tell = (item: Item): void => write(JSON.stringify([item]));
  const close = (code: number, reason: string): void => socket.close(code, reason);

  const deliver = (tick: Tick): void => {
    if (!position || tick.last.sequence <= position.sequence) return;
    const frame = tick.frameFor(actor, Math.max(position.sequence, 0));
    position = { sequence: tick.last.sequence, eventId: tick.last.id };
    if (frame) write(frame);
  };

  /** Ends what is followed or caught up with; whatever is read for it after this goes nowhere. */
  const unfollow = (): number => {
    following?.leave(client);
    following = undefined;
    position = undefined;
    return ++subscriptions;
  };

  /** Reads the log from the client's place until it stands where the live sockets stand, then joins them. */
  const catchUp = async (stream: Stream, from: Cursor, wanted: () => boolean): Promise<void> => {
    position = from;
    for (let at = from; ; at = position) {
      const events = await readEvents(installation.storage.reader, actor.organization, at.sequence, pageSize);
      if (!wanted()) return;
      const last = events.at(-1);
      if (last) deliver(createTick(events, last));
      // No await between this check and the join: nothing can slip between the two.
      if (events.length < pageSize && position.sequence >= stream.position && socket.readyState === socket.OPEN) {
        following = stream;
        stream.join(client);
        tell({ type: 'ready', cursor: encodeCursor(position) });
        return;
      }
      // A socket that cannot keep up with its own past must not pile it up here.
      await drained(socket);
      if (!wanted()) return;
    }
  };

  const client: Client = {
    get actor() {
      return actor;
    },
    become(changed) {
      const moved = viewOf(changed) !== viewOf(actor);
      const at = position;
      actor = changed;
      if (!moved || !at) return;
      unfollow();
      tell({ type: 'resync_required', cursor: encodeCursor(at) });
    },
    async subscribe(stream, text) {
      const own = unfollow();
      // Between two awaits the socket may have closed, or asked for another place.
      const wanted = () => own === subscriptions && socket.readyState === socket.OPEN;
      const { reader } = installation.storage;
      const head = await readHead(reader, actor.organization);
      const cursor = text === undefined ? head : readCursor(text);
      const stands = cursor !== undefined && (await cursorStands(reader, actor.organization, cursor));
      if (!wanted()) return;
      if (stands) await catchUp(stream, cursor, wanted);
      else tell({ type: 'resync_required', cursor: encodeCursor(head) });
    },
    get live() {
      return following !== undefined;
    },
    attention: 'online',
    deliver,
    write,
    heartbeat() {
      if (position) tell({ type: 'heartbeat', cursor: encodeCursor(position) });
    },
    close,
  };
  return client;
}

/** What decides which conversations somebody sees. */
function viewOf({ grants, queueSight, teams }: UserActor): string {
  return JSON.stringify([grants, queueSight, [...teams].sort()]);
}

/** A cursor that no server wrote is treated like one that no longer stands. */
function readCursor(text: string): Cursor | undefined {
  try {
    return decodeCursor(text);
  } catch (error) {
    if (error instanceof TimsError) return undefined;
    throw error;
  }
}

async function drained(socket: WebSocket): Promise<void> {
  for (let waited = 0; socket.bufferedAmount > maxBuffered / 2 && waited < 10_000; waited += 20) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
