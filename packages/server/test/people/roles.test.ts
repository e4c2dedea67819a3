import { defaultOrganizationSettings, OrganizationSettings, permissions, roles } from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import { Check } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { addPerson, openStage, type Person, type Stage } from '../stage/index.js';

test('every setting has a default that fits its schema', () => {
  expect(Check(OrganizationSettings, defaultOrganizationSettings)).toBe(true);
  expect(Object.keys(defaultOrganizationSettings).sort()).toEqual(Object.keys(OrganizationSettings.properties).sort());
});

forEachDatabase('roles of an organization', (open) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(await open());
  });
  afterAll(() => stage.close());

  let serial = 0;
  const call = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object, as: Person = stage.admin) =>
    stage.call(method, `/api/roles${path}`, { as, body });
  const grant = (permission: string, scope = 'all') => ({ permission, scope });
  const reader = [
    grant('directory:read'),
    grant('events:read'),
    grant('conversations:read'),
    grant('roles:read'),
    grant('roles:write'),
  ];
  const newRole = (changes: object = {}) => ({
    key: `own_${++serial}`,
    name: 'Own',
    rank: 20,
    permissions: reader,
    ...changes,
  });

  it('stand beside the five, in the order of their ranks', async () => {
    const made = await call('POST', '', newRole({ rank: 25 }));
    expect(made).toMatchObject({ status: 201, body: { builtIn: false, version: 1, rank: 25 } });
    const { data } = (await call('GET', '')).body;
    expect(data.map(({ rank }: { rank: number }) => rank)).toEqual([50, 40, 30, 25, 20, 10]);
    expect(data[3]).toEqual(made.body);
    expect((await stage.call('GET', '/api/roles', { as: stage.stranger })).body.data).toHaveLength(5);
  });

  it('let their people do what they say from the next request on, and no longer once they do not', async () => {
    const { body: role } = await call('POST', '', newRole());
    const person = await addPerson(stage.tims, role.key, []);
    const mayList = async () => (await call('GET', '', undefined, person)).status;
    expect(await mayList()).toBe(200);
    await call('PATCH', `/${role.key}`, { permissions: [grant('directory:read')] });
    expect(await mayList()).toBe(403);
    expect((await stage.call('GET', '/api/me', { as: person })).body.permissions).toEqual({ 'directory:read': 'all' });
  });

  it('are changed, and what is so already is no change', async () => {
    const role = newRole();
    await call('POST', '', role);
    expect((await call('PATCH', `/${role.key}`, { name: 'Other', rank: 11 })).body).toMatchObject({
      name: 'Other',
      rank: 11,
      version: 2,
      permissions: expect.arrayContaining([grant('roles:read')]),
    });
    expect((await call('PATCH', `/${role.key}`, { name: 'Other' })).body.version).toBe(2);
  });

  it('have keys of their own', async () => {
    const role = newRole();
    const answers = await Promise.all([call('POST', '', role), call('POST', '', role), call('POST', '', role)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    for (const { key } of roles) {
      expect(await call('POST', '', newRole({ key })), key).toMatchObject({
        status: 409,
        body: { code: 'role_key_taken' },
      });
    }
    for (const key of ['Admin', 'a b', '', '1st', 'x'.repeat(33), "'--", 'ad\u0000min']) {
      expect((await call('POST', '', newRole({ key }))).status, key).toBe(400);
    }
  });

  it('leave the five as they are', async () => {
    for (const { key } of roles) {
      expect((await call('PATCH', `/${key}`, { name: 'Mine' })).body.code).toBe('role_built_in');
      expect((await call('DELETE', `/${key}`)).body.code).toBe('role_built_in');
    }
  });

  it('are only removed when nobody has them, and nobody is invited to them', async () => {
    const { body: role } = await call('POST', '', newRole());
    const person = await addPerson(stage.tims, role.key, []);
    const inUse = { status: 409, body: { code: 'role_in_use' } };
    expect(await call('DELETE', `/${role.key}`)).toMatchObject(inUse);
    await stage.call('PATCH', `/api/users/${person.actor.id}`, { as: stage.admin, body: { role: 'agent' } });
    const body = { email: 'to-a-role@example.com', role: role.key };
    const { body: invitation } = await stage.call('POST', '/api/invitations', { as: stage.admin, body });
    expect(await call('DELETE', `/${role.key}`)).toMatchObject(inUse);
    await stage.call('DELETE', `/api/invitations/${invitation.id}`, { as: stage.admin });
    expect((await call('DELETE', `/${role.key}`)).status).toBe(204);
    expect((await call('DELETE', `/${role.key}`)).status).toBe(404);
    const late = { email: 'late@example.com', name: 'x', password: 'correct horse battery', role: role.key };
    expect((await stage.call('POST', '/api/users', { as: stage.admin, body: late })).status).toBe(404);
  });

  it('are given or removed, never both at once', async () => {
    for (let round = 0; round < 3; round++) {
      const { body: role } = await call('POST', '', newRole());
      const person = await addPerson(stage.tims, 'agent', []);
      const path = `/api/users/${person.actor.id}`;
      const [given, removed] = await Promise.all([
        stage.call('PATCH', path, { as: stage.admin, body: { role: role.key } }),
        call('DELETE', `/${role.key}`),
      ]);
      expect([given.status, removed.status].sort(), `${given.text} ${removed.text}`).not.toEqual([200, 204]);
      const { body: user } = await stage.call('GET', path, { as: stage.admin });
      const { data } = (await call('GET', '')).body;
      expect(data.map(({ key }: { key: string }) => key)).toContain(user.role);
    }
  });

  describe('nobody', () => {
    it('makes a role above their own, or with what they lack, or widens one so', async () => {
      const { body: role } = await call('POST', '', newRole({ rank: 20 }));
      const person = await addPerson(stage.tims, role.key, []);
      const make = (changes: object) => call('POST', '', newRole(changes), person);
      expect((await make({ rank: 21 })).body.code).toBe('rank_too_high');
      expect((await make({ permissions: [grant('settings:read')] })).body.code).toBe('permission_not_held');
      expect((await make({ permissions: reader })).status).toBe(201);
      const { body: narrow } = await call('POST', '', {
        ...newRole({ rank: 20 }),
        permissions: [grant('conversations:read', 'team'), grant('roles:read'), grant('roles:write')],
      });
      const narrower = await addPerson(stage.tims, narrow.key, []);
      const wide = newRole({ rank: 10, permissions: [grant('conversations:read', 'all')] });
      expect((await call('POST', '', wide, narrower)).body.code).toBe('permission_not_held');
      expect((await call('PATCH', `/${narrow.key}`, { permissions: reader }, narrower)).body.code).toBe(
        'permission_not_held',
      );
      expect((await call('PATCH', `/${narrow.key}`, { rank: 50 }, narrower)).body.code).toBe('rank_too_high');
      const { body: high } = await call('POST', '', newRole({ rank: 45 }));
      expect((await call('PATCH', `/${high.key}`, { name: 'Mine' }, person)).body.code).toBe('rank_too_high');
      expect((await call('DELETE', `/${high.key}`, undefined, person)).body.code).toBe('rank_too_high');
    });
  });

  describe('permissions', () => {
    it('that do not work together are refused', async () => {
      const senseless = [
        [grant('conversations:reply')],
        [grant('conversations:reply', 'all'), grant('conversations:read', 'team')],
        [grant('users:write')],
        [grant('users:read', 'own')],
        [grant('users:read', 'team')],
        [grant('conversations:read', 'own')],
        [grant('conversations:take', 'assigned'), grant('conversations:read')],
        [grant('directory:read'), grant('directory:read')],
        [grant('contacts:erase')],
      ];
      for (const list of senseless) {
        const answer = await call('POST', '', newRole({ permissions: list }));
        expect(answer, JSON.stringify(list)).toMatchObject({ status: 422, body: { code: 'role_senseless' } });
      }
      expect((await call('POST', '', newRole({ permissions: [grant('everything')] }))).status).toBe(400);
    });

    it('of each of the five make a role', async () => {
      for (const { grants } of roles) {
        const list = permissions.flatMap((permission) => {
          const scope = grants[permission];
          return scope ? [grant(permission, scope)] : [];
        });
        const made = await call('POST', '', newRole({ permissions: list }));
        expect(made.status, made.text).toBe(201);
      }
    });
  });
});
