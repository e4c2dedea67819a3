import { assignConversation, startWorkers, type Workers } from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect } from '../realtime/reader.js';
import {
  addPerson,
  conversationAt,
  customerWritesAgain,
  openStage,
  type Person,
  type Stage,
  until,
} from '../stage/index.js';
import { addLead, pagesOf } from './people.js';

forEachDatabase('notifications', (open) => {
  let stage: Stage & { url: string };
  let workers: Workers;
  let agent: Person;
  let lead: Person;

  beforeAll(async () => {
    const opened = await openStage(await open());
    stage = { ...opened, url: await opened.app.listen({ port: 0, host: '127.0.0.1' }) };
    workers = startWorkers(stage.tims.installation);
    agent = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
    lead = await addLead(stage, 'assistant_manager', [stage.tims.teamId]);
  });
  afterAll(async () => {
    await workers.stop();
    await stage.close();
  });

  const of = (person: Person) => pagesOf(stage.call, '/api/notifications', person, 100);
  const about = async (person: Person, conversationId: string, kind: string) =>
    (await of(person)).filter((one) => one.conversationId === conversationId && one.kind === kind);
  const readAll = (as: Person) => stage.call('POST', '/api/notifications/read', { as, body: { all: true } });

  it('tell of a mention once, also when the note is changed, and never the one who wrote it', async () => {
    const { id } = await conversationAt(stage.tims, { assignee: agent.actor });
    const body = { text: 'Look', mentions: [lead.actor.id, agent.actor.id] };
    const { body: note } = await stage.call('POST', `/api/conversations/${id}/notes`, { as: agent, body });
    await until(async () => (await about(lead, id, 'mention')).length === 1);
    await stage.call('PATCH', `/api/notes/${note.id}`, { as: agent, body: { text: 'Look here', pinned: true } });
    const other = { text: 'Now you', mentions: [stage.admin.actor.id] };
    await stage.call('POST', `/api/conversations/${id}/notes`, { as: agent, body: other });
    await until(async () => (await about(stage.admin, id, 'mention')).length === 1);
    expect(await about(lead, id, 'mention')).toMatchObject([
      { entityId: note.id, actor: { type: 'user', id: agent.actor.id }, readAt: null },
    ]);
    expect(await about(agent, id, 'mention')).toEqual([]);
  });

  it('tell of each assignment by somebody else, and of none that one makes oneself', async () => {
    const { installation } = stage.tims;
    const { id } = await conversationAt(stage.tims, { assignee: agent.actor });
    await until(async () => (await about(agent, id, 'assignment')).length === 1);
    await assignConversation(installation, agent.actor, { id, assigneeId: lead.actor.id });
    await assignConversation(installation, lead.actor, { id, assigneeId: agent.actor.id });
    await until(async () => (await about(agent, id, 'assignment')).length === 2);
    expect(await about(lead, id, 'assignment')).toHaveLength(1);
    const own = await conversationAt(stage.tims);
    await stage.call('POST', `/api/conversations/${own.id}/take`, { as: agent });
    const next = await conversationAt(stage.tims, { assignee: agent.actor });
    await until(async () => (await about(agent, next.id, 'assignment')).length === 1);
    expect(await about(agent, own.id, 'assignment')).toEqual([]);
  });

  it('tell who watches that the customer wrote: once until it is read, and no more when it is out of sight', async () => {
    const { tims } = stage;
    const written = await conversationAt(tims, { assignee: agent.actor });
    const path = `/api/conversations/${written.id}/participants`;
    expect((await stage.call('POST', path, { as: lead, body: { userId: lead.actor.id } })).status).toBe(201);
    await customerWritesAgain(tims, written, 3);
    await until(async () => (await about(lead, written.id, 'message')).length === 1);
    await customerWritesAgain(tims, written);
    const marker = await conversationAt(tims, { assignee: lead.actor });
    await until(async () => (await about(lead, marker.id, 'assignment')).length === 1);
    expect(await about(lead, written.id, 'message')).toHaveLength(1);
    await readAll(lead);
    await customerWritesAgain(tims, written);
    await until(async () => (await about(lead, written.id, 'message')).length === 2);
    await readAll(lead);

    await assignConversation(tims.installation, tims.admin, { id: written.id, teamId: await tims.addTeam('vip') });
    await customerWritesAgain(tims, written);
    const another = await conversationAt(tims, { assignee: lead.actor });
    await until(async () => (await about(lead, another.id, 'assignment')).length === 1);
    expect(await about(lead, written.id, 'message')).toHaveLength(2);
    // Whoever no longer sees it can still stop to watch it.
    expect((await stage.call('DELETE', `${path}/${lead.actor.id}`, { as: lead })).status).toBe(204);
  });

  it('are read one, up to one, or all, which the reader’s other devices are told of and nobody else', async () => {
    await readAll(agent);
    const [one, two, three] = [
      await conversationAt(stage.tims, { assignee: agent.actor }),
      await conversationAt(stage.tims, { assignee: agent.actor }),
      await conversationAt(stage.tims, { assignee: agent.actor }),
    ];
    await until(async () => (await about(agent, three.id, 'assignment')).length === 1);
    const unread = async () => (await stage.call('GET', '/api/notifications?unread=true', { as: agent })).body;
    expect(await unread()).toMatchObject({ unreadCount: 3, nextCursor: null });
    const [, second, first] = (await unread()).data;
    expect([first.conversationId, second.conversationId]).toEqual([one.id, two.id]);

    const [mine, others] = [await connect(stage, agent), await connect(stage, stage.admin)];
    await Promise.all([mine.subscribe(), others.subscribe()]);
    const read = (body: object, as = agent) => stage.call('POST', '/api/notifications/read', { as, body });
    expect((await read({ ids: [second.id] }, lead)).body).toEqual({ read: 0 });
    expect((await read({ upTo: second.id }, lead)).status).toBe(404);
    expect((await read({ ids: [second.id] })).body).toEqual({ read: 1 });
    expect((await read({ ids: [second.id] })).body).toEqual({ read: 0 });
    expect((await read({ upTo: second.id })).body).toEqual({ read: 1 });
    expect((await unread()).unreadCount).toBe(1);
    expect((await read({ all: true })).body).toEqual({ read: 1 });
    expect((await unread()).data).toEqual([]);
    expect(
      (await stage.call('GET', '/api/notifications?unread=false', { as: agent })).body.data.length,
    ).toBeGreaterThan(2);

    await until(() => mine.events().filter(({ type }) => type === 'notification.read').length === 3);
    await conversationAt(stage.tims);
    await until(() => others.events().some(({ type }) => type === 'conversation.created'));
    expect(others.events().filter(({ type }) => type.startsWith('notification.'))).toEqual([]);
    mine.close();
    others.close();
  });

  it('are nobody else’s', async () => {
    expect(await of(stage.stranger)).toEqual([]);
    const ids = (await of(lead)).map(({ id }) => id);
    expect((await of(agent)).filter(({ id }) => ids.includes(id))).toEqual([]);
  });
});

