import { WebSocket } from 'ws';

/** The open sockets of the crowd, and when each conversation's next message reached them. */
export interface Sockets {
  /** Starts waiting for the conversation's next message, due at this moment (performance.now()). */
  expect(conversationId: string, dueAt: number): void;
  /** Milliseconds from due to frame, one for each socket that got it. */
  readonly delays: number[];
  frames(): number;
  /** Messages that were expected and that nobody has seen so far. */
  unseen(): number;
  close(): void;
}

interface Item {
  type: string;
  event?: { type: string; conversationId?: string; changes?: { direction?: string } };
}

export async function openSockets(port: number, tokens: readonly string[]): Promise<Sockets> {
  const due = new Map<string, { at: number; seen: boolean }>();
  let unseen = 0;
  const delays: number[] = [];
  let frames = 0;
  const read = (data: string): void => {
    frames++;
    const now = performance.now();
    // Frames of the server's own protocol.
    for (const { event } of JSON.parse(data) as Item[]) {
      if (event?.type !== 'message.created' || event.changes?.direction === 'outbound') continue;
      const expected = due.get(event.conversationId ?? '');
      if (!expected) continue;
      delays.push(now - expected.at);
      if (!expected.seen) unseen--;
      expected.seen = true;
    }
  };
  const sockets = await Promise.all(tokens.map((token) => openSocket(port, token, read)));
  return {
    delays,
    frames: () => frames,
    unseen: () => unseen,
    expect: (conversationId, at) => {
      due.set(conversationId, { at, seen: false });
      unseen++;
    },
    close: () => {
      for (const socket of sockets) socket.terminate();
    },
  };
}

async function openSocket(port: number, token: string, read: (data: string) => void): Promise<WebSocket> {
  const response = await fetch(`http://127.0.0.1:${port}/api/realtime/tickets`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  const { url } = (await response.json()) as { url: string };
  const socket = new WebSocket(`ws://127.0.0.1:${port}${url}`);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.send(JSON.stringify({ type: 'subscribe' }));
  await new Promise((resolve) => socket.once('message', resolve));
  socket.on('message', (data) => read(String(data)));
  return socket;
}
