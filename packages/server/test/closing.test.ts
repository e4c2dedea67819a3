import { request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { openSqlite } from '@tims/testing';
import { expect, it } from 'vitest';
import { openStage } from './stage/index.js';

it('waits for requests, and for no connection that is merely open', { timeout: 20_000 }, async () => {
  const stage = await openStage(await openSqlite());
  await stage.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = stage.app.server.address() as AddressInfo; // it listens on TCP
  const silent = connect(port, '127.0.0.1');
  await new Promise((resolve) => silent.once('connect', resolve));
  // Under way when the server stops, and kept alive by its client afterwards.
  const answered = new Promise<number | undefined>((resolve, reject) => {
    const slow = request({ port, host: '127.0.0.1', path: '/api/auth/login', method: 'POST', headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    slow.on('error', reject).write('{"email":');
    setTimeout(() => slow.end('"nobody@example.com","password":"wrong horse"}'), 500);
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  const started = Date.now();
  await stage.close();
  expect(Date.now() - started).toBeLessThan(10_000);
  expect(await answered).toBe(401);
  silent.destroy();
});

const headers = { 'content-type': 'application/json', connection: 'keep-alive' };
