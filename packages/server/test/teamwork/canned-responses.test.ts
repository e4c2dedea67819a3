import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, conversationAt, openStage, type Person, type Stage } from '../stage/index.js';
import { pagesOf } from './people.js';

forEachDatabase('canned responses', (open) => {
  let stage: Stage;
  let otherTeam: string;
  let agent: Person;
  let lead: Person;

  beforeAll(async () => {
    stage = await openStage(await open());
    otherTeam = await stage.tims.addTeam('tx');
    agent = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
    lead = await addPerson(stage.tims, 'assistant_manager', [stage.tims.teamId]);
  });
  afterAll(() => stage.close());

  const path = '/api/canned-responses';
  const create = (body: object, as: Person = stage.admin) =>
    stage.call('POST', path, { as, body: { title: 'A title', text: 'Hello', ...body } });

  it('stand once by shortcut in each team and once among everybody’s', async () => {
    const { tims } = stage;
    for (const teamId of [null, tims.teamId, otherTeam]) {
      expect((await create({ shortcut: 'hello', teamId })).status).toBe(201);
      expect((await create({ shortcut: 'hello', teamId })).body.code).toBe('shortcut_taken');
    }
    const { body } = await create({ shortcut: 'bye', teamId: otherTeam });
    const change = (patch: object) => stage.call('PATCH', `${path}/${body.id}`, { as: stage.admin, body: patch });
    expect((await change({ shortcut: 'hello' })).body.code).toBe('shortcut_taken');
    expect((await change({ teamId: null })).body).toMatchObject({ teamId: null, version: 2 });
  });

  it('are read by their team and written where one leads', async () => {
    const { tims, admin, stranger } = stage;
    const [everybodys, own, others] = await Promise.all(
      [null, tims.teamId, otherTeam].map(async (teamId, n) => {
        return (await create({ shortcut: `seen-${n}`, teamId })).body.id;
      }),
    );
    const seen = async (as: Person) => {
      const found = (await pagesOf(stage.call, path, as, 2)).map(({ id }) => id);
      const listed = [everybodys, own, others].map((id) => found.includes(id));
      const got = await Promise.all(
        [everybodys, own, others].map(async (id) => (await stage.call('GET', `${path}/${id}`, { as })).status === 200),
      );
      expect(got).toEqual(listed);
      return listed;
    };
    expect(await seen(agent)).toEqual([true, true, false]);
    expect(await seen(lead)).toEqual([true, true, false]);
    expect(await seen(admin)).toEqual([true, true, true]);
    expect(await seen(stranger)).toEqual([false, false, false]);
    expect((await create({ shortcut: 'x', teamId: null }, lead)).status).toBe(403);
    expect((await create({ shortcut: 'x', teamId: otherTeam }, lead)).status).toBe(403);
    expect((await create({ shortcut: 'x', teamId: tims.teamId }, lead)).status).toBe(201);
    const change = (id: string, body: object) => stage.call('PATCH', `${path}/${id}`, { as: lead, body });
    expect((await change(everybodys, { title: 'Mine' })).status).toBe(403);
    expect((await change(others, { title: 'Mine' })).status).toBe(404);
    expect((await change(own, { teamId: null })).status).toBe(403);
    expect((await change(own, { title: 'Ours' })).status).toBe(200);
    expect((await stage.call('DELETE', `${path}/${own}`, { as: lead })).status).toBe(204);
  });

  it('have no variable that there is not', async () => {
    const { status, body } = await create({ shortcut: 'wrong', text: 'Dear\n{{contact.nme}}' });
    expect([status, body.code, body.at, body.detail]).toEqual([
      422,
      'variable_unknown',
      5,
      expect.stringContaining('line 2, column 1'),
    ]);
    expect((await create({ shortcut: 'open', text: 'Hello {{contact.name' })).body.code).toBe('variable_unknown');
  });

  it('show before sending what they become and what is missing', async () => {
    const { tims, admin } = stage;
    const { id: conversationId, contactId } = await conversationAt(tims, { assignee: agent.actor });
    const { writer } = tims.installation.storage;
    await writer('contacts')
      .where('id', contactId)
      .update({ attributes: JSON.stringify({ plan: 'Gold', seats: 3 }) });
    const text =
      'Hi {{contact.first_name}}, {{contact.attributes.plan}}/{{contact.attributes.seats}}/{{contact.attributes.city}} {{contact.attributes.level|–}}. {{user.first_name}}, {{team.name}}, {{organization.name}}';
    const { body: response } = await create({ shortcut: 'all', text });
    expect(response.variables).toContain('contact.attributes.city');
    const render = (as: Person, id = conversationId) =>
      stage.call('POST', `${path}/${response.id}/render`, { as, body: { conversationId: id } });
    const { body } = await render(agent);
    expect(body.missing).toEqual(['contact.attributes.city']);
    expect(body.text).toMatch(
      /^Hi Aisyah, Gold\/3\/\{\{contact\.attributes\.city\}\} –\. agent, .+, Organization \d+$/,
    );
    expect((await render(admin)).body.text).toContain('. Admin, ');
    const hidden = await conversationAt(tims, { teamId: otherTeam });
    expect((await render(agent, hidden.id)).status).toBe(404);
    expect((await render(stage.stranger)).status).toBe(404);
  });
});
