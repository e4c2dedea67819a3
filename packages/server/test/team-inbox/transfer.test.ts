import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, conversationAt, customerWritesAgain, openStage, type Person, type Stage } from '../stage/index.js';

forEachDatabase('handing on', (open) => {
  let stage: Stage;
  let [agent, colleague]: Person[] = [];
  let tx: string;
  beforeAll(async () => {
    stage = await openStage(await open());
    tx = await stage.tims.addTeam('tx');
    [agent, colleague] = await Promise.all([
      addPerson(stage.tims, 'agent', [stage.tims.teamId]),
      addPerson(stage.tims, 'agent', [tx]),
    ]);
  });
  afterAll(() => stage.close());

  it('a conversation goes with its note, and out of sight of who gave it', async () => {
    const { tims, call } = stage;
    const as = agent ?? expect.fail();
    const { id } = await conversationAt(tims, { assignee: as.actor });
    const body = { teamId: tx, assigneeId: colleague?.actor.id, note: 'She has paid twice.' };
    const answer = await call('POST', `/api/conversations/${id}/transfer`, { as, body });
    expect(answer).toMatchObject({ status: 200, body: { teamId: tx, assigneeId: colleague?.actor.id } });
    expect((await call('GET', `/api/conversations/${id}`, { as })).status).toBe(404);
    const { body: notes } = await call('GET', `/api/conversations/${id}/notes`, { as: colleague ?? expect.fail() });
    expect(notes.data).toMatchObject([{ text: 'She has paid twice.', authorId: as.actor.id }]);
  });

  it('what cannot be handed on keeps no note either', async () => {
    const { tims, admin, call } = stage;
    const { id } = await conversationAt(tims, { closed: true });
    const body = { teamId: tx, note: 'Too late' };
    expect(await call('POST', `/api/conversations/${id}/transfer`, { as: admin, body })).toMatchObject({ status: 409 });
    expect(await call('POST', `/api/conversations/${id}/transfer`, { as: admin, body: { note: 'x' } })).toMatchObject({
      status: 400,
    });
    expect((await call('GET', `/api/conversations/${id}/notes`, { as: admin })).body.data).toEqual([]);
  });

  it('a conversation can wait for its follow-up, and the customer wakes it before', async () => {
    const { tims, admin, call } = stage;
    const written = await conversationAt(tims, { assignee: agent?.actor ?? expect.fail() });
    const at = async () => (await call('GET', `/api/conversations?ids=${written.id}`, { as: admin })).body.data[0];
    const body = { dueAt: '2099-01-05T09:00Z', pending: true };
    const made = await call('POST', `/api/conversations/${written.id}/follow-ups`, { as: admin, body });
    expect(made.status, made.text).toBe(201);
    const { body: tags } = await call('GET', '/api/tags', { as: admin });
    const followUp = tags.data.find((tag: { purpose: string }) => tag.purpose === 'follow_up').id;
    expect(await at()).toMatchObject({ status: 'pending', followUpAt: '2099-01-05T09:00:00.000Z', tags: [followUp] });
    await customerWritesAgain(tims, written);
    expect(await at()).toMatchObject({ status: 'assigned', tags: [followUp] });
    await call('PATCH', `/api/follow-ups/${made.body.id}`, { as: admin, body: { done: true } });
    expect(await at()).toMatchObject({ followUpAt: null, tags: [] });
  });
});
