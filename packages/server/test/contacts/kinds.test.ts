import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, openStage, type Person, type Stage } from '../stage/index.js';

forEachDatabase('the kinds of contacts', (open) => {
  let stage: Stage;
  let agent: Person;
  beforeAll(async () => {
    stage = await openStage(await open());
    agent = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
  });
  afterAll(() => stage.close());

  const kinds = async (as: Person) => (await stage.call('GET', '/api/me', { as })).body.organization.contactKinds;

  it('are told to everybody, who may not read the other settings', async () => {
    expect((await stage.call('GET', '/api/settings', { as: agent })).status).toBe(403);
    expect(await kinds(agent)).toEqual(['customer', 'tutor']);
    const body = { contactKinds: ['customer', 'parent'] };
    expect((await stage.call('PATCH', '/api/settings', { as: stage.admin, body })).status).toBe(200);
    expect(await kinds(agent)).toEqual(['customer', 'parent']);
    // What another organization has is its own.
    expect(await kinds(stage.stranger)).toEqual(['customer', 'tutor']);
    const told = await stage.call('PATCH', '/api/me', { as: agent, body: { timeZone: 'Asia/Kuala_Lumpur' } });
    expect(told.body.organization.contactKinds).toEqual(['customer', 'parent']);
  });

  it('are looked at again when an event says that the settings changed', async () => {
    const { asOf } = (await stage.call('GET', '/api/teams', { as: agent })).body;
    const body = { contactKinds: ['customer', 'school'], overloadAt: 33 };
    await stage.call('PATCH', '/api/settings', { as: stage.admin, body });
    const { data } = (await stage.call('GET', `/api/events?cursor=${asOf}`, { as: agent })).body;
    expect(data).toMatchObject([{ type: 'settings.updated', changes: { settings: ['overloadAt', 'contactKinds'] } }]);
    expect(JSON.stringify(data)).not.toMatch(/school|33,/);
    const foreign = (await stage.call('GET', '/api/events', { as: stage.stranger })).body.data;
    expect(foreign.filter(({ type }: { type: string }) => type === 'settings.updated')).toEqual([]);
  });
});
