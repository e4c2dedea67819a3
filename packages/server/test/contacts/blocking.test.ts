import { startWorkers, updateSettings } from '@tims/core';
import { forEachDatabase, textWebhook } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  addPerson,
  conversationAt,
  customerWritesAgain,
  newPhone,
  openStage,
  type Person,
  type Stage,
  until,
} from '../stage/index.js';

forEachDatabase('a blocked contact', (open) => {
  let stage: Stage;
  let agent: Person;
  let workers: ReturnType<typeof startWorkers>;
  beforeAll(async () => {
    stage = await openStage(await open());
    agent = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
    workers = startWorkers(stage.tims.installation);
  });
  afterAll(async () => {
    await workers.stop();
    await stage.close();
  });

  const block = (id: string, blocked = true, as = stage.admin) =>
    stage.call('PATCH', `/api/contacts/${id}`, { as, body: { blocked } });
  const page = async (id: string) => (await stage.call('GET', `/api/conversations/${id}`, { as: stage.admin })).body;
  const watched = async () => {
    const written = await conversationAt(stage.tims, { assignee: agent.actor });
    const path = `/api/conversations/${written.id}/participants`;
    await stage.call('POST', path, { as: stage.admin, body: { userId: agent.actor.id } });
    return written;
  };
  /** The conversations with a message that the agent was told of and has not read. */
  const told = async () => {
    const { body } = await stage.call('GET', '/api/notifications?unread=true', { as: agent });
    const all: { kind: string; conversationId: string }[] = body.data;
    return all.flatMap(({ kind, conversationId }) => (kind === 'message' ? conversationId : []));
  };

  it('closes what goes on with them, whoever has it', async () => {
    const { tims } = stage;
    const written = await conversationAt(tims, { assignee: agent.actor });
    expect((await block(written.contactId, true, agent)).body.blockedAt).toEqual(expect.any(String));
    expect((await page(written.id)).conversation).toMatchObject({
      status: 'closed',
      closeReason: 'blocked',
      unreadCount: 0,
      waitingSince: null,
    });
    const { body } = await stage.call('GET', `/api/activities?entityId=${written.contactId}`, { as: stage.admin });
    expect(body.data[0]).toMatchObject({ action: 'contacts.update', data: { blocked: true, also: [written.id] } });
  });

  it('is heard by nobody, and nothing that they write is lost', async () => {
    const { tims } = stage;
    const [written, other] = [await watched(), await watched()];
    await customerWritesAgain(tims, written);
    await customerWritesAgain(tims, other);
    await until(async () => (await told()).length === 2);
    await stage.call('POST', '/api/notifications/read', { as: agent, body: { all: true } });
    await block(written.contactId);
    const before = (await page(written.id)).conversation;
    const { asOf } = (await stage.call('GET', '/api/conversations', { as: stage.admin })).body;
    await customerWritesAgain(tims, written, 40);
    const { conversation, messages } = await page(written.id);
    expect(conversation).toMatchObject({
      status: 'closed',
      unreadCount: 0,
      myUnreadCount: 0,
      waitingSince: null,
      floodedAt: null,
      lastActivityAt: before.lastActivityAt,
      lastMessage: { preview: 'More 39' },
    });
    expect(messages).toHaveLength(42);
    expect(messages.filter((one: { blocked: boolean }) => one.blocked)).toHaveLength(40);
    const events = (await stage.call('GET', `/api/events?cursor=${asOf}&limit=100`, { as: stage.admin })).body.data;
    expect(new Set(events.map(({ type }: { type: string }) => type))).toEqual(new Set(['message.created']));
    expect(events[0].changes).toEqual({ blocked: true });
    // Whoever is told of what came after has been passed by all that came before.
    await customerWritesAgain(tims, other);
    await until(async () => (await told()).length > 0);
    expect(await told()).toEqual([other.id]);
  });

  it('who writes anew on a channel lands closed, in one conversation, in no queue', async () => {
    const { tims } = stage;
    const { channelId } = tims;
    const from = newPhone();
    const body = { name: 'Spammer', identities: [{ channelId, address: `+${from}` }] };
    const { id } = (await stage.call('POST', '/api/contacts', { as: stage.admin, body })).body;
    await block(id);
    await updateSettings(tims.installation, tims.admin, { channelFloodPerMinute: 1 });
    for (const text of ['Buy', 'this', 'now'])
      await tims.receive(textWebhook({ phoneNumberId: tims.phoneNumberId, from, text }));
    const conversations = await stage.call('GET', `/api/contacts/${id}/conversations`, { as: stage.admin });
    expect(conversations.body.data).toMatchObject([
      { status: 'closed', closeReason: 'blocked', unreadCount: 0, lastMessage: { preview: 'now' } },
    ]);
    // They take nobody's place among those who may still begin.
    const [next] = [await conversationAt(tims)];
    expect((await page(next.id)).conversation).toMatchObject({ status: 'queued', floodedAt: null });
    await updateSettings(tims.installation, tims.admin, { channelFloodPerMinute: 0 });
  });

  it('is not written to', async () => {
    const { tims } = stage;
    const written = await conversationAt(tims, { assignee: agent.actor });
    await block(written.contactId);
    const say = (body: object) => stage.call('POST', '/api/messages', { as: stage.admin, body });
    const refusal = { status: 409, body: { code: 'contact_blocked' } };
    expect(await say({ conversationId: written.id, text: 'Hello' })).toMatchObject(refusal);
    expect(await say({ channelId: tims.channelId, to: `+${written.phone}`, text: 'Hello' })).toMatchObject(refusal);
    await stage.call('POST', `/api/conversations/${written.id}/reopen`, { as: stage.admin });
    expect(await say({ conversationId: written.id, text: 'Hello' })).toMatchObject(refusal);
    expect((await page(written.id)).canSend).toEqual({
      allowed: [],
      reason: 'The contact is blocked',
      windowEndsAt: null,
    });
    // What was opened by hand ends with their next word.
    await customerWritesAgain(tims, written);
    expect((await page(written.id)).conversation).toMatchObject({ status: 'closed', unreadCount: 0 });
  });

  it('is heard again when they are unblocked', async () => {
    const { tims } = stage;
    const written = await conversationAt(tims, { assignee: agent.actor });
    await block(written.contactId);
    await customerWritesAgain(tims, written, 2);
    expect((await block(written.contactId, false)).body.blockedAt).toBeNull();
    await customerWritesAgain(tims, written);
    const { conversation, messages } = await page(written.id);
    expect(conversation).toMatchObject({ status: 'queued', unreadCount: 1 });
    expect(messages.map((one: { blocked: boolean }) => one.blocked)).toEqual([false, true, true, false]);
    const sent = await stage.call('POST', '/api/messages', {
      as: stage.admin,
      body: { conversationId: written.id, text: 'Hello again', force: true },
    });
    expect(sent.status).toBe(201);
    const read = await stage.call('POST', `/api/conversations/${written.id}/read`, {
      as: stage.admin,
      body: { messageId: messages[0].id },
    });
    expect(read.body).toEqual({ unreadCount: 1, myUnreadCount: 1 });
  });

  it('costs ingest no statement more', async () => {
    const { tims } = stage;
    const [blocked, heard] = [await conversationAt(tims), await conversationAt(tims)];
    await block(blocked.contactId);
    await customerWritesAgain(tims, blocked);
    await customerWritesAgain(tims, heard);
    const statements = async (one: typeof blocked) => {
      let count = 0;
      const { writer } = tims.installation.storage;
      const listen = () => count++;
      writer.on('query', listen);
      await customerWritesAgain(tims, one);
      writer.removeListener('query', listen);
      return count;
    };
    expect(await statements(blocked)).toBeLessThanOrEqual(await statements(heard));
  });
});
