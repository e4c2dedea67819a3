import { assignConversation } from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, conversationAt, openStage, type Person, type Stage } from '../stage/index.js';
import { addLead, pagesOf } from './people.js';

forEachDatabase('the queue of follow-ups', (open) => {
  let stage: Stage;
  let otherTeam: string;
  let agent: Person;
  let lead: Person;
  let otherLead: Person;

  beforeAll(async () => {
    stage = await openStage(await open());
    const { tims } = stage;
    otherTeam = await tims.addTeam('tx');
    agent = await addPerson(tims, 'agent', [tims.teamId]);
    lead = await addLead(stage, 'assistant_manager', [tims.teamId]);
    otherLead = await addLead(stage, 'assistant_manager', [otherTeam]);
  });
  afterAll(() => stage.close());

  const create = (id: string, body: object, as = agent) =>
    stage.call('POST', `/api/conversations/${id}/follow-ups`, { as, body });
  const list = (query: string, as: Person) => stage.call('GET', `/api/follow-ups${query}`, { as });
  const ids = (all: { id: string }[]) => all.map(({ id }) => id);

  it('is the caller’s own, the longest due first, and only what is due where that is asked for', async () => {
    const made: string[] = [];
    for (const dueAt of ['2099-01-02T09:00', '2026-01-02T09:00', '2026-01-01T09:00', '2099-01-01T09:00']) {
      const { id } = await conversationAt(stage.tims, { assignee: agent.actor });
      made.push((await create(id, { dueAt })).body.id);
    }
    const [far = '', late = '', later = '', near = ''] = made;
    expect(ids(await pagesOf(stage.call, '/api/follow-ups', agent))).toEqual([later, late, near, far]);
    expect(ids(await pagesOf(stage.call, '/api/follow-ups?due=true', agent))).toEqual([later, late]);
    expect(ids(await pagesOf(stage.call, '/api/follow-ups?due=false', agent))).toEqual([near, far]);
    const done = await stage.call('PATCH', `/api/follow-ups/${late}`, { as: agent, body: { done: true } });
    expect(done.body).toMatchObject({ due: false, doneAt: expect.any(String), version: 2 });
    expect(ids((await list('?due=true', agent)).body.data)).toEqual([later]);
  });

  it('is open to leads for the conversations of their teams, and to nobody beside', async () => {
    const { tims, admin, stranger } = stage;
    const { id } = await conversationAt(tims, { assignee: agent.actor });
    const one = (await create(id, { dueAt: '2026-02-01T09:00', text: 'Paid?' })).body.id;
    const sees = async (query: string, as: Person) => {
      const { status, body } = await list(query, as);
      return status === 200 ? ids(body.data).includes(one) : status;
    };
    const [ofAgent, ofTeam] = [`?userId=${agent.actor.id}`, `?teamId=${tims.teamId}`];
    expect(await sees('', lead)).toBe(false);
    for (const person of [lead, admin]) {
      expect(await sees(ofAgent, person)).toBe(true);
      expect(await sees(ofTeam, person)).toBe(true);
      expect(await sees(`?conversationId=${id}`, person)).toBe(true);
    }
    expect(await sees(ofAgent, otherLead)).toBe(false);
    expect(await sees(ofTeam, otherLead)).toBe(403);
    expect(await sees(`?conversationId=${id}`, otherLead)).toBe(404);
    expect(await sees(`?userId=${lead.actor.id}`, agent)).toBe(403);
    expect(await sees(ofTeam, agent)).toBe(403);
    for (const query of [ofAgent, ofTeam]) expect(await sees(query, stranger)).toBe(false);
    expect(await sees(`?conversationId=${id}`, stranger)).toBe(404);
  });

  it('goes to a colleague who sees the conversation, and stays the reminded one’s to end', async () => {
    const { tims } = stage;
    const { id } = await conversationAt(tims, { assignee: agent.actor });
    const body = { dueAt: '2099-02-01T09:00' };
    expect((await create(id, { ...body, userId: otherLead.actor.id })).body.code).toBe('user_out_of_sight');
    expect((await create(id, { ...body, userId: stage.stranger.actor.id })).status).toBe(404);
    expect((await create(id, body, otherLead)).status).toBe(404);
    const { body: one } = await create(id, { ...body, userId: lead.actor.id });
    expect(one).toMatchObject({ userId: lead.actor.id, createdBy: agent.actor.id });
    const change = (patch: object, as: Person) => stage.call('PATCH', `/api/follow-ups/${one.id}`, { as, body: patch });
    expect((await change({ userId: agent.actor.id }, lead)).body.userId).toBe(agent.actor.id);
    await assignConversation(tims.installation, tims.admin, { id, assigneeId: null, teamId: otherTeam });
    expect((await change({ done: true }, lead)).status).toBe(404);
    expect((await change({ done: true }, agent)).status).toBe(200);
  });

  it('refuses what is no time, naming the field', async () => {
    const { id } = await conversationAt(stage.tims, { assignee: agent.actor });
    for (const dueAt of ['next week', '2099-02-30T09:00']) {
      const { status, body } = await create(id, { dueAt });
      expect([status, body.errors[0].path]).toEqual([400, '/body/dueAt']);
    }
  });
});
