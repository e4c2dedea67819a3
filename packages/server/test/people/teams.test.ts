import { newId, readEvents } from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, openStage, type Person, type Stage } from '../stage/index.js';

forEachDatabase('teams', (open) => {
  let stage: Stage;
  let agent: Person;
  beforeAll(async () => {
    stage = await openStage(await open());
    agent = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
  });
  afterAll(() => stage.close());

  const call = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object) =>
    stage.call(method, `/api/teams/${path}`, { as: stage.admin, body });
  const userOf = async ({ actor }: Person) =>
    (await stage.call('GET', `/api/users/${actor.id}`, { as: stage.admin })).body;

  it('have a key that no other team of the organization has, and may be called otherwise', async () => {
    const tx = await stage.tims.addTeam('tx');
    expect((await call('PATCH', tx, { name: 'Tutors', key: 'tutors' })).body).toMatchObject({
      key: 'tutors',
      name: 'Tutors',
      version: 2,
    });
    expect((await call('PATCH', tx, { key: 'tutors' })).body.version).toBe(2);
    expect(await call('PATCH', tx, { key: 'cx' })).toMatchObject({ status: 409, body: { code: 'team_key_taken' } });
    expect((await call('GET', tx)).body).toMatchObject({ key: 'tutors', members: [] });
    // Another organization's keys are its own.
    const theirs = await stage.call('PATCH', `/api/teams/${stage.other.teamId}`, {
      as: stage.stranger,
      body: { key: 'tutors' },
    });
    expect(theirs.status).toBe(200);
    await stage.call('PATCH', `/api/teams/${stage.other.teamId}`, { as: stage.stranger, body: { key: 'cx' } });
  });

  it('gain and lose members and leads; adding twice is adding once', async () => {
    const team = await stage.tims.addTeam('members');
    const { id: userId } = agent.actor;
    const lead = { userId, lead: true };
    expect((await call('POST', `${team}/members`, lead)).body.members).toEqual([lead]);
    const { version } = await userOf(agent);
    expect((await call('POST', `${team}/members`, { userId })).body.members).toEqual([lead]);
    expect((await userOf(agent)).version).toBe(version);
    expect((await call('POST', `${team}/members`, { userId, lead: false })).body.members).toEqual([
      { userId, lead: false },
    ]);
    expect((await call('DELETE', `${team}/members/${userId}`)).body.members).toEqual([]);
    expect((await call('DELETE', `${team}/members/${userId}`)).status).toBe(200);
  });

  it('leave nobody with a primary team that is none of theirs', async () => {
    const [first, second] = [await stage.tims.addTeam('first'), await stage.tims.addTeam('second')];
    const person = await addPerson(stage.tims, 'agent', []);
    const body = { userId: person.actor.id };
    await call('POST', `${first}/members`, body);
    expect((await userOf(person)).primaryTeamId).toBe(first);
    await call('POST', `${second}/members`, body);
    expect((await userOf(person)).primaryTeamId).toBe(first);
    await call('DELETE', `${first}/members/${person.actor.id}`);
    expect((await userOf(person)).primaryTeamId).toBe(second);
    await call('DELETE', `${second}/members/${person.actor.id}`);
    expect((await userOf(person)).primaryTeamId).toBeNull();
  });

  it('tell the log of each change, once, with a version that rises', async () => {
    const team = await stage.tims.addTeam('told');
    const path = `${team}/members`;
    await call('POST', path, { userId: agent.actor.id });
    await call('POST', path, { userId: agent.actor.id });
    await call('PATCH', team, { name: 'Told' });
    const person = await addPerson(stage.tims, 'agent', [team]);
    await stage.call('PATCH', `/api/users/${person.actor.id}`, { as: stage.admin, body: { teams: [] } });
    const { storage } = stage.tims.installation;
    const events = await readEvents(storage.reader, stage.tims.organization, 0, 1_000);
    const about = events.filter((event) => event.entityId === team);
    expect(about.map(({ type, entityVersion }) => `${type} ${entityVersion}`)).toEqual([
      'team.created 1',
      'team.updated 2',
      'team.updated 3',
      'team.updated 4',
      'team.updated 5',
    ]);
  });

  it('take members at once from several calls, and lose none', async () => {
    const team = await stage.tims.addTeam('crowd');
    const people = await Promise.all([1, 2, 3, 4].map(() => addPerson(stage.tims, 'agent', [])));
    const path = `/api/teams/${team}/members`;
    const answers = await Promise.all(
      people.map(({ actor }) => stage.call('POST', path, { as: stage.admin, body: { userId: actor.id } })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const { members, version } = (await call('GET', team)).body;
    expect(members).toHaveLength(4);
    expect(version).toBe(5);
  });

  it('know nobody and nothing of another organization', async () => {
    const { teamId } = stage.tims;
    const refused = [
      await call('POST', `${teamId}/members`, { userId: stage.other.admin.id }),
      await call('POST', `${stage.other.teamId}/members`, { userId: agent.actor.id }),
      await call('DELETE', `${stage.other.teamId}/members/${stage.other.admin.id}`),
      await call('DELETE', `${teamId}/members/${newId('user')}`),
      await call('PATCH', newId('team'), { name: 'x' }),
      await call('GET', stage.other.teamId),
    ];
    for (const answer of refused) expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});
