import { sendMessage, startWorkers } from '@tims/core';
import { addTestOrganization, forEachDatabase, startTestServer, type TestServer, testAppSecret } from '@tims/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { anotherNode, newConversations, onlyRow, rows, type Stage, until } from './stage.js';

forEachDatabase('the outbox', (open) => {
  let server: TestServer;
  let tims: Stage;
  const states = async () => (await rows(tims, 'messages', { direction: 'outbound' })).map((row) => row.state);

  beforeAll(async () => {
    const database = await open();
    server = await startTestServer(database, { accessToken: 'simulated-access-token' });
    tims = { ...server.tims, database };
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    await server.simulator.clearFaults();
    await server.simulator.configure({ pairBurst: 0, throughputPerSecond: 0, statuses: false, closedWindow: 'off' });
  });

  it('sends in order within a conversation, one at a time', async () => {
    const { seq } = await lastSend(server);
    const [conversationId] = await newConversations(tims, 1);
    const texts = Array.from({ length: 12 }, (_, index) => `line ${index}`);
    const delayMs = 30;
    await server.simulator.fault({ kind: 'late', next: texts.length, delayMs });
    for (const text of texts)
      await sendMessage(tims.installation, tims.admin, { conversationId: conversationId ?? '', text });
    const sends = await sent(server, seq, texts.length);
    expect(sends.map((send) => textOf(send.body))).toEqual(texts);
    // Each is answered `delayMs` after it was accepted, and only then does the next one leave.
    const gaps = sends.slice(1).map((send, index) => send.at - (sends[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(delayMs - 1);
  });

  it('sends many conversations at once, each committed as `sending` before its call', async () => {
    const { seq } = await lastSend(server);
    const ids = await newConversations(tims, 10);
    await server.simulator.fault({ kind: 'late', next: 10, delayMs: 1_500 });
    const messages = await Promise.all(
      ids.map((conversationId) => sendMessage(tims.installation, tims.admin, { conversationId, text: 'Hi' })),
    );
    await sent(server, seq, 10);
    // The provider has all ten and has answered none.
    const inFlight = await rows(tims, 'outbox', { state: 'sending' });
    expect(inFlight.map((row) => row.message_id).sort()).toEqual(messages.map((message) => message.id).sort());
    expect(inFlight.every((row) => row.lease_until > Date.now())).toBe(true);
    await until('all are recorded', async () => (await states()).every((state) => state === 'sent'));
    expect(await rows(tims, 'outbox')).toEqual([]);
  });

  it('tries again later what may be tried again, and says of the rest what it came to', async () => {
    const kinds: [Parameters<TestServer['simulator']['fault']>[0], string, string | null, number][] = [
      [{ kind: 'meta_error', code: 131000 }, 'sent', null, 1],
      [{ kind: 'meta_error', code: 130429 }, 'sent', null, 1],
      [{ kind: 'meta_error', code: 131047 }, 'failed', 'window_closed', 0],
      [{ kind: 'meta_error', code: 131026 }, 'failed', 'recipient_blocked', 0],
      [{ kind: 'meta_error', code: 190 }, 'failed', 'credentials', 0],
      [{ kind: 'meta_error', code: 100 }, 'failed', 'rejected', 0],
      [{ kind: 'http', status: 502 }, 'unknown', 'unknown', 0],
      [{ kind: 'drop_before' }, 'unknown', 'unknown', 0],
      [{ kind: 'drop_after' }, 'unknown', 'unknown', 1],
      [{ kind: 'unreadable' }, 'unknown', 'unknown', 1],
    ];
    for (const [fault, state, kind, calls] of kinds) {
      const { seq } = await lastSend(server);
      const [conversationId = ''] = await newConversations(tims, 1);
      await server.simulator.fault(fault);
      const { id } = await sendMessage(tims.installation, tims.admin, { conversationId, text: 'Hi' });
      await until(
        `${JSON.stringify(fault)} is ${state}`,
        async () => (await onlyRow(tims, 'messages', { id })).state === state,
      );
      const { error } = await onlyRow(tims, 'messages', { id });
      expect(error && JSON.parse(error).kind, JSON.stringify(fault)).toBe(kind);
      expect(await sent(server, seq, calls)).toHaveLength(calls);
      expect(await rows(tims, 'outbox', { message_id: id })).toEqual([]);
    }
  });

  it('waits longer after each failure, and gives up after six', async () => {
    const [conversationId = ''] = await newConversations(tims, 1);
    await server.simulator.fault({ kind: 'meta_error', code: 131000, next: 1 });
    const { id } = await sendMessage(tims.installation, tims.admin, { conversationId, text: 'Hi' });
    const row = await until(
      'it failed once',
      async () => (await rows(tims, 'outbox', { message_id: id, attempts: 1, state: 'queued' }))[0],
    );
    expect(row.run_at).toBeGreaterThan((await onlyRow(tims, 'messages', { id })).sent_at + 900);
    expect((await onlyRow(tims, 'messages', { id })).state).toBe('queued');
    await until('it is sent', async () => (await onlyRow(tims, 'messages', { id })).state === 'sent');

    await server.simulator.fault({ kind: 'meta_error', code: 131000, next: 1 });
    const again = await sendMessage(tims.installation, tims.admin, { conversationId, text: 'Ho' });
    await tims.installation.storage.writer('outbox').where('message_id', again.id).update({ attempts: 5 });
    await until(
      'it has failed for good',
      async () => (await onlyRow(tims, 'messages', { id: again.id })).state === 'failed',
    );
  });

  it('holds back only the conversation that a rate limit is about', async () => {
    const { seq } = await lastSend(server);
    await server.simulator.configure({ pairBurst: 1, pairRefillMs: 60_000 });
    const [slow = '', other = ''] = await newConversations(tims, 2);
    const first = await sendMessage(tims.installation, tims.admin, { conversationId: slow, text: 'one' });
    const second = await sendMessage(tims.installation, tims.admin, { conversationId: slow, text: 'two' });
    const third = await sendMessage(tims.installation, tims.admin, { conversationId: slow, text: 'three' });
    await until('the second is held back', async () =>
      (await rows(tims, 'outbox', { message_id: second.id })).some((row) => row.run_at > Date.now() + 3_000),
    );
    const elsewhere = await sendMessage(tims.installation, tims.admin, { conversationId: other, text: 'elsewhere' });
    await until(
      'the other is sent',
      async () => (await onlyRow(tims, 'messages', { id: elsewhere.id })).state === 'sent',
    );
    expect((await sent(server, seq, 2)).map((send) => send.reference)).toEqual([first.id, elsewhere.id]);
    for (const { id } of [second, third]) expect((await onlyRow(tims, 'messages', { id })).state).toBe('queued');
    await server.simulator.configure({ pairBurst: 0 });
    await tims.installation.storage.writer('outbox').where('message_id', second.id).update({ run_at: Date.now() });
    expect((await sent(server, seq, 4)).slice(2).map((send) => send.reference)).toEqual([second.id, third.id]);
  });

  it('calls the provider once for twenty requests with one key whose answers are cut off', async () => {
    const { seq } = await lastSend(server);
    const [conversationId = ''] = await newConversations(tims, 1);
    const token = await server.tokenOf(tims.admin);
    const request = (ms: number) =>
      fetch(`${server.url}/api/messages/send`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': 'one-send',
        },
        body: JSON.stringify({ conversationId, text: 'Once' }),
        signal: AbortSignal.timeout(ms),
      });
    await Promise.allSettled(Array.from({ length: 10 }, (_, index) => request(1 + index)));
    for (let index = 0; index < 9; index++) await request(1 + 2 * index).catch(() => undefined);
    const answer = await request(10_000);
    expect(answer.status).toBe(201);
    const [message, ...more] = await rows(tims, 'messages', { conversation_id: conversationId, direction: 'outbound' });
    expect(more).toEqual([]);
    await until('it is sent', async () => (await onlyRow(tims, 'messages', { id: message?.id })).state === 'sent');
    expect(await sent(server, seq, 1)).toHaveLength(1);
  });

  it('lets no organization wait behind another’s long queue at a slow provider', async () => {
    const theirs = await addTestOrganization(tims.installation, async () => {}, {
      accessToken: 'simulated-access-token',
    });
    const them: Stage = { ...theirs, database: tims.database };
    await server.simulator.registerNumber({
      phoneNumberId: them.phoneNumberId,
      webhookUrl: `${server.url}/api/webhook/whatsapp`,
      appSecret: testAppSecret,
    });
    const { seq } = await lastSend(server);
    const ids = await newConversations(tims, 80);
    const [theirId = ''] = await newConversations(them, 1);
    await server.simulator.fault({ kind: 'late', next: 80, delayMs: 500, phoneNumberId: tims.phoneNumberId });
    await Promise.all(
      ids.map((conversationId) => sendMessage(tims.installation, tims.admin, { conversationId, text: 'Hi' })),
    );
    const { id } = await sendMessage(them.installation, them.admin, { conversationId: theirId, text: 'Theirs' });
    const sends = await sent(server, seq, 81);
    expect(sends.findIndex((send) => send.reference === id)).toBeLessThan(60);
  });

  it('sends nothing twice when two servers work through one queue', async () => {
    const { seq } = await lastSend(server);
    const other = await anotherNode(tims);
    const workers = startWorkers(other.installation);
    const ids = await newConversations(tims, 40);
    await Promise.all(
      [...ids, ...ids].map((conversationId) =>
        sendMessage(other.installation, tims.admin, { conversationId, text: 'Hi' }),
      ),
    );
    const sends = await sent(server, seq, 80);
    await until('all are recorded', async () => (await rows(tims, 'outbox')).length === 0);
    await workers.stop();
    await other.close();
    expect(new Set(sends.map((send) => send.reference)).size).toBe(80);
    expect((await server.simulator.sends({ after: seq })).sends).toHaveLength(80);
  });
});

async function lastSend({ simulator }: TestServer): Promise<{ seq: number }> {
  return { seq: (await simulator.sends({ limit: 1 })).count };
}

/** The sends after a place, once there are at least so many. */
function sent({ simulator }: TestServer, after: number, count: number) {
  return until(`${count} sends`, async () => {
    const { sends } = await simulator.sends({ after });
    return sends.length >= count ? sends : undefined;
  });
}

function textOf(body: Record<string, unknown>): unknown {
  return (body.text as { body?: string } | undefined)?.body; // as the adapter sends it
}
