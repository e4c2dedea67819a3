import { errorCatalogue } from '@tims/core';
import { openSqlite } from '@tims/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUser } from '../access/routes.js';
import { addPerson, type Answer, conversationAt, customerWrites, openStage, type Person, type Stage } from '../stage/index.js';
import { type AnswerCheck, answersOf, type Document, type Operation, operationsOf } from './answers.js';
import { type KnownIds, requestsTo, type WildRequest } from './requests.js';

const marker = 'a text that only the other organization may read';
/** Each asks bcrypt, a third of a second. */
const slow = ['auth.login', 'users.create'];

let stage: Stage;
let agent: Person;
let document: Document;
let wrongWith: AnswerCheck;
let ids: KnownIds;
let foreign: string[];

beforeAll(async () => {
  stage = await openStage(await openSqlite());
  const { tims, other, call, admin, stranger } = stage;
  document = (await call('GET', '/openapi.json')).body;
  wrongWith = answersOf(document);
  agent = await addPerson(tims, 'agent', [tims.teamId]);
  const victim = (await call('POST', '/api/users', { as: admin, body: newUser(tims.teamId) })).body.id;
  const mine = [await conversationAt(tims), await conversationAt(tims, { assignee: agent.actor }), await conversationAt(tims, { closed: true })];
  const theirs = await customerWrites(other, marker);
  await call('POST', '/api/webhook/whatsapp', { body: '{' });
  foreign = [other.organization, other.teamId, other.channelId, other.admin.id, theirs.id, theirs.contactId, theirs.messageId];
  ids = {
    cnv: [...mine.map(({ id }) => id), theirs.id],
    con: [...mine.map(({ contactId }) => contactId), theirs.contactId],
    msg: [...mine.map(({ messageId }) => messageId), theirs.messageId],
    chn: [tims.channelId, other.channelId],
    tem: [tims.teamId, other.teamId],
    usr: [victim, other.admin.id],
    org: [tims.organization, other.organization],
    inf: (await call('GET', '/api/inbound-failures', { as: admin })).body.data.map(({ id }: { id: string }) => id),
    kind: ['whatsapp'],
    channelId: [tims.channelId],
    cursor: await cursors(),
    before: await cursors(),
    after: await cursors(),
  };
  expect((await call('GET', `/api/conversations/${theirs.id}`, { as: stranger })).text).toContain(marker);
});
afterAll(() => stage.close());

describe('whatever is sent', () => {
  it('is answered as the document says, by every operation', async () => {
    for (const { method, path, operation } of operationsOf(document)) {
      const numRuns = slow.includes(operation.operationId) ? 10 : 60;
      const property = fc.asyncProperty(requestsTo(document, path, operation, ids), fc.constantFrom('admin', 'agent'), async (request, role) => {
        const as = role === 'admin' ? stage.admin : agent;
        // `operationsOf` gives the document's methods.
        const answer = await stage.call(method as 'GET', request.path, { as, body: request.body, headers: request.headers });
        expectHarmless(operation, request, answer);
      });
      await fc.assert(property, { numRuns, endOnFailure: true });
    }
  });

  it('leaves everything as it was for the other organization', async () => {
    const { body } = await stage.call('GET', '/api/conversations', { as: stage.stranger });
    expect(body.data).toMatchObject([{ status: 'queued', unreadCount: 1, version: expect.any(Number) }]);
    expect((await stage.call('GET', '/api/users', { as: stage.stranger })).body.data).toHaveLength(1);
  });
});

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
    ['the nearest of several shapes', 'POST', '/api/messages/send', { conversationId: 'cnv', text: 'x' }, ['/body/conversationId']],
    ['the other of several shapes', 'POST', '/api/messages/send', { channelId: 'chn', to: '', text: 'x' }, ['/body/channelId', '/body/to']],
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
    ['two places at once', 'GET', `/api/conversations/cnv_${'0'.repeat(26)}?before=a&after=b`, undefined, ['/query/after']],
  ])('is named: %s', async (_kind, method, path, body, expected) => {
    const answer = await stage.call(method, path, { as: stage.admin, body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect(fields(answer)).toEqual(expected);
  });

  it('in a header is named too', async () => {
    const answer = await stage.call('POST', '/api/teams', { as: stage.admin, body: { key: 'a', name: 'b' }, headers: { 'idempotency-key': 'a b' } });
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
      for (const cursor of ['x', 'MTIz', '%00', '..', Buffer.from("1.cnv_' or 1=1").toString('base64url'), 'A'.repeat(200)]) {
        const answer = await stage.call('GET', `/api/${list}?cursor=${cursor}`, { as: stage.admin });
        expect(`${list} ${cursor} ${answer.status} ${answer.body.code}`).toBe(`${list} ${cursor} 400 cursor_invalid`);
      }
      expect((await stage.call('GET', `/api/${list}?cursor=${'A'.repeat(201)}`, { as: stage.admin })).body.code).toBe('validation_failed');
    }
  });

  it('of a path is a path that does not exist', async () => {
    for (const path of ['/%', '/api/conversations/%ff', '/api/conversations/%', `/api/contacts/${'x'.repeat(500)}`, '/api/../etc/passwd', '//api/me', '/api/me/..;/users']) {
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

/** Cursors of the lists and of the log, each of which only one of them takes. */
async function cursors(): Promise<string[]> {
  const get = (path: string) => stage.call('GET', `/api/${path}limit=1`, { as: stage.admin });
  const pages = [await get('conversations?'), await get('users?'), await get('events?')];
  return pages.map(({ body }) => body.nextCursor);
}

function expectHarmless(operation: Operation, request: WildRequest, answer: Answer): void {
  const { status, body, text, headers } = answer;
  const context = `${operation.operationId} ${request.path.slice(0, 300)} ${String(request.body).slice(0, 300)} -> ${text.slice(0, 500)}`;
  expect(status, context).toBeLessThan(500);
  if (status >= 400 && !(operation.operationId.startsWith('webhooks.verify') && status === 403)) {
    expect(headers['content-type'], context).toContain('application/problem+json');
    expect(Object.keys(errorCatalogue), context).toContain(body.code);
    expect(body.requestId, context).toBe(headers['x-request-id']);
    if (body.code === 'validation_failed') {
      expect(body.errors?.length, context).toBeGreaterThan(0);
      for (const { path } of body.errors) expect(path, context).toMatch(/^\/(body|query|params|headers)(\/|$)/);
    }
  }
  if (body?.code !== 'route_not_found') expect(wrongWith(operation, answer), context).toBeUndefined();
  expect(text, context).not.toMatch(/\.(ts|js):\d+|SQLITE_|near "|node_modules|FOREIGN KEY|UNIQUE constraint/);
  expect(text, context).not.toContain(marker);
  const sent = request.path + String(request.body);
  for (const id of foreign) if (!sent.includes(id)) expect(text, context).not.toContain(id);
}
