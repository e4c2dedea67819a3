import { openSqlite } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUser } from '../access/made.js';
import { type Answer, openStage, type Stage } from '../stage/index.js';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage(await openSqlite());
});
afterAll(() => stage.close());

describe('a fault in a request', () => {
  const fields = (answer: Answer) => answer.body.errors.map(({ path }: { path: string }) => path);

  it.each<[string, 'GET' | 'POST', string, unknown, string[]]>([
    ['a field that is missing', 'POST', '/api/teams', { key: 'a' }, ['/body/name']],
    ['several that are missing', 'POST', '/api/teams', {}, ['/body/key', '/body/name']],
    ['a field that nobody knows', 'POST', '/api/teams', { key: 'a', name: 'b', nmae: 'c' }, ['/body/nmae']],
    ['a name that has to be escaped', 'POST', '/api/teams', { key: 'a', name: 'b', 'a/b~c': 1 }, ['/body/a~1b~0c']],
    ['a wrong type', 'POST', '/api/teams', { key: 'a', name: 5 }, ['/body/name']],
    ['a number in a text', 'POST', '/api/auth/login', { email: 'a', password: 12345678 }, ['/body/password']],
    ['a list for an object', 'POST', '/api/teams', [], ['/body']],
    ['one inside another', 'POST', '/api/users', { ...newUser('x') }, ['/body/teams/0/id']],
    [
      'the nearest of several shapes',
      'POST',
      '/api/messages/send',
      { conversationId: 'cnv', text: 'x' },
      ['/body/conversationId'],
    ],
    [
      'the other of several shapes',
      'POST',
      '/api/messages/send',
      { channelId: 'chn', to: '', text: 'x' },
      ['/body/channelId', '/body/to'],
    ],
    ['a query', 'GET', '/api/conversations?limit=0', undefined, ['/query/limit']],
    ['a limit that is too large', 'GET', '/api/conversations?limit=101', undefined, ['/query/limit']],
    ['half a number', 'GET', '/api/conversations?limit=1.5', undefined, ['/query/limit']],
    ['a truth value for a number', 'GET', '/api/conversations?limit=true', undefined, ['/query/limit']],
    ['a number for a truth value', 'GET', '/api/conversations?unread=1', undefined, ['/query/unread']],
    ['a parameter twice', 'GET', '/api/conversations?limit=1&limit=2', undefined, ['/query/limit']],
    ['a parameter that nobody knows', 'GET', '/api/conversations?limti=1', undefined, ['/query/limti']],
    ['a parameter where there is none', 'GET', '/api/me?x=1', undefined, ['/query/x']],
    ['101 ids', 'GET', `/api/messages?ids=${Array(101).fill(`msg_${'0'.repeat(26)}`)}`, undefined, ['/query/ids']],
    ['no ids', 'GET', '/api/messages', undefined, ['/query/ids']],
    ['an id', 'GET', '/api/contacts/con_x', undefined, ['/params/id']],
    ['an id of another kind', 'GET', `/api/contacts/cnv_${'0'.repeat(26)}`, undefined, ['/params/id']],
    [
      'two places at once',
      'GET',
      `/api/conversations/cnv_${'0'.repeat(26)}?before=a&after=b`,
      undefined,
      ['/query/after'],
    ],
  ])('is named: %s', async (_kind, method, path, body, expected) => {
    const answer = await stage.call(method, path, { as: stage.admin, body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect(fields(answer)).toEqual(expected);
  });

  it('in a header is named too', async () => {
    const answer = await stage.call('POST', '/api/teams', {
      as: stage.admin,
      body: { key: 'a', name: 'b' },
      headers: { 'idempotency-key': 'a b' },
    });
    expect(fields(answer)).toEqual(['/headers/idempotency-key']);
  });

  it('is told in few words, however long the field’s name is', async () => {
    const answer = await stage.call('POST', '/api/teams', { as: stage.admin, body: { ['x'.repeat(100_000)]: 1 } });
    expect(answer.status).toBe(400);
    expect(answer.text.length).toBeLessThan(2_000);
  });

  it('of a cursor says so', async () => {
    const lists = ['conversations', 'users', 'directory', 'inbound-failures', 'events'];
    for (const list of lists) {
      for (const cursor of [
        'x',
        'MTIz',
        '%00',
        '..',
        Buffer.from("1.cnv_' or 1=1").toString('base64url'),
        'A'.repeat(200),
      ]) {
        const answer = await stage.call('GET', `/api/${list}?cursor=${cursor}`, { as: stage.admin });
        expect(`${list} ${cursor} ${answer.status} ${answer.body.code}`).toBe(`${list} ${cursor} 400 cursor_invalid`);
      }
      expect((await stage.call('GET', `/api/${list}?cursor=${'A'.repeat(201)}`, { as: stage.admin })).body.code).toBe(
        'validation_failed',
      );
    }
  });

  it('of a path is a path that does not exist', async () => {
    for (const path of [
      '/%',
      '/api/conversations/%ff',
      '/api/conversations/%',
      `/api/contacts/${'x'.repeat(500)}`,
      '/api/../etc/passwd',
      '//api/me',
      '/api/me/..;/users',
    ]) {
      const answer = await stage.call('GET', path, { as: stage.admin });
      expect(`${path} ${answer.status} ${answer.body?.code}`).toBe(`${path} 404 route_not_found`);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.body.requestId).toBe(answer.headers['x-request-id']);
    }
  });

  it('of a body is told apart: not JSON, not said to be JSON, too large', async () => {
    const post = (body: string, type = 'application/json') =>
      stage.call('POST', '/api/teams', { as: stage.admin, body, headers: { 'content-type': type } });
    expect((await post('{')).body.code).toBe('malformed_body');
    expect((await post('')).body.code).toBe('malformed_body');
    expect((await post('{"__proto__":{}}')).body.code).toBe('malformed_body');
    expect((await post('{}', 'text/plain')).body.code).toBe('unsupported_media_type');
    expect((await post(`"${'x'.repeat(1024 * 1024)}"`)).body.code).toBe('body_too_large');
  });
});
