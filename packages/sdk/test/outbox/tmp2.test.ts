import { connect } from 'node:net';
import { once } from 'node:events';
import { openSqlite, startTestServer } from '@tims/testing';
import { it } from 'vitest';
it('closes', async () => {
  const server = await startTestServer(await openSqlite());
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  await new Promise((r) => setTimeout(r, 100));
  const t = performance.now();
  await server.close();
  process.stderr.write(`closing took ${performance.now() - t}\n`);
}, 120000);
