import { newId, startWorkers } from '@tims/core';
import { addTestOrganization, forEachDatabase, testPassword } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  addPerson,
  conversationAt,
  openStage,
  type Person,
  personOf,
  type Stage,
  until,
} from '../stage/index.js';

forEachDatabase('users', (open) => {
  let stage: Stage;
  let tx: string;
  beforeAll(async () => {
    stage = await openStage(await open());
    tx = await stage.tims.addTeam('tx');
  });
  afterAll(() => stage.close());

  const patch = (person: Person, body: object, as: Person = stage.admin): Promise<Answer> =>
    stage.call('PATCH', `/api/users/${person.actor.id}`, { as, body });
  const userOf = async (person: Person) =>
    (await stage.call('GET', `/api/users/${person.actor.id}`, { as: stage.admin })).body;
  const login = (email: string, password: string) =>
    stage.call('POST', '/api/auth/login', { body: { email, password } });

  it('leave what they had to their queues when they are deactivated', async () => {
    const { tims } = stage;
    const person = await addPerson(tims, 'agent', [tims.teamId]);
    const [open, waiting, closed] = [
      await conversationAt(tims, { assignee: person.actor }),
      await conversationAt(tims, { assignee: person.actor }),
      await conversationAt(tims, { assignee: person.actor, closed: true }),
    ];
    await stage.call('POST', `/api/conversations/${waiting.id}/pending`, { as: person });
    const workers = startWorkers(tims.installation);
    const ids = [open, waiting, closed].map(({ id }) => id);
    const found = async (): Promise<{ id: string; status: string; assigneeId: string | null }[]> =>
      (await stage.call('GET', `/api/conversations?ids=${ids.join(',')}`, { as: stage.admin })).body.data;
    expect((await patch(person, { status: 'deactivated' })).status).toBe(200);
    await until(async () => (await found()).filter(({ assigneeId }) => assigneeId === null).length === 2);
    await workers.stop();
    const byId = new Map((await found()).map((one) => [one.id, one]));
    expect(byId.get(open.id)).toMatchObject({ status: 'queued', assigneeId: null });
    expect(byId.get(waiting.id)).toMatchObject({ status: 'pending', assigneeId: null });
    // Who closed it is no secret.
    expect(byId.get(closed.id)).toMatchObject({ status: 'closed', assigneeId: person.actor.id });
  });

  describe('an administrator', () => {
    it('gives another name, role and teams; the primary team stays one of them', async () => {
      const { teamId } = stage.tims;
      const person = await addPerson(stage.tims, 'agent', [teamId]);
      const changed = await patch(person, {
        name: 'Mei Ling',
        role: 'manager',
        teams: [{ id: tx, lead: true }, { id: teamId }],
      });
      expect(changed).toMatchObject({
        status: 200,
        body: { name: 'Mei Ling', role: 'manager', primaryTeamId: teamId, version: 2 },
      });
      expect(changed.body.teams).toHaveLength(2);
      expect((await patch(person, { primaryTeamId: tx })).body.primaryTeamId).toBe(tx);
      expect((await patch(person, { teams: [{ id: teamId }] })).body.primaryTeamId).toBe(teamId);
      expect((await patch(person, { teams: [] })).body.primaryTeamId).toBeNull();
      expect(await patch(person, { primaryTeamId: tx })).toMatchObject({
        status: 422,
        body: { code: 'primary_team_invalid' },
      });
      expect(await userOf(person)).toMatchObject({ name: 'Mei Ling', role: 'manager', teams: [] });
    });

    it('is refused roles and teams that there are not here, whole changes included', async () => {
      const person = await addPerson(stage.tims, 'agent', []);
      const theirs = stage.other.teamId;
      await stage.call('POST', '/api/roles', {
        as: stage.stranger,
        body: { key: 'theirs', name: 'Theirs', rank: 10, permissions: [] },
      });
      for (const body of [
        { name: 'Half', teams: [{ id: theirs }] },
        { name: 'Half', role: 'theirs' },
        { name: 'Half', role: 'nobody_has_it' },
        { name: 'Half', teams: [{ id: newId('team') }] },
      ]) {
        expect(await patch(person, body), JSON.stringify(body)).toMatchObject({ status: 404 });
      }
      expect(await userOf(person)).toMatchObject({ name: 'agent', teams: [], version: 1 });
    });

    it('changes nothing with what is so already', async () => {
      const person = await addPerson(stage.tims, 'agent', [tx]);
      const same = { name: 'agent', role: 'agent', status: 'active', teams: [{ id: tx }], primaryTeamId: tx };
      expect((await patch(person, same)).body.version).toBe(1);
    });

    it('sets a password, which ends the sessions', async () => {
      const person = await addPerson(stage.tims, 'agent', []);
      const { body: session } = await login(person.email, testPassword);
      const path = `/api/users/${person.actor.id}/password`;
      const set = await stage.call('POST', path, { as: stage.admin, body: { password: 'another horse battery' } });
      expect(set).toMatchObject({ status: 204, text: '' });
      expect((await stage.call('GET', '/api/me', { as: session.accessToken })).status).toBe(401);
      const again = await stage.call('POST', '/api/auth/refresh', { body: { refreshToken: session.refreshToken } });
      expect(again.status).toBe(401);
      expect((await login(person.email, testPassword)).status).toBe(401);
      expect((await login(person.email, 'another horse battery')).status).toBe(200);
    });

    it('finds users by role, team and status', async () => {
      const { teamId } = stage.tims;
      const gone = await addPerson(stage.tims, 'manager', [tx]);
      const here = await addPerson(stage.tims, 'manager', [tx, teamId]);
      await patch(gone, { status: 'deactivated' });
      const idsOf = async (query: string) =>
        (await stage.call('GET', `/api/users?limit=100&${query}`, { as: stage.admin })).body.data.map(
          ({ id }: { id: string }) => id,
        );
      expect(await idsOf(`role=manager&teamId=${tx}&status=active`)).toEqual([here.actor.id]);
      expect(await idsOf(`role=manager&teamId=${tx}`)).toEqual([gone.actor.id, here.actor.id]);
      expect(await idsOf(`teamId=${stage.other.teamId}`)).toEqual([]);
      const directory = await stage.call('GET', '/api/directory?limit=100', { as: here });
      expect(directory.text).not.toContain(gone.actor.id);
      expect(directory.text).toContain(here.actor.id);
    });
  });

  describe('nobody', () => {
    it('deactivates, promotes or demotes themselves', async () => {
      for (const body of [{ status: 'deactivated' }, { role: 'agent' }, { name: 'x', role: 'admin' }]) {
        expect(await patch(stage.admin, body)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
      }
      expect((await patch(stage.admin, { name: 'Still me' })).status).toBe(200);
    });

    it('touches somebody who stands above them, or gives what they lack', async () => {
      const people = [
        { permission: 'users:read', scope: 'all' },
        { permission: 'users:write', scope: 'all' },
        { permission: 'teams:write', scope: 'all' },
        { permission: 'directory:read', scope: 'all' },
      ];
      const body = { key: 'staffing', name: 'Staffing', rank: 30, permissions: people };
      expect((await stage.call('POST', '/api/roles', { as: stage.admin, body })).status).toBe(201);
      const staffing = await addPerson(stage.tims, 'staffing', []);
      const above = await addPerson(stage.tims, 'operations_manager', []);
      const below = await addPerson(stage.tims, 'agent', []);
      const twin = await addPerson(stage.tims, 'staffing', []);
      for (const change of [{ name: 'x' }, { status: 'deactivated' }, { teams: [] }, { role: 'agent' }]) {
        expect(await patch(above, change, staffing)).toMatchObject({ status: 403, body: { code: 'rank_too_high' } });
      }
      const path = `/api/teams/${tx}/members`;
      expect(
        await stage.call('POST', path, { as: staffing, body: { userId: above.actor.id, lead: true } }),
      ).toMatchObject({ status: 403, body: { code: 'rank_too_high' } });
      expect(await patch(below, { role: 'operations_manager' }, staffing)).toMatchObject({
        status: 403,
        body: { code: 'rank_too_high' },
      });
      expect(await patch(twin, { role: 'agent' }, staffing)).toMatchObject({
        status: 403,
        body: { code: 'permission_not_held' },
      });
      const password = (who: Person) =>
        stage.call('POST', `/api/users/${who.actor.id}/password`, {
          as: staffing,
          body: { password: 'another horse battery' },
        });
      expect((await password(below)).body.code).toBe('permission_not_held');
      expect((await password(above)).body.code).toBe('rank_too_high');
      expect((await password(twin)).status).toBe(204);
      expect((await patch(below, { name: 'Renamed' }, staffing)).status).toBe(200);
    });

    it('sets the password of the operator, but the operator', async () => {
      const another = await addPerson(stage.tims, 'admin', []);
      const { writer } = stage.tims.installation.storage;
      const operators = await writer('accounts').where({ operator: 1 });
      expect(operators).toHaveLength(1);
      const path = `/api/users/${stage.admin.actor.id}/password`;
      const body = { password: 'another horse battery' };
      expect(await stage.call('POST', path, { as: another, body })).toMatchObject({
        status: 403,
        body: { code: 'rank_too_high' },
      });
      await patch(another, { role: 'agent' });
    });
  });

  describe('the last active administrator', () => {
    it('stays, also when two demote or deactivate each other at once', async () => {
      for (const change of [{ role: 'agent' }, { status: 'deactivated' }]) {
        const place = await addTestOrganization(stage.tims.installation);
        const one = await personOf(place.installation, place.admin, place.adminEmail);
        const other = await addPerson(place, 'admin', []);
        const answers = await Promise.all([patch(other, change, one), patch(one, change, other)]);
        const statuses = answers.map(({ status }) => status).sort();
        // The second is refused: as the last one, or since its caller is signed out already.
        expect(statuses[0], JSON.stringify(answers)).toBe(200);
        expect([401, 403, 409]).toContain(statuses[1]);
        const left = await place.installation.storage
          .reader('users')
          .where({ organization_id: place.organization, role: 'admin', status: 'active' });
        expect(left).toHaveLength(1);
      }
    });

    it('is not demoted by somebody else', async () => {
      const place = await addTestOrganization(stage.tims.installation);
      const helper = await addPerson(place, 'admin', []);
      // As it would be with a role of their own that may do the same: still high enough, and no administrator.
      await stage.tims.installation.storage.writer('roles').insert({
        organization_id: place.organization,
        key: 'deputy',
        name: 'Deputy',
        rank: 50,
        grants: JSON.stringify(stage.admin.actor.grants),
        version: 1,
        created_at: 1,
      });
      await stage.tims.installation.storage.writer('users').where({ id: helper.actor.id }).update({ role: 'deputy' });
      stage.tims.installation.rules.refresh();
      const path = `/api/users/${place.admin.id}`;
      for (const body of [{ role: 'agent' }, { status: 'deactivated' }]) {
        expect(await stage.call('PATCH', path, { as: helper, body })).toMatchObject({
          status: 409,
          body: { code: 'last_administrator' },
        });
      }
    });
  });

  describe('oneself', () => {
    const me = (as: Person | string, body: object) => stage.call('PATCH', '/api/me', { as, body });

    it('changes name and time zone', async () => {
      const person = await addPerson(stage.tims, 'agent', []);
      const changed = await me(person, { name: 'Aisyah', timeZone: 'Asia/Kuala_Lumpur' });
      expect(changed).toMatchObject({ status: 200, body: { name: 'Aisyah', timeZone: 'Asia/Kuala_Lumpur' } });
      expect((await me(person, { timeZone: null })).body.timeZone).toBeNull();
      for (const timeZone of ['Mars/Olympus', '', '+08:00', 'a'.repeat(65), 8]) {
        expect((await me(person, { timeZone })).status, String(timeZone)).toBe(400);
      }
      expect((await me(person, { role: 'admin' })).status).toBe(400);
    });

    it('changes the password with the old one, which ends other sessions', async () => {
      const person = await addPerson(stage.tims, 'agent', []);
      const { body: session } = await login(person.email, testPassword);
      const password = 'another horse battery';
      expect((await me(person, { password })).status).toBe(400);
      expect(await me(person, { password, currentPassword: 'wrong horse battery' })).toMatchObject({
        status: 422,
        body: { code: 'current_password_wrong' },
      });
      expect((await me(person, { password: 'short', currentPassword: testPassword })).body.code).toBe(
        'password_refused',
      );
      expect((await me(person, { password, currentPassword: testPassword })).status).toBe(200);
      const after = await stage.call('POST', '/api/auth/refresh', { body: { refreshToken: session.refreshToken } });
      expect(after.status).toBe(401);
      expect((await login(person.email, testPassword)).status).toBe(401);
      expect((await login(person.email, password)).status).toBe(200);
    });

    it('changes it once of two at the same time', async () => {
      const person = await addPerson(stage.tims, 'agent', []);
      const currentPassword = testPassword;
      const passwords = ['the first horse battery', 'the second horse battery'];
      const answers = await Promise.all(passwords.map((password) => me(person, { password, currentPassword })));
      expect(answers.map(({ status }) => status).sort()).not.toEqual([200, 200]);
      expect(answers.map(({ status }) => status)).toContain(200);
      const logins = await Promise.all(passwords.map((password) => login(person.email, password)));
      expect(logins.map(({ status }) => status).sort()).toEqual([200, 401]);
    });
  });
});
