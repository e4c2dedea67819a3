import { newId, readEvents } from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, conversationAt, openStage, type Person, type Stage } from '../stage/index.js';

forEachDatabase('bulk acts', (open) => {
  let stage: Stage;
  let agent: Person;
  beforeAll(async () => {
    stage = await openStage(await open());
    agent = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
  });
  afterAll(() => stage.close());
  const bulk = (body: object, as: Person = stage.admin) => stage.call('POST', '/api/conversations/bulk', { as, body });

  it('say of each conversation what became of it, and change only those that could be', async () => {
    const { tims, other, admin, call } = stage;
    const queued = await conversationAt(tims);
    const own = await conversationAt(tims, { assignee: agent.actor });
    const others = await conversationAt(tims, { assignee: tims.admin });
    const closed = await conversationAt(tims, { assignee: agent.actor, closed: true });
    const foreign = await conversationAt(other);
    const nobodys = newId('conversation');
    const ids = [queued.id, own.id, others.id, closed.id, foreign.id, nobodys, own.id];
    const { status, body } = await bulk({ act: 'close', ids, reason: 'Resolved' }, agent);
    expect(status).toBe(200);
    expect(body).toMatchObject({ done: 1, refused: 5 });
    expect(body.results.map((one: { code: string | null }) => one.code)).toEqual([
      'forbidden',
      null,
      'not_found',
      'transition_refused',
      'not_found',
      'not_found',
    ]);
    const { body: page } = await call('GET', `/api/conversations/${own.id}`, { as: admin });
    expect(page.conversation).toMatchObject({
      status: 'closed',
      closeReason: 'resolved',
      version: body.results[1].version,
    });
  });

  it('of five hundred are one transaction with an event and an activity that names them all', async () => {
    const { tims, admin, call } = stage;
    const ids: string[] = [];
    while (ids.length < 500) ids.push((await conversationAt(tims)).id);
    const { reader } = tims.installation.storage;
    const head = await reader('organization_heads').where('organization_id', tims.organization).first();
    const { body: tags } = await call('GET', '/api/tags', { as: admin });
    for (const act of [
      { act: 'take' },
      { act: 'tag', tagId: tags.data[0].id },
      { act: 'read' },
      { act: 'pend' },
      { act: 'assign', assigneeId: agent.actor.id },
      { act: 'close', reason: 'spam' },
      { act: 'reopen' },
    ]) {
      const { status, body, text } = await bulk({ ...act, ids });
      expect(`${act.act} ${status} ${body.done}`, text.slice(0, 500)).toBe(`${act.act} 200 500`);
    }
    const events = await readEvents(reader, tims.organization, Number(head.sequence), 10_000);
    expect(events).toHaveLength(7 * 500);
    const { body } = await call('GET', `/api/conversations?tagId=${tags.data[0].id}&limit=100`, { as: agent });
    expect(body.data).toHaveLength(100);
    expect(body.data[0]).toMatchObject({ status: 'assigned', assigneeId: agent.actor.id, unreadCount: 0 });
    const activity = await reader('activity_logs')
      .where('action', 'conversations.bulk')
      .orderBy('sequence', 'desc')
      .first();
    expect(JSON.parse(activity.data).also).toHaveLength(499);
  });

  it('refuse a team, a user or a tag of another organization for all', async () => {
    const { tims, other } = stage;
    const { id } = await conversationAt(tims);
    for (const act of [
      { act: 'assign', teamId: other.teamId },
      { act: 'assign', assigneeId: other.admin.id },
      { act: 'tag', tagId: newId('tag') },
    ]) {
      expect(await bulk({ ...act, ids: [id] })).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
    expect(await bulk({ act: 'assign', ids: [id] })).toMatchObject({ status: 400 });
    expect(await bulk({ act: 'take', ids: [] })).toMatchObject({ status: 400 });
    expect(await bulk({ act: 'take', ids: Array.from({ length: 501 }, () => newId('conversation')) })).toMatchObject({
      status: 400,
    });
  });
});
