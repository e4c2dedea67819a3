import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, conversationAt, customerWritesAgain, openStage, type Person, type Stage } from '../stage/index.js';

forEachDatabase('what is unread', (open) => {
  let stage: Stage;
  let agent: Person;
  beforeAll(async () => {
    stage = await openStage(await open());
    agent = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
  });
  afterAll(() => stage.close());

  const unread = async (id: string, as: Person) => {
    const { body } = await stage.call('GET', `/api/conversations?ids=${id}`, { as });
    return [body.data[0].unreadCount, body.data[0].myUnreadCount];
  };
  const read = (id: string, as: Person, messageId?: string) =>
    stage.call('POST', `/api/conversations/${id}/read`, { as, body: messageId ? { messageId } : {} });

  it('is told for the team and for each of them', async () => {
    const { tims, admin } = stage;
    const written = await conversationAt(tims, { assignee: agent.actor });
    await customerWritesAgain(tims, written, 4);
    expect(await unread(written.id, admin)).toEqual([5, 5]);
    expect((await read(written.id, admin)).body).toEqual({ unreadCount: 0, myUnreadCount: 0 });
    // The team has read; whoever has it assigned has not.
    expect(await unread(written.id, admin)).toEqual([0, 0]);
    expect(await unread(written.id, agent)).toEqual([0, 5]);
    await customerWritesAgain(tims, written, 2);
    expect(await unread(written.id, admin)).toEqual([2, 2]);
    expect(await unread(written.id, agent)).toEqual([2, 7]);
    expect((await read(written.id, agent, written.messageId)).body).toEqual({ unreadCount: 2, myUnreadCount: 6 });
    await read(written.id, agent);
    expect(await unread(written.id, agent)).toEqual([0, 0]);
    expect(await unread(written.id, admin)).toEqual([0, 2]);
  });

  it('only ever becomes less by reading: an older mark changes nothing', async () => {
    const { tims, admin } = stage;
    const written = await conversationAt(tims);
    await customerWritesAgain(tims, written, 2);
    await read(written.id, admin);
    const { body: before } = await stage.call('GET', '/api/events?limit=1', { as: admin });
    expect((await read(written.id, admin, written.messageId)).body.unreadCount).toBe(0);
    expect(await unread(written.id, admin)).toEqual([0, 0]);
    expect((await stage.call('GET', '/api/events?limit=1', { as: admin })).body.asOf).toBe(before.asOf);
  });

  it('is not what colleagues do, and does not move the list', async () => {
    const { tims, admin, call } = stage;
    const written = await conversationAt(tims);
    await read(written.id, admin);
    const at = async () => (await call('GET', `/api/conversations?ids=${written.id}`, { as: admin })).body.data[0];
    const { lastActivityAt } = await at();
    const { body: tags } = await call('GET', '/api/tags', { as: admin });
    await call('POST', `/api/conversations/${written.id}/tags`, { as: admin, body: { tagId: tags.data[0].id } });
    await call('POST', `/api/conversations/${written.id}/assign`, { as: admin, body: { assigneeId: agent.actor.id } });
    await call('POST', `/api/conversations/${written.id}/pending`, { as: admin });
    expect(await at()).toMatchObject({ lastActivityAt, unreadCount: 0, status: 'pending' });
  });

  it('is told to the reader’s other devices, also where the team has read before', async () => {
    const { tims, admin, call } = stage;
    const written = await conversationAt(tims, { assignee: agent.actor });
    await read(written.id, admin);
    const { body } = await call('GET', `/api/conversations?ids=${written.id}`, { as: agent });
    await read(written.id, agent);
    const { body: events } = await call('GET', `/api/events?cursor=${body.asOf}`, { as: agent });
    expect(events.data).toMatchObject([
      { type: 'conversation.read', actor: { id: agent.actor.id }, conversationVersion: body.data[0].version + 1 },
    ]);
  });
});
