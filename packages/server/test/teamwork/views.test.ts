import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, openStage, type Person, type Stage } from '../stage/index.js';

forEachDatabase('saved views', (open) => {
  let stage: Stage;
  let agent: Person;
  let lead: Person;
  let elsewhere: Person;

  beforeAll(async () => {
    stage = await openStage(await open());
    const { tims } = stage;
    agent = await addPerson(tims, 'agent', [tims.teamId]);
    lead = await addPerson(tims, 'assistant_manager', [tims.teamId]);
    elsewhere = await addPerson(tims, 'assistant_manager', [await tims.addTeam('tx')]);
  });
  afterAll(() => stage.close());

  const create = (body: object, as: Person = agent) =>
    stage.call('POST', '/api/views', { as, body: { name: 'A view', filter: { status: 'queued' }, ...body } });
  const list = async (as: Person): Promise<{ id: string; name: string }[]> =>
    (await stage.call('GET', '/api/views', { as })).body.data;
  const names = async (as: Person) => (await list(as)).map(({ name }) => name);

  it('are one’s own, one’s team’s and everybody’s, in their order', async () => {
    const { tims, admin, stranger } = stage;
    await create({ name: 'Mine', position: 3 });
    await create({ name: 'Ours', shared: 'team', teamId: tims.teamId, position: 2 }, lead);
    await create({ name: 'All', shared: 'everybody', position: 1 }, admin);
    expect(await names(agent)).toEqual(['All', 'Ours', 'Mine']);
    expect(await names(lead)).toEqual(['All', 'Ours']);
    expect(await names(elsewhere)).toEqual(['All']);
    expect(await names(stranger)).toEqual([]);
    expect((await list(agent))[0]).toMatchObject({ filter: { status: 'queued' }, shared: 'everybody', teamId: null });
  });

  it('are shared by who may share there', async () => {
    const { tims } = stage;
    expect((await create({ shared: 'everybody' }, lead)).status).toBe(403);
    expect((await create({ shared: 'team', teamId: tims.teamId }, agent)).status).toBe(403);
    expect((await create({ shared: 'team', teamId: tims.teamId }, elsewhere)).status).toBe(403);
    expect((await create({ shared: 'team' }, lead)).body.errors[0].path).toBe('/body/teamId');
    expect((await create({ teamId: tims.teamId }, lead)).status).toBe(400);
    expect((await create({ shared: 'team', teamId: stage.other.teamId }, stage.admin)).status).toBe(404);
  });

  it('are changed and removed by whose they are', async () => {
    const { id } = (await create({ name: 'To change' })).body;
    const path = `/api/views/${id}`;
    for (const person of [lead, stage.admin, stage.stranger]) {
      expect((await stage.call('PATCH', path, { as: person, body: { name: 'x' } })).status).toBe(404);
      expect((await stage.call('DELETE', path, { as: person })).status).toBe(404);
    }
    const patch = { name: 'Changed', filter: { lifecycle: 'pending', unread: true } };
    const { body } = await stage.call('PATCH', path, { as: agent, body: patch });
    expect(body).toMatchObject({ ...patch, version: 2 });
    expect((await stage.call('DELETE', path, { as: agent })).status).toBe(204);
    const shared = (await list(agent)).find(({ name }) => name === 'Ours')?.id;
    expect((await stage.call('DELETE', `/api/views/${shared}`, { as: agent })).status).toBe(403);
  });

  it('hold a filter of the list and nothing else', async () => {
    for (const filter of [{ status: 'lost' }, { cursor: 'x' }, { limit: 3 }, { teamId: 'x' }, { nonsense: 1 }]) {
      expect((await create({ filter })).status, JSON.stringify(filter)).toBe(400);
    }
  });

  it('are a hundred at most', async () => {
    const person = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
    for (let n = 0; n < 100; n++) expect((await create({ name: `View ${n}` }, person)).status).toBe(201);
    expect((await create({}, person)).body.code).toBe('limit_reached');
  });
});
