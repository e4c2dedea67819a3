import { forEachDatabase, startTestServer, type TestServer } from '@tims/testing';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Item } from './realtime/reader.js';
import { until } from './stage/until.js';

async function call(server: TestServer, token: string, method: string, path: string, body?: object) {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what the schema promises; the schemas are checked elsewhere.
  return { status: response.status, body: (await response.json()) as any };
}

forEachDatabase('the life of a message', (open) => {
  it('goes from a customer’s webhook to an agent’s reply that is read, live over the socket', async () => {
    const server = await startTestServer(await open());
    const { tims, simulator } = server;
    const token = await server.tokenOf(tims.admin);
    const { body: ticket } = await call(server, token, 'POST', '/api/realtime/tickets');
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}${ticket.url}`);
    const items: Item[] = [];
    socket.on('message', (data) => items.push(...JSON.parse(String(data))));
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ type: 'subscribe' }));
    await until(() => items.some((item) => item.type === 'ready'));

    await simulator.write({
      phoneNumberId: tims.phoneNumberId,
      from: { phone: '60123456701', name: 'Aisyah' },
      text: 'Hello',
    });
    const conversation = await until(async () => {
      const { body } = await call(server, token, 'GET', '/api/conversations?status=queued');
      return body.data[0];
    });
    expect(conversation).toMatchObject({ unreadCount: 1, lastMessage: { preview: 'Hello' } });
    const taken = await call(server, token, 'POST', `/api/conversations/${conversation.id}/take`);
    expect(taken.body).toMatchObject({ status: 'assigned', assigneeId: tims.admin.id });
    const sent = await call(server, token, 'POST', '/api/messages/send', {
      conversationId: conversation.id,
      text: 'Hi!',
    });
    expect(sent).toMatchObject({ status: 201, body: { state: 'queued' } });
    await until(async () => {
      const { body } = await call(server, token, 'GET', `/api/conversations/${conversation.id}`);
      return body.messages.at(-1).state === 'read';
    });
    // REST may know before the socket has told.
    const states = () =>
      items.flatMap(({ event }) => (event?.entityId === sent.body.id && event?.changes?.state) || []);
    await until(() => states().includes('read'));
    const closed = await call(server, token, 'POST', `/api/conversations/${conversation.id}/close`, {
      reason: 'resolved',
    });
    expect(closed.body).toMatchObject({ status: 'closed', closeReason: 'resolved' });
    socket.close();
    await server.close();
  });
});
