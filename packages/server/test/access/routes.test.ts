import { openSqlite } from '@tims/testing';
import type { RouteOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, addPerson, deactivate, encode, openStage, tokenFor } from '../stage/index.js';
import { type AccessStage, accessStage, protectedRoutes, publicRoutes, roleKeys } from './routes.js';

interface Declared {
  name: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  access: unknown;
}

const declared: Declared[] = [];
let stage: AccessStage;

beforeAll(async () => {
  const onRoute = (route: RouteOptions) => declared.push(...declarationsOf(route));
  stage = await accessStage(await openStage(await openSqlite(), { onRoute }));
});
afterAll(() => stage.close());

/** The documentation's own files, and the answer to browsers that ask before they call. */
const ofPlugins = ({ name, url }: Declared) => url.startsWith('/docs') || name === 'OPTIONS *';

describe('the table of routes', () => {
  it('has an expectation for every route, and for nothing else', () => {
    const routes = declared.filter((route) => !ofPlugins(route)).map(({ name }) => name);
    expect(routes.sort()).toEqual([...Object.keys(protectedRoutes), ...publicRoutes].sort());
  });

  it('states for every route the access that is expected', () => {
    const stated = Object.fromEntries(declared.filter((route) => !ofPlugins(route)).map((r) => [r.name, r.access]));
    const expected = Object.entries(protectedRoutes).map(([name, { access }]) => [name, access]);
    expect(stated).toEqual(Object.fromEntries([...expected, ...publicRoutes.map((name) => [name, 'public'])]));
  });

  it('says the same in the document', () => {
    const { paths = {} } = stage.app.swagger() as {
      paths?: Record<string, Record<string, { 'x-permission': string }>>;
    };
    for (const [name, { access }] of Object.entries(protectedRoutes)) {
      const [method = '', url = ''] = name.split(' ');
      expect(paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]?.['x-permission'], name).toBe(access);
    }
  });
});

describe('roles', () => {
  it.each(Object.keys(protectedRoutes))('%s', async (name) => {
    const expectation = protectedRoutes[name] ?? expect.fail();
    for (const role of roleKeys) {
      const caller = stage.people[role];
      const { path, ...rest } = await expectation.call(stage, caller);
      const answer = await stage.call(methodOf(name), path, { as: caller, ...rest });
      expect(`${role} ${answer.status}`, answer.text).toBe(`${role} ${expectation.answers[role]}`);
      if (answer.status === 403) expect(answer.body.code).toBe('forbidden');
      expectProblem(answer);
    }
  });
});

describe('an administrator of another organization', () => {
  it.each(Object.keys(protectedRoutes))('%s', async (name) => {
    const expectation = protectedRoutes[name] ?? expect.fail();
    const { path, ...rest } = await expectation.call(stage, stage.admin);
    const answer = await stage.call(methodOf(name), path, { as: stage.stranger, ...rest });
    expect(answer.status, answer.text).toBe(expectation.stranger);
    expectProblem(answer);
    expectNothingOf(answer, path, rest.body);
  });
});

describe('ids of another organization, from somebody who may everything in their own', () => {
  it('are not found in a body', async () => {
    const { call, admin, tims, other } = stage;
    const theirs = await protectedRoutes['GET /api/conversations/:id']?.call({ ...stage, tims: other }, stage.stranger);
    const theirId = theirs?.path.split('/').at(-1) ?? '';
    const { path: ownPath } =
      (await protectedRoutes['GET /api/conversations/:id']?.call(stage, admin)) ?? expect.fail();
    const ownId = ownPath.split('/').at(-1);
    const { body: their } = await call('GET', theirs?.path ?? '', { as: stage.stranger });
    const theirMessage = their.messages[0].id;
    const channel = { kind: 'whatsapp', name: 'x', config: { phoneNumberId: '123', accessToken: 't' }, verify: false };
    const user = { email: 'someone@example.com', name: 'x', password: 'correct horse battery', role: 'agent' };
    const requests: [string, object][] = [
      ['/api/users', { ...user, teams: [{ id: other.teamId }] }],
      ['/api/channels', { ...channel, defaultTeamId: other.teamId }],
      [`${ownPath}/assign`, { teamId: other.teamId }],
      [`${ownPath}/assign`, { assigneeId: other.admin.id }],
      [`${ownPath}/read`, { messageId: theirMessage }],
      ['/api/messages/send', { conversationId: theirId, text: 'Hello' }],
      ['/api/messages/send', { channelId: other.channelId, to: '+60123456789', text: 'Hello' }],
      ['/api/messages/send', { conversationId: ownId, text: 'Hello', replyTo: theirMessage }],
    ];
    for (const [path, body] of requests) {
      const answer = await call('POST', path, { as: admin, body });
      expect(`${path} ${answer.status} ${answer.body.code}`, JSON.stringify(body)).toBe(`${path} 404 not_found`);
    }
    expect((await call('GET', ownPath, { as: admin })).body.conversation).toMatchObject({
      teamId: tims.teamId,
      assigneeId: tims.admin.id,
    });
  });

  it('leave lists empty', async () => {
    const { call, admin, other, stranger } = stage;
    const theirs = await protectedRoutes['GET /api/conversations/:id']?.call({ ...stage, tims: other }, stranger);
    const { conversation, messages } = (await call('GET', theirs?.path ?? '', { as: stranger })).body;
    const queries = [
      `conversations?teamId=${other.teamId}`,
      `conversations?assigneeId=${other.admin.id}`,
      `conversations?channelId=${other.channelId}`,
      `conversations?contactId=${conversation.contact.id}`,
      `conversations?ids=${conversation.id}`,
      `messages?ids=${messages[0].id}`,
    ];
    for (const query of queries) {
      const answer = await call('GET', `/api/${query}`, { as: admin });
      expect(answer, query).toMatchObject({ status: 200, body: { data: [], nextCursor: null } });
    }
  });

  it('are no place in a log or a list', async () => {
    const { call, admin, stranger } = stage;
    const { asOf } = (await call('GET', '/api/conversations', { as: stranger })).body;
    const events = await call('GET', `/api/events?cursor=${asOf}`, { as: admin });
    expect(events.body).toMatchObject({ data: [], resyncRequired: true });
  });
});

