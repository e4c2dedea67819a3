import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Api } from './requests.js';

/** One item of a frame, as far as the drills look at it. */
export interface Item {
  type: string;
  cursor?: string;
  event?: { id: string; type: string };
}

export interface Socket {
  /** Every frame that came, in order. */
  frames: Item[][];
  events(): string[];
  /** The newest place to go on from. */
  cursor(): string | undefined;
  /** Resolves with the first item of the type, past or to come. */
  item(type: string, withinMs?: number): Promise<Item>;
  close(): void;
  closed: Promise<unknown>;
}

/** Opens a socket as a client does, and subscribes from the cursor, or from now on. */
export async function openSocket(url: string, api: Api, cursor?: string): Promise<Socket> {
  const answer = await api.call('POST', '/api/realtime/tickets');
  const ticket = JSON.parse(answer.body) as { url: string }; // the API's own schema
  const socket = new WebSocket(`${url.replace('http', 'ws')}${ticket.url}`);
  const frames: Item[][] = [];
  socket.on('message', (data) => frames.push(JSON.parse(String(data)) as Item[]));
  socket.on('error', () => {});
  const closed = once(socket, 'close');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'subscribe', ...(cursor ? { cursor } : {}) }));
  const items = () => frames.flat();
  return {
    frames,
    events: () => items().flatMap((item) => item.event?.id ?? []),
    cursor: () => items().findLast((item) => item.cursor !== undefined)?.cursor,
    async item(type, withinMs = 30_000) {
      for (const end = Date.now() + withinMs; Date.now() < end; ) {
        const found = items().find((item) => item.type === type);
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`No ${type} came within ${withinMs} ms`);
    },
    close: () => socket.close(),
    closed,
  };
}

/** The whole log by the API, page after page, from a cursor on. */
export async function readLog(api: Api, from?: string): Promise<{ ids: string[]; cursor: string }> {
  const ids: string[] = [];
  for (let cursor = from; ; ) {
    const query = `limit=100${cursor ? `&cursor=${cursor}` : ''}`;
    const page = await api.get<{ data: { id: string }[]; nextCursor: string; more: boolean; resyncRequired: boolean }>(
      `/api/events?${query}`,
    );
    if (page.resyncRequired) throw new Error('The log says that the cursor no longer stands');
    ids.push(...page.data.map((event) => event.id));
    cursor = page.nextCursor;
    if (!page.more) return { ids, cursor };
  }
}