forEachDatabase('participants', (open) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(await open());
  });
  afterAll(() => stage.close());

  it('are the people outside and the colleagues who watch', async () => {
    const { tims, call, admin } = stage;
    const [agent, colleague] = [
      await addPerson(tims, 'agent', [tims.teamId]),
      await addPerson(tims, 'agent', [tims.teamId]),
    ];
    const written = await conversationAt(tims, { assignee: agent.actor });
    const path = `/api/conversations/${written.id}/participants`;
    const add = (userId: string, as: Person) => call('POST', path, { as, body: { userId } });
    expect((await add(admin.actor.id, agent)).status).toBe(201);
    expect((await add(admin.actor.id, agent)).status).toBe(201);
    expect((await add(colleague.actor.id, agent)).body.code).toBe('user_out_of_sight');
    expect((await add(stage.stranger.actor.id, agent)).status).toBe(404);
    expect((await add(colleague.actor.id, colleague)).status).toBe(404);
    const { body } = await call('GET', path, { as: agent });
    expect(body.people).toMatchObject([{ contactId: written.contactId, name: 'Aisyah' }]);
    expect(body.watchers).toMatchObject([{ userId: admin.actor.id, addedBy: agent.actor.id }]);
    expect((await call('GET', path, { as: colleague })).status).toBe(404);
    expect((await call('DELETE', `${path}/${admin.actor.id}`, { as: agent })).status).toBe(204);
    expect((await call('DELETE', `${path}/${admin.actor.id}`, { as: agent })).status).toBe(404);
  });
});