describe('without a token that holds', () => {
  it('every route that is not public answers 401, whatever else is wrong with the request', async () => {
    const { tims } = stage;
    const { installation, admin } = tims;
    const gone = await addPerson(tims, 'admin', [tims.teamId]);
    await deactivate(tims, gone);
    const good = await tokenFor(installation, admin);
    const [header = '', claims = '', signature = ''] = good.split('.');
    const sign = (changes: Parameters<typeof tokenFor>[2]) => tokenFor(installation, admin, changes);
    const tokens: Record<string, string | undefined> = {
      none: undefined,
      empty: 'Bearer ',
      'another scheme': `Basic ${Buffer.from('admin:admin').toString('base64')}`,
      deactivated: `Bearer ${gone.token}`,
      expired: `Bearer ${await sign({ claims: { exp: Math.floor(Date.now() / 1000) - 1 } })}`,
      'of another key': `Bearer ${await sign({ key: Buffer.alloc(32, 7) })}`,
      'without a signature': `Bearer ${encode({ alg: 'none' })}.${claims}.`,
      'of another algorithm': `Bearer ${await sign({ alg: 'HS512' })}`,
      'that claims RS256': `Bearer ${await sign({ alg: 'RS256' })}`,
      'with changed claims': `Bearer ${header}.${encode({ sub: admin.id, org: stage.other.organization, iss: 'tims', ver: 1, exp: 4_000_000_000 })}.${signature}`,
      'cut off': `Bearer ${good.slice(0, -3)}`,
      'for another issuer': `Bearer ${await sign({ claims: { iss: 'someone' } })}`,
      'of a user who never was': `Bearer ${await sign({ claims: { sub: 'usr_01hzy3v9k2e7q8m4n5p6r7s8t9' } })}`,
      'of a user, moved to another organization': `Bearer ${await sign({ claims: { org: stage.other.organization } })}`,
      'from before a change of role': `Bearer ${await sign({ claims: { ver: 0 } })}`,
      'of a session that never was': `Bearer ${await sign({ claims: { sid: 'ses_01hzy3v9k2e7q8m4n5p6r7s8t9' } })}`,
      'without a session': `Bearer ${await sign({ claims: { sid: undefined } })}`,
      'an API key that never was': 'Bearer tims_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      'with a version that is no number': `Bearer ${await sign({ claims: { ver: '1' } })}`,
    };
    const routes = declared.filter((route) => route.access !== 'public' && !ofPlugins(route));
    for (const { method, url } of routes) {
      for (const [kind, authorization] of Object.entries(tokens)) {
        const headers = authorization === undefined ? {} : { authorization };
        const answer = await stage.call(method, url.replace(/:\w+/g, '%00x'), { headers, body: { nonsense: true } });
        expect(`${kind} ${method} ${url} ${answer.status} ${answer.body?.code}`).toBe(
          `${kind} ${method} ${url} 401 unauthorized`,
        );
        expect(answer.headers['www-authenticate']).toBe('Bearer');
      }
    }
  });
});

/** A HEAD route stands beside each GET and is it. */
function declarationsOf({ method, url, config }: RouteOptions): Declared[] {
  const methods = [method].flat().filter((one) => one !== 'HEAD');
  // Fastify's type leaves the method open; these four are what routes are declared with.
  return methods.map((one) => ({
    name: `${one} ${url}`,
    method: one as Declared['method'],
    url,
    access: config?.access,
  }));
}

function methodOf(name: string): Declared['method'] {
  return name.split(' ')[0] as Declared['method']; // the names of the table begin with one
}

function expectProblem({ status, headers, body }: Answer): void {
  if (status < 400) return;
  expect(headers['content-type']).toContain('application/problem+json');
  expect(body).toMatchObject({
    status,
    code: expect.any(String),
    help: expect.any(String),
    requestId: headers['x-request-id'],
  });
}

/** No id, address or text of the organization stands in the answer, but what the caller brought along. */
function expectNothingOf({ text }: Answer, ...brought: unknown[]): void {
  const { tims, people } = stage;
  const ids = [tims.organization, tims.teamId, tims.channelId, tims.phoneNumberId, tims.adminEmail];
  for (const id of [...ids, ...Object.values(people).map(({ actor }) => actor.id)]) {
    if (!JSON.stringify(brought).includes(id)) expect(text).not.toContain(id);
  }
  expect(text).not.toContain('"preview":"Hello"');
}
