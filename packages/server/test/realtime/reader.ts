import { WebSocket } from 'ws';
import { type Person, type Stage, until } from '../stage/index.js';

/** An item as the protocol has it; which members it has depends on its type. */
export interface Item {
  type: string;
  cursor?: string;
  conversationId?: string;
  userId?: string;
  userIds?: string[];
  state?: string;
  on?: boolean;
  lastSeenAt?: string;
  event?: {
    id: string;
    type: string;
    entityId: string;
    conversationId?: string;
    changes?: { state?: string[] };
    cursor: string;
  };
}

/** A socket that keeps what it was told. */
export interface Reader {
  items: Item[];
  /** Set when the socket has closed. */
  closed: { code: number; reason: string } | undefined;
  send(message: unknown): void;
  /** Subscribes and waits until the server has caught up or refused the cursor. */
  subscribe(cursor?: string): Promise<Item>;
  events(): NonNullable<Item['event']>[];
  cursor(): string;
  close(): void;
  socket: WebSocket;
}

export interface Connection {
  url: string;
  ticket?: string;
  origin?: string;
}

export async function ticketOf({ call }: Stage, person: Person): Promise<string> {
  return (await call('POST', '/api/realtime/tickets', { as: person })).body.ticket;
}

export async function connect(stage: Stage & { url: string }, person: Person): Promise<Reader> {
  return open({ url: stage.url, ticket: await ticketOf(stage, person) });
}

/** @throws Error with the status when the server refuses the upgrade. */
export async function open({ url, ticket = '', origin }: Connection): Promise<Reader> {
  const address = `${url.replace('http', 'ws')}/api/realtime?ticket=${encodeURIComponent(ticket)}`;
  const socket = new WebSocket(address, origin === undefined ? {} : { origin });
  const reader: Reader = {
    items: [],
    closed: undefined,
    socket,
    send: (message) =>
      socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message)),
    async subscribe(cursor) {
      const before = reader.items.length;
      reader.send({ type: 'subscribe', ...(cursor === undefined ? {} : { cursor }) });
      return until(() => reader.items.slice(before).find(({ type }) => type === 'ready' || type === 'resync_required'));
    },
    events: () => reader.items.flatMap(({ event }) => event ?? []),
    cursor: () => reader.items.flatMap((item) => item.cursor ?? []).at(-1) ?? '',
    close: () => socket.close(),
  };
  socket.on('message', (data) => {
    const frame: unknown = JSON.parse(String(data));
    if (!Array.isArray(frame)) throw new Error(`A frame is an array, not ${data}`);
    reader.items.push(...frame);
  });
  socket.on('close', (code, reason) => {
    reader.closed = { code, reason: String(reason) };
  });
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  return reader;
}
