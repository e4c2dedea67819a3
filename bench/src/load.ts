import { connect } from 'node:net';

/** Sends prepared requests over so many connections, each waiting for its answer; answers with how long it all took. */
export async function closedLoop(port: number, requests: readonly Buffer[], connections: number): Promise<number> {
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const connection = await openConnection(port);
      for (let request = requests[next++]; request; request = requests[next++]) {
        const status = await connection.send(request);
        if (status !== 200) throw new Error(`A webhook was answered with ${status}`);
      }
      connection.close();
    }),
  );
  return (performance.now() - started) / 1000;
}

/** A POST as the bytes that go over the wire: the load costs the machine as little as it can. */
export function post(path: string, headers: Record<string, string>, body: Buffer): Buffer {
  const lines = Object.entries({ host: '127.0.0.1', ...headers, 'content-length': String(body.length) });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${head}\r\n`), body]);
}

export interface Connection {
  /** Resolves with the status of the answer. One at a time. */
  send(request: Buffer): Promise<number>;
  close(): void;
}

export async function openConnection(port: number): Promise<Connection> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true);
  let waiting: { resolve(status: number): void; reject(error: Error): void } | undefined;
  let received = '';
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  socket.on('error', (error) => waiting?.reject(error));
  socket.on('close', () => waiting?.reject(new Error('The server closed the connection')));
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1');
    const end = received.indexOf('\r\n\r\n');
    if (end === -1) return;
    const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
    if (received.length < end + 4 + length) return;
    const status = Number(received.slice(9, 12));
    received = '';
    const done = waiting;
    waiting = undefined;
    done?.resolve(status);
  });
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => {
      waiting = undefined;
      socket.destroy();
    },
  };
}
