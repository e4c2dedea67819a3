import { openSqlite, testPassword } from '@tims/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addPerson,
  conversationAt,
  customerWrites,
  openStage,
  type Person,
  personOf,
  type Stage,
  until,
} from '../stage/index.js';
import { connect, type Reader } from './reader.js';

let stage: Stage & { url: string };

beforeAll(async () => {
  const opened = await openStage(await openSqlite());
  stage = { ...opened, url: await opened.app.listen({ port: 0, host: '127.0.0.1' }) };
});
afterAll(() => stage.close());

const settings = (body: object) => stage.call('PATCH', '/api/settings', { as: stage.admin, body });
const seen = (as: Person, id: string) => stage.call('GET', `/api/conversations/${id}`, { as });

async function follow(person: Person): Promise<Reader> {
  const reader = await connect(stage, person);
  await reader.subscribe();
  return reader;
}

const resyncs = ({ items }: Reader) => items.filter(({ type }) => type === 'resync_required').length;

describe('settings', () => {
  beforeEach(() => settings({ queueSight: 'preview', managerSight: 'all' }));

  it('are read with their defaults, changed one by one, and refused where they make no sense', async () => {
    const before = (await stage.call('GET', '/api/settings', { as: stage.admin })).body;
    expect(before).toMatchObject({ queueSight: 'preview', managerSight: 'all', overloadAt: 20 });
    expect((await settings({ overloadAt: 21 })).body).toEqual({ ...before, overloadAt: 21 });
    for (const body of [
      {},
      { overloadAt: 0 },
      { overloadAt: '21' },
      { queueSight: 'half' },
      { contactKinds: [] },
      { contactKinds: ['a', 'a'] },
      { unknown: true },
    ]) {
      expect((await settings(body)).status, JSON.stringify(body)).toBe(400);
    }
    expect((await stage.call('GET', '/api/settings', { as: stage.stranger })).body.overloadAt).toBe(20);
    const { body } = await stage.call('GET', '/api/settings', { as: stage.admin });
    expect(body.overloadAt).toBe(21);
  });

  it('lose nothing when several are changed at once', async () => {
    await Promise.all([
      settings({ overloadAt: 31 }),
      settings({ floodPerMinute: 32 }),
      settings({ undoSendSeconds: 3 }),
    ]);
    const { body } = await stage.call('GET', '/api/settings', { as: stage.admin });
    expect(body).toMatchObject({ overloadAt: 31, floodPerMinute: 32, undoSendSeconds: 3 });
  });

  it('queueSight shows agents their queues whole, over the API and an open socket, and hides them again', async () => {
    const agent = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
    const { id } = await customerWrites(stage.tims);
    const reader = await follow(agent);
    expect((await seen(agent, id)).body.preview).toBe(true);
    await settings({ queueSight: 'whole' });
    expect((await seen(agent, id)).body.preview).toBe(false);
    await until(() => resyncs(reader) === 1, 5_000);
    await reader.subscribe();
    await settings({ queueSight: 'preview' });
    expect((await seen(agent, id)).body.preview).toBe(true);
    await until(() => resyncs(reader) === 2, 5_000);
    reader.close();
  });

  it('managerSight narrows managers to their teams, over the API and an open socket', async () => {
    const manager = await addPerson(stage.tims, 'manager', [stage.tims.teamId]);
    const elsewhere = await conversationAt(stage.tims, { teamId: await stage.tims.addTeam('sight') });
    const reader = await follow(manager);
    expect((await seen(manager, elsewhere.id)).status).toBe(200);
    await settings({ managerSight: 'team' });
    expect((await seen(manager, elsewhere.id)).status).toBe(404);
    await until(() => resyncs(reader) === 1, 5_000);
    await reader.subscribe();
    const next = await conversationAt(stage.tims, { teamId: stage.tims.teamId });
    await until(() => reader.events().some(({ conversationId }) => conversationId === next.id));
    const hidden = await stage.call('GET', '/api/conversations?limit=100', { as: manager });
    expect(hidden.text).not.toContain(elsewhere.id);
    reader.close();
  });
});

describe('an open socket', () => {
  const patch = (person: Person, body: object) =>
    stage.call('PATCH', `/api/users/${person.actor.id}`, { as: stage.admin, body });

  it('ends within five seconds with another role, and with another password, but not with another name', async () => {
    const changes: [string, (person: Person) => Promise<unknown>][] = [
      ['role', (person) => patch(person, { role: 'assistant_manager' })],
      [
        'password set',
        ({ actor }) =>
          stage.call('POST', `/api/users/${actor.id}/password`, {
            as: stage.admin,
            body: { password: 'another horse battery' },
          }),
      ],
      [
        'own password',
        (person) =>
          stage.call('PATCH', '/api/me', {
            as: person,
            body: { password: 'another horse battery', currentPassword: testPassword },
          }),
      ],
    ];
    for (const [name, change] of changes) {
      const person = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
      const reader = await follow(person);
      await patch(person, { name: 'Another name' });
      await until(() => reader.events().some(({ type }) => type === 'user.updated'));
      expect(reader.closed, name).toBeUndefined();
      await change(person);
      expect((await until(() => reader.closed, 5_000)).code, name).toBe(4001);
      expect((await stage.call('GET', '/api/me', { as: person })).status, name).toBe(401);
    }
  });

  it('ends in every organization of an account whose password changed', async () => {
    const there = await addPerson(stage.other, 'agent', []);
    const body = { email: there.email, role: 'agent' };
    const { link } = (await stage.call('POST', '/api/invitations', { as: stage.admin, body })).body;
    const { userId: id } = (
      await stage.call('POST', '/api/invitations/accept', {
        body: { token: link.split('=')[1], password: testPassword },
      })
    ).body;
    const { installation, organization } = stage.tims;
    const here = await personOf(installation, { id, organization }, there.email);
    const readers = [await follow(here), await connect(stage, there)];
    await stage.call('PATCH', '/api/me', {
      as: there,
      body: { password: 'another horse battery', currentPassword: testPassword },
    });
    for (const reader of readers) expect((await until(() => reader.closed, 5_000)).code).toBe(4001);
  });

  it('goes on with other teams, and with a changed role of the organization’s own, and is told to look again', async () => {
    const permissions = ['directory:read', 'events:read', 'conversations:read'].map((permission) => ({
      permission,
      scope: 'all',
    }));
    const role = { key: 'watch', name: 'Watch', rank: 10, permissions };
    await stage.call('POST', '/api/roles', { as: stage.admin, body: role });
    const person = await addPerson(stage.tims, 'watch', []);
    const reader = await follow(person);
    await patch(person, { teams: [{ id: stage.tims.teamId }] });
    await until(() => resyncs(reader) === 1, 5_000);
    await reader.subscribe();
    await stage.call('PATCH', '/api/roles/watch', {
      as: stage.admin,
      body: {
        permissions: permissions.map((one) => ({
          ...one,
          scope: one.scope === 'all' && one.permission === 'conversations:read' ? 'team' : 'all',
        })),
      },
    });
    await until(() => resyncs(reader) === 2, 5_000);
    expect(reader.closed).toBeUndefined();
    expect((await stage.call('GET', '/api/me', { as: person })).status).toBe(200);
    reader.close();
  });
});
