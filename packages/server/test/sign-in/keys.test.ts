import { updateUser } from '@tims/core';
import { forEachDatabase, testPassword } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { open } from '../realtime/reader.js';
import { type Answer, addPerson, conversationAt, deactivate, type Person, until } from '../stage/index.js';
import { type Door, openDoor } from './door.js';

const day = 86_400_000;

forEachDatabase('an API key', (openDatabase) => {
  let door: Door;
  let url: string;
  let maker: Person;
  beforeAll(async () => {
    door = await openDoor(await openDatabase());
    url = await door.app.listen({ port: 0, host: '127.0.0.1' });
    maker = await addPerson(door.tims, 'admin', [door.tims.teamId]);
  });
  afterAll(() => door.close());

  const make = (permissions: string[], more: object = {}, as: Person = maker): Promise<Answer> =>
    door.call('POST', '/api/keys', {
      as,
      body: { name: 'A program', permissions, expiresAt: new Date(door.now() + day).toISOString(), ...more },
    });
  const keyOf = async (permissions: string[], as?: Person) => (await make(permissions, {}, as)).body.key as string; // the schema's
  const get = async (as: string, path: string) => (await door.call('GET', path, { as })).status;

  it('is shown once, kept as a hash, and known again by its end', async () => {
    const made = await make(['conversations:read']);
    expect(made).toMatchObject({
      status: 201,
      body: { key: expect.stringMatching(/^tims_[\w-]{43}$/), lastUsedAt: null },
    });
    const { key, ...shown } = made.body;
    expect(key.endsWith(shown.hint)).toBe(true);
    const { body } = await door.call('GET', '/api/keys', { as: door.admin });
    expect(body.data[0]).toEqual(shown);
    const rows = await door.tims.installation.storage.reader('api_keys');
    expect(JSON.stringify([rows, body])).not.toContain(key.slice(5, -4));
  });

  it('does what its maker may and it was given, as its maker, and nothing else', async () => {
    const key = await keyOf(['conversations:read', 'conversations:take', 'directory:read']);
    const { id } = await conversationAt(door.tims, {});
    const matrix: [string, 'GET' | 'POST' | 'DELETE', object | undefined, number][] = [
      ['/api/me', 'GET', undefined, 200],
      ['/api/conversations', 'GET', undefined, 200],
      ['/api/directory', 'GET', undefined, 200],
      [`/api/conversations/${id}/take`, 'POST', undefined, 200],
      [`/api/conversations/${id}/close`, 'POST', { reason: 'resolved' }, 403],
      ['/api/users', 'GET', undefined, 403],
      ['/api/events', 'GET', undefined, 403],
      ['/api/teams', 'POST', { key: 'k', name: 'K' }, 403],
      ['/api/keys', 'GET', undefined, 403],
    ];
    for (const [path, method, body, status] of matrix) {
      const answer = await door.call(method, path, { as: key, body });
      expect(`${method} ${path} ${answer.status}`, answer.text).toBe(`${method} ${path} ${status}`);
    }
    const { body } = await door.call('GET', `/api/conversations/${id}`, { as: key });
    expect(body.conversation.assigneeId).toBe(maker.actor.id);
    const { body: me } = await door.call('GET', '/api/me', { as: key });
    expect(Object.keys(me.permissions).sort()).toEqual(['conversations:read', 'conversations:take', 'directory:read']);
    const [activity] = await door.tims.installation.storage
      .reader('activity_logs')
      .where({ action: 'conversations.take' });
    expect([activity.actor_id, activity.via, activity.ip]).toEqual([
      maker.actor.id,
      expect.stringMatching(/^key_/),
      '127.0.0.1',
    ]);
  });

  it('makes no keys and no users, sees no sessions, changes no second factor, whatever it was given', async () => {
    for (const permission of ['keys:write', 'users:write']) {
      expect(await make([permission])).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    }
    // As if it had been given them at a time when that was allowed.
    const { body } = await make(['keys:read', 'users:read']);
    await door.tims.installation.storage
      .writer('api_keys')
      .where('id', body.id)
      .update({ grants: JSON.stringify({ 'keys:write': 'all', 'keys:read': 'all', 'users:write': 'all' }) });
    const as = body.key;
    const refused = [
      await door.call('POST', '/api/keys', {
        as,
        body: { name: 'x', permissions: ['keys:read'], expiresAt: new Date(door.now() + day) },
      }),
      await door.call('DELETE', `/api/keys/${body.id}`, { as }),
      await door.call('POST', '/api/users', {
        as,
        body: { email: 'k@example.com', name: 'K', password: testPassword, role: 'agent' },
      }),
      await door.call('GET', '/api/me/sessions', { as }),
      await door.call('DELETE', '/api/me/sessions', { as }),
      await door.call('POST', '/api/me/second-factor', { as, body: { password: testPassword } }),
      await door.call('DELETE', `/api/users/${door.agent.actor.id}/second-factor`, { as }),
    ];
    expect(refused.map(({ status, body: { code } }) => `${status} ${code}`)).toEqual(
      refused.map(() => '403 forbidden'),
    );
  });

  it('is given nothing that its maker lacks, and no longer than a year', async () => {
    await door.tims.installation.storage.writer('roles').insert({
      organization_id: door.tims.organization,
      key: 'integrator',
      name: 'Integrator',
      rank: 20,
      grants: JSON.stringify({ 'keys:write': 'all', 'conversations:read': 'team' }),
      version: 1,
      created_at: 0,
    });
    door.tims.installation.rules.refresh();
    const integrator = await addPerson(door.tims, 'integrator', [door.tims.teamId]);
    expect(await make(['conversations:read', 'channels:read'], {}, integrator)).toMatchObject({
      status: 403,
      body: { code: 'forbidden', detail: expect.stringContaining('channels:read') },
    });
    const { body } = await make(['conversations:read'], {}, integrator);
    expect((await door.call('GET', '/api/me', { as: body.key })).body.permissions).toEqual({
      'conversations:read': 'team',
    });
    for (const at of [door.now() - 1, door.now() + 367 * day]) {
      const answer = await make(['conversations:read'], { expiresAt: new Date(at).toISOString() });
      expect(answer).toMatchObject({ status: 422, body: { code: 'expiry_refused' } });
    }
  });

  it('loses what its maker loses, and gains nothing when they gain', async () => {
    const person = await addPerson(door.tims, 'admin', [door.tims.teamId]);
    const key = await keyOf(['conversations:read', 'channels:read'], person);
    const { writer } = door.tims.installation.storage;
    const become = (role: string) => writer('users').where('id', person.actor.id).update({ role });
    const held = async () => (await door.call('GET', '/api/me', { as: key })).body.permissions;
    expect(await held()).toEqual({ 'conversations:read': 'all', 'channels:read': 'all' });
    await become('agent');
    expect(await held()).toEqual({ 'conversations:read': 'assigned' });
    expect(await get(key, '/api/channels')).toBe(403);
    await become('admin');
    await writer('api_keys').where('user_id', person.actor.id).update({ grants: '{"conversations:read":"team"}' });
    expect(await held()).toEqual({ 'conversations:read': 'team' });
  });

  it('ends when it is revoked, with its sockets, and when it runs out', async () => {
    const { body } = await make(['conversations:read', 'events:read']);
    const { body: ticket } = await door.call('POST', '/api/realtime/tickets', { as: body.key });
    const socket = await open({ url, ticket: ticket.ticket });
    await socket.subscribe();
    expect((await door.call('DELETE', `/api/keys/${body.id}`, { as: door.stranger })).status).toBe(404);
    expect((await door.call('DELETE', `/api/keys/${body.id}`, { as: door.agent })).status).toBe(403);
    expect((await door.call('DELETE', `/api/keys/${body.id}`, { as: door.admin })).status).toBe(204);
    expect(await get(body.key, '/api/me')).toBe(401);
    expect((await until(() => socket.closed, 5_000)).code).toBe(4001);
    const brief = await keyOf(['conversations:read']);
    expect(await get(brief, '/api/me')).toBe(200);
    await door.tims.installation.storage.writer('api_keys').update({ expires_at: door.now() - 1 });
    expect(await get(brief, '/api/me')).toBe(401);
  });

  it('ends with its maker, and does not come back with them', async () => {
    const person = await addPerson(door.tims, 'admin', []);
    const key = await keyOf(['conversations:read'], person);
    const { body: ticket } = await door.call('POST', '/api/realtime/tickets', { as: key });
    const socket = await open({ url, ticket: ticket.ticket });
    await deactivate(door.tims, person);
    expect(await get(key, '/api/me')).toBe(401);
    expect((await until(() => socket.closed, 5_000)).code).toBe(4001);
    await updateUser(door.tims.installation, door.tims.admin, { id: person.actor.id, status: 'active' });
    expect(await get(key, '/api/me')).toBe(401);
  });

  it('is told when it was last used, written once a minute', async () => {
    const { body } = await make(['conversations:read']);
    const row = () => door.tims.installation.storage.reader('api_keys').where('id', body.id).first('last_used_at');
    await Promise.all([get(body.key, '/api/me'), get(body.key, '/api/me')]);
    const first = (await row()).last_used_at;
    expect(Math.abs(Number(first) - door.now())).toBeLessThan(20_000);
    await get(body.key, '/api/me');
    expect((await row()).last_used_at).toBe(first);
    await door.tims.installation.storage
      .writer('api_keys')
      .where('id', body.id)
      .update({ last_used_at: door.now() - 61_000 });
    await get(body.key, '/api/me');
    expect(Number((await row()).last_used_at)).toBeGreaterThanOrEqual(Number(first));
  });
});
