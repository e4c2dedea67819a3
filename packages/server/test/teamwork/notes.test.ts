import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, conversationAt, openStage, type Person, type Stage } from '../stage/index.js';
import { addLead, pagesOf } from './people.js';

forEachDatabase('notes', (open) => {
  let stage: Stage;
  let agent: Person;
  let colleague: Person;
  let lead: Person;
  let elsewhere: Person;

  beforeAll(async () => {
    stage = await openStage(await open());
    const { tims } = stage;
    agent = await addPerson(tims, 'agent', [tims.teamId]);
    colleague = await addPerson(tims, 'agent', [tims.teamId]);
    lead = await addLead(stage, 'assistant_manager', [tims.teamId]);
    elsewhere = await addLead(stage, 'assistant_manager', [await tims.addTeam('tx')]);
  });
  afterAll(() => stage.close());

  const write = (id: string, body: object, as = agent) =>
    stage.call('POST', `/api/conversations/${id}/notes`, { as, body });
  const ids = (notes: { id: string }[]) => notes.map(({ id }) => id);

  it('change nothing that the conversation’s lists show', async () => {
    const { id } = await conversationAt(stage.tims, { assignee: agent.actor });
    const shown = async () => (await stage.call('GET', `/api/conversations/${id}`, { as: agent })).body.conversation;
    const before = await shown();
    expect((await write(id, { text: 'Asked for an invoice.' })).status).toBe(201);
    expect(await shown()).toEqual(before);
  });

  it('come pinned ones first, then the newest, over any number of pages', async () => {
    const { id } = await conversationAt(stage.tims, { assignee: agent.actor });
    const made: string[] = [];
    for (let n = 0; n < 6; n++) made.push((await write(id, { text: `Note ${n}`, pinned: n === 1 })).body.id);
    await stage.call('PATCH', `/api/notes/${made[3]}`, { as: lead, body: { pinned: true } });
    const expected = [3, 1, 5, 4, 2, 0].map((n) => made[n]);
    for (const limit of [1, 2, 3, 100]) {
      expect(ids(await pagesOf(stage.call, `/api/conversations/${id}/notes`, agent, limit))).toEqual(expected);
    }
    await stage.call('PATCH', `/api/notes/${made[3]}`, { as: agent, body: { pinned: false } });
    expect(ids(await pagesOf(stage.call, `/api/conversations/${id}/notes`, agent, 4))[0]).toBe(made[1]);
  });

  it('are pinned up to twenty', async () => {
    const { id } = await conversationAt(stage.tims, { assignee: agent.actor });
    for (let n = 0; n < 20; n++) await write(id, { text: 'Pinned', pinned: true });
    expect((await write(id, { text: 'Pinned', pinned: true })).body.code).toBe('limit_reached');
    const { body: note } = await write(id, { text: 'Plain' });
    const pin = await stage.call('PATCH', `/api/notes/${note.id}`, { as: agent, body: { pinned: true } });
    expect(pin.body.code).toBe('limit_reached');
  });

  it('are changed by their author and removed by them or a lead', async () => {
    const { id } = await conversationAt(stage.tims, { assignee: agent.actor });
    const note = async () => `/api/notes/${(await write(id, { text: 'First' })).body.id}`;
    const path = await note();
    expect((await stage.call('PATCH', path, { as: lead, body: { text: 'Other words' } })).status).toBe(403);
    expect((await stage.call('PATCH', path, { as: elsewhere, body: { pinned: true } })).status).toBe(404);
    expect((await stage.call('DELETE', path, { as: elsewhere })).status).toBe(404);
    const { body } = await stage.call('PATCH', path, { as: agent, body: { text: 'Second' } });
    expect(body).toMatchObject({ text: 'Second', version: 2, editedAt: expect.any(String) });
    const ofLead = (await write(id, { text: 'From above' }, lead)).body.id;
    expect((await stage.call('DELETE', `/api/notes/${ofLead}`, { as: agent })).status).toBe(403);
    expect((await stage.call('DELETE', path, { as: lead })).status).toBe(204);
    expect((await stage.call('DELETE', path, { as: lead })).status).toBe(404);
    expect((await stage.call('DELETE', await note(), { as: agent })).status).toBe(204);
  });

  it('are closed to whoever sees a preview, and not there for whoever sees nothing', async () => {
    const { id } = await conversationAt(stage.tims);
    for (const method of ['GET', 'POST'] as const) {
      const body = method === 'POST' ? { text: 'A note' } : undefined;
      const as = (person: Person) => stage.call(method, `/api/conversations/${id}/notes`, { as: person, body });
      expect((await as(agent)).status).toBe(403);
      expect((await as(elsewhere)).status).toBe(404);
    }
    const mine = await conversationAt(stage.tims, { assignee: agent.actor });
    const note = (await write(mine.id, { text: 'Mine' })).body.id;
    const byId = (as: Person) => stage.call('GET', `/api/notes?ids=${note}`, { as });
    expect((await byId(agent)).body.data).toHaveLength(1);
    for (const person of [colleague, elsewhere, stage.stranger]) expect((await byId(person)).body.data).toEqual([]);
  });

  it('mention colleagues who can see what it is about, and name those who cannot', async () => {
    const { id, contactId } = await conversationAt(stage.tims, { assignee: agent.actor });
    const [seeing, blind, foreign] = [lead.actor.id, colleague.actor.id, stage.stranger.actor.id];
    for (const path of [`/api/conversations/${id}/notes`, `/api/contacts/${contactId}/notes`]) {
      const refused = await stage.call('POST', path, {
        as: agent,
        body: { text: 'Look', mentions: [seeing, blind, foreign] },
      });
      expect(refused).toMatchObject({ status: 422, body: { code: 'mention_out_of_sight', userIds: [blind, foreign] } });
      const { body } = await stage.call('POST', path, { as: agent, body: { text: 'Look', mentions: [seeing] } });
      expect(body.mentions).toEqual([seeing]);
      const more = await stage.call('PATCH', `/api/notes/${body.id}`, { as: agent, body: { mentions: [blind] } });
      expect(more.body.code).toBe('mention_out_of_sight');
    }
  });

  it('about a contact are read and written by those who see one of its conversations', async () => {
    const { contactId } = await conversationAt(stage.tims, { assignee: agent.actor });
    const path = `/api/contacts/${contactId}/notes`;
    const { body: note } = await stage.call('POST', path, {
      as: agent,
      body: { text: 'Prefers mornings', pinned: true },
    });
    expect(note).toMatchObject({ contactId, conversationId: null, kind: 'note' });
    for (const person of [agent, lead, stage.admin]) {
      expect(ids((await stage.call('GET', path, { as: person })).body.data)).toEqual([note.id]);
      expect((await stage.call('GET', `/api/notes?ids=${note.id}`, { as: person })).body.data).toHaveLength(1);
    }
    for (const person of [colleague, elsewhere, stage.stranger]) {
      expect((await stage.call('GET', path, { as: person })).status).toBe(404);
      expect((await stage.call('POST', path, { as: person, body: { text: 'x' } })).status).toBe(404);
      expect((await stage.call('PATCH', `/api/notes/${note.id}`, { as: person, body: { pinned: false } })).status).toBe(
        404,
      );
      expect((await stage.call('GET', `/api/notes?ids=${note.id}`, { as: person })).body.data).toEqual([]);
    }
  });
});
