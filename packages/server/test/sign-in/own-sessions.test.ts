import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { open, ticketOf } from '../realtime/reader.js';
import { addPerson, until } from '../stage/index.js';
import { type Door, openDoor } from './door.js';

forEachDatabase('own sessions', (openDatabase) => {
  let door: Door;
  let url: string;
  beforeAll(async () => {
    door = await openDoor(await openDatabase());
    url = await door.app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(() => door.close());

  const me = (token: string) => door.call('GET', '/api/me', { as: token });
  const mine = async (token: string) => (await door.call('GET', '/api/me/sessions', { as: token })).body.data;

  it('are listed with where they were begun, the one that asks marked, and nobody else’s', async () => {
    const person = await addPerson(door.tims, 'agent', []);
    const { body: telephone } = await door.login(
      { email: person.email, password: 'correct horse battery' },
      { 'user-agent': `Telephone ${'x'.repeat(400)}` },
    );
    const { body: desk } = await door.enter(person);
    const sessions = await mine(desk.accessToken);
    // The stage gave the person a session of its own.
    expect(sessions).toHaveLength(3);
    expect(sessions[0]).toMatchObject({ current: true, mode: 'token', ip: '127.0.0.1' });
    expect(sessions[1]).toMatchObject({ current: false, userAgent: expect.stringMatching(/^Telephone x{290}$/) });
    expect((await mine(telephone.accessToken)).map(({ current }: { current: boolean }) => current)).toEqual([
      false,
      true,
      false,
    ]);
    expect(JSON.stringify(sessions)).not.toContain(desk.refreshToken);
  });

  it('end when they are revoked: access token, refresh token, ticket and socket', async () => {
    const { body: lost } = await door.enter(door.agent);
    const [{ id }] = await mine(lost.accessToken);
    const socket = await open({ url, ticket: await ticketOf(door, { ...door.agent, token: lost.accessToken }) });
    const unused = await ticketOf(door, { ...door.agent, token: lost.accessToken });
    const { body: desk } = await door.enter(door.agent);
    const other = await open({ url, ticket: await ticketOf(door, { ...door.agent, token: desk.accessToken }) });
    await socket.subscribe();
    const gone = await door.call('DELETE', `/api/me/sessions/${id}`, { as: desk.accessToken });
    expect(gone.status).toBe(204);
    expect((await me(lost.accessToken)).status).toBe(401);
    const renewed = await door.call('POST', '/api/auth/refresh', { body: { refreshToken: lost.refreshToken } });
    expect(renewed).toMatchObject({ status: 401, body: { code: 'refresh_failed' } });
    await expect(open({ url, ticket: unused })).rejects.toThrow('401');
    expect((await until(() => socket.closed, 5_000)).code).toBe(4001);
    expect(other.closed).toBeUndefined();
    expect((await me(desk.accessToken)).status).toBe(200);
    other.close();
    const again = await door.call('DELETE', `/api/me/sessions/${id}`, { as: desk.accessToken });
    expect(again.status).toBe(404);
  });

  it('end all but one at once, with their sockets', async () => {
    const tokens = [];
    for (let i = 0; i < 3; i++) tokens.push((await door.enter(door.agent)).body.accessToken);
    const [one, two, kept] = tokens;
    const socket = await open({ url, ticket: await ticketOf(door, { ...door.agent, token: one }) });
    expect((await door.call('DELETE', '/api/me/sessions', { as: kept })).status).toBe(204);
    expect([await me(one), await me(two), await me(kept)].map(({ status }) => status)).toEqual([401, 401, 200]);
    expect((await until(() => socket.closed, 5_000)).code).toBe(4001);
    expect(await mine(kept)).toHaveLength(1);
  });

  it('are another’s business never', async () => {
    const [{ id }] = await mine(door.admin.token);
    const answer = await door.call('DELETE', `/api/me/sessions/${id}`, {
      as: (await door.enter(door.agent)).body.accessToken,
    });
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await me(door.admin.token)).status).toBe(200);
  });

  it('end with a logout, and are gone when they ran out', async () => {
    const { body } = await door.enter(door.agent);
    const socket = await open({ url, ticket: await ticketOf(door, { ...door.agent, token: body.accessToken }) });
    await door.call('POST', '/api/auth/logout', { body: { refreshToken: body.refreshToken } });
    expect((await me(body.accessToken)).status).toBe(401);
    expect((await until(() => socket.closed, 5_000)).code).toBe(4001);
    const late = (await door.enter(door.agent)).body.accessToken;
    const [{ id }] = await mine(late);
    await door.tims.installation.storage
      .writer('sessions')
      .where({ id })
      .update({ expires_at: door.now() - 1 });
    expect((await me(late)).status).toBe(401);
  });

  it('leave what happened in the activities: in, refused, out', async () => {
    const person = await addPerson(door.tims, 'agent', []);
    const { body } = await door.enter(person);
    await door.login({ email: person.email, password: 'wrong horse battery' });
    await door.call('POST', '/api/auth/logout', { body: { refreshToken: body.refreshToken } });
    const rows = await until(async () => {
      const found = await door.tims.installation.storage
        .reader('activity_logs')
        .where({ organization_id: door.tims.organization, entity_id: person.actor.id })
        .where('action', 'like', 'auth.%')
        .orderBy('sequence');
      return found.length >= 3 ? found : undefined;
    });
    const said = rows.map((row: { action: string; actor_type: string; ip: string | null }) => [
      row.action,
      row.actor_type,
      row.ip,
    ]);
    expect(said.sort()).toEqual([
      ['auth.login', 'user', '127.0.0.1'],
      ['auth.login_refused', 'system', null],
      ['auth.logout', 'user', '127.0.0.1'],
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/correct horse|wrong horse/);
  });
});
