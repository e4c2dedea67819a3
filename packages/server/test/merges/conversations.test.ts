import { startWorkers, updateSettings } from '@tims/core';
import { forEachDatabase, textWebhook } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  addPerson,
  conversationAt,
  customerWrites,
  customerWritesAgain,
  openStage,
  type Person,
  type Stage,
  until,
  type Written,
} from '../stage/index.js';

forEachDatabase('conversations that are one', (open) => {
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

  const call = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object, as: Person = stage.admin) =>
    stage.call(method, path, { as, ...(body ? { body } : {}) });
  const page = async (id: string) => (await call('GET', `/api/conversations/${id}`)).body;
  const shown = async (id: string) => (await page(id)).conversation;
  const said = async (id: string): Promise<string[]> => {
    const { messages } = await page(id);
    return messages.map((message: { content: { text: string } }) => message.content.text).reverse();
  };
  const merge = (into: string, conversationId: string, as?: Person) =>
    call('POST', `/api/conversations/${into}/merge`, { conversationId }, as);
  const lastMerge = async (id: string) => (await call('GET', `/api/merges?conversationId=${id}`)).body.data[0];
  const undo = async (id: string) => call('POST', `/api/merges/${(await lastMerge(id)).id}/undo`);

  /** Two numbers of one person, whose contacts are linked. */
  const twoNumbers = async (): Promise<[Written, Written]> => {
    const one = await conversationAt(stage.tims, { assignee: agent.actor });
    const other = await customerWrites(stage.tims, 'From my other number');
    await call('POST', `/api/contacts/${one.contactId}/link`, { contactId: other.contactId });
    return [one, other];
  };

  it('hold what both said, in order; what comes in for either comes there; and are two again', async () => {
    const [one, other] = await twoNumbers();
    await call('POST', `/api/conversations/${other.id}/notes`, { text: 'Wants a call' });
    const { status, body } = await merge(one.id, other.id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: one.id, unreadCount: 2, assigneeId: agent.actor.id, lifecycle: 'open' });
    expect(await said(one.id)).toEqual(['From my other number', 'Hello']);
    expect(await shown(other.id)).toMatchObject({
      status: 'merged',
      mergedInto: one.id,
      unreadCount: 0,
      lastMessage: null,
    });
    expect((await call('GET', `/api/conversations/${one.id}/notes`)).body.data).toHaveLength(1);

    await customerWritesAgain(stage.tims, other);
    expect(await said(one.id)).toEqual(['More 0', 'From my other number', 'Hello']);
    // The number that wrote last is the one to answer.
    const sent = await call('POST', '/api/messages/send', { conversationId: one.id, text: 'Hi', force: true });
    expect(sent.status).toBe(201);

    expect((await undo(one.id)).status).toBe(200);
    expect(await said(other.id)).toEqual(['From my other number']);
    expect(await said(one.id)).toEqual(['Hi', 'More 0', 'Hello']);
    expect(await shown(other.id)).toMatchObject({
      status: 'closed',
      mergedInto: null,
      lastMessage: { preview: 'From my other number' },
    });
    expect((await call('GET', `/api/conversations/${other.id}/notes`)).body.data).toHaveLength(1);
    // And goes on by itself.
    await customerWritesAgain(stage.tims, other);
    expect(await said(other.id)).toEqual(['More 0', 'From my other number']);
    expect((await shown(other.id)).lifecycle).toBe('open');
  });

  it('of one thread: the older one goes on with it', async () => {
    const { tims } = stage;
    const { installation, organization } = tims;
    const first = await conversationAt(tims, { closed: true });
    const longAgo = installation.clock.now() - 48 * 3_600_000;
    await installation.storage
      .writer('conversations')
      .where({ organization_id: organization, id: first.id })
      .update({ closed_at: longAgo });
    const second = await customerWrites(tims, 'I am back', first.phone);
    expect(second.id).not.toBe(first.id);
    expect((await merge(first.id, second.id)).body).toMatchObject({ lifecycle: 'open', status: 'queued' });
    await customerWritesAgain(tims, first);
    expect(await said(first.id)).toEqual(['More 0', 'I am back', 'Hello']);
    await undo(first.id);
    expect(await said(second.id)).toEqual(['I am back']);
    await customerWritesAgain(tims, first);
    expect(await said(first.id)).toHaveLength(3);
  });

  it('begin anew in both threads when the one has come to its end', async () => {
    const { tims } = stage;
    const [one, other] = await twoNumbers();
    await merge(one.id, other.id);
    await call('POST', `/api/conversations/${one.id}/close`, { reason: 'resolved' });
    const { storage, clock } = tims.installation;
    const place = { organization_id: tims.organization, id: one.id };
    await storage
      .writer('conversations')
      .where(place)
      .update({ closed_at: clock.now() - 48 * 3_600_000 });
    const anew = await customerWrites(tims, 'Something else', other.phone);
    expect([one.id, other.id]).not.toContain(anew.id);
    const again = await customerWrites(tims, 'And here', one.phone);
    expect([one.id, other.id, anew.id]).not.toContain(again.id);
    expect((await customerWrites(tims, 'More', other.phone)).id).toBe(anew.id);
    // Somebody who writes to the number first finds what stands there by now.
    const sent = await call('POST', '/api/messages/send', {
      channelId: tims.channelId,
      to: `+${other.phone}`,
      text: 'Hi',
    });
    expect(sent.body.conversationId).toBe(anew.id);
  });

  it('are found under the one, and counted once', async () => {
    const { tims } = stage;
    const [one, other] = await twoNumbers();
    const word = `zebra${Date.now()}`;
    await tims.receive(textWebhook({ phoneNumberId: tims.phoneNumberId, from: other.phone, text: word }));
    await merge(one.id, other.id);
    await until(async () => {
      const { body } = await call('GET', `/api/search?q=${word}`);
      return body.data[0]?.conversationId === one.id;
    });
    const listed = (await call('GET', `/api/conversations?lifecycle=closed&contactId=${one.contactId}`)).body.data;
    expect(listed).toEqual([]);
    const drift = await until(async () => {
      const { countDrift, reading } = await import('@tims/core');
      const found = await countDrift(reading(tims.installation, tims.organization, { type: 'system', id: 'test' }));
      return found.length === 0;
    });
    expect(drift).toBe(true);
  });

  it('keep what was read as read, and what was not as unread', async () => {
    const [one, other] = await twoNumbers();
    await call('POST', `/api/conversations/${one.id}/read`, {}, agent);
    await merge(one.id, other.id);
    const mine = async () => {
      const { body } = await call('GET', `/api/conversations?ids=${one.id}`, undefined, agent);
      return body.data[0];
    };
    expect(await mine()).toMatchObject({ unreadCount: 1, myUnreadCount: 1 });
    await undo(one.id);
    expect(await mine()).toMatchObject({ unreadCount: 0, myUnreadCount: 0 });
  });

  it('through others come apart in the order in which they came together', async () => {
    const [one, other] = await twoNumbers();
    const third = await customerWrites(stage.tims, 'My third');
    await call('POST', `/api/contacts/${one.contactId}/link`, { contactId: third.contactId });
    await merge(other.id, third.id);
    await merge(one.id, other.id);
    expect(await said(one.id)).toHaveLength(3);
    await customerWritesAgain(stage.tims, third);
    expect(await said(one.id)).toHaveLength(4);
    const inner = (await call('GET', `/api/merges?conversationId=${third.id}`)).body.data[0];
    expect(await call('POST', `/api/merges/${inner.id}/undo`)).toMatchObject({ body: { code: 'merge_refused' } });
    await undo(one.id);
    expect(await said(other.id)).toEqual(['My third', 'From my other number']);
    expect((await call('POST', `/api/merges/${inner.id}/undo`)).status).toBe(200);
    expect(await said(other.id)).toEqual(['From my other number']);
    expect(await said(third.id)).toEqual(['My third']);
  });

  it('of thousands of messages are moved by a job', async () => {
    const { tims } = stage;
    const { storage } = tims.installation;
    const [one, other] = await twoNumbers();
    const place = { organization_id: tims.organization, conversation_id: other.id };
    const [row] = await storage.reader('messages').where(place);
    const { key: _key, ...message } = row;
    const copies = Array.from({ length: 1_100 }, (_, index) => ({
      ...message,
      id: `msg_${String(index).padStart(26, '0')}`,
      external_id: `copy ${index}`,
    }));
    await storage.dialect.bulkInsert(storage.writer, 'messages', copies);
    await merge(one.id, other.id);
    const left = async () => Number((await storage.reader('messages').where(place).count({ count: '*' }))[0]?.count);
    await until(async () => (await left()) === 0);
    await undo(one.id);
    await until(async () => (await left()) === 1_101);
    expect(await said(one.id)).toEqual(['Hello']);
  });

  it('are refused with another contact, to themselves, from another organization, and to who may not', async () => {
    const { tims } = stage;
    const [one, other] = await twoNumbers();
    const foreign = await customerWrites(tims);
    expect(await merge(one.id, foreign.id)).toMatchObject({ status: 409, body: { code: 'merge_refused' } });
    expect(await merge(one.id, one.id)).toMatchObject({ status: 409, body: { code: 'merge_refused' } });
    expect((await merge(one.id, (await customerWrites(stage.other)).id)).status).toBe(404);
    expect((await merge(one.id, other.id, agent)).status).toBe(403);
    await merge(one.id, other.id);
    for (const act of ['take', 'pending', 'reopen']) {
      expect(await call('POST', `/api/conversations/${other.id}/${act}`)).toMatchObject({
        status: 409,
        body: { code: 'conversation_merged', conversationId: one.id },
      });
    }
    expect(await call('POST', '/api/messages/send', { conversationId: other.id, text: 'Hi' })).toMatchObject({
      status: 409,
      body: { code: 'conversation_merged' },
    });
  });

  it('go on being numbered in order when they are merged while their customers write', async () => {
    const { tims } = stage;
    await updateSettings(tims.installation, tims.admin, { floodPerMinute: 1_000 });
    const [one, other] = await twoNumbers();
    await Promise.all([
      merge(one.id, other.id),
      ...Array.from({ length: 20 }, (_, index) => customerWritesAgain(tims, index % 2 ? one : other)),
    ]);
    await until(async () => (await said(one.id)).length === 22);
    expect(await said(other.id)).toEqual([]);
  }, 30_000);
});
