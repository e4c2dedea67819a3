import { errorCatalogue } from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newUser } from '../access/made.js';
import {
  type Answer,
  addPerson,
  conversationAt,
  customerWrites,
  openStage,
  type Person,
  type Stage,
} from '../stage/index.js';
import { answersOf, type Document, type Operation, operationsOf } from './answers.js';
import { type KnownIds, requestsTo, type WildRequest } from './requests.js';

const marker = 'a text that only the other organization may read';
/** Each asks bcrypt, a third of a second. */
const slow = [
  'auth.login',
  'auth.confirmReset',
  'me.update',
  'users.create',
  'users.setPassword',
  'invitations.accept',
];

forEachDatabase('whatever is sent', (open) => {
  it('to whatever operation, the answer is one that the document has, and tells nothing of others', {
    timeout: 60_000,
  }, async () => {
    const stage = await openStage(await open());
    const document: Document = (await stage.call('GET', '/openapi.json')).body;
    const wrongWith = answersOf(document);
    const agent = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
    const { ids, foreign } = await furnished(stage, agent);
    const callers = fc.constantFrom(stage.admin, agent);
    const others = async () => [
      (await stage.call('GET', '/api/conversations', { as: stage.stranger })).body.data,
      (await stage.call('GET', '/api/users', { as: stage.stranger })).body.data,
    ];
    const before = await others();
    for (const { method, path, operation } of operationsOf(document)) {
      const property = fc.asyncProperty(requestsTo(document, path, operation, ids), callers, async (request, as) => {
        // `operationsOf` gives the document's methods.
        const answer = await stage.call(method as 'GET', request.path, {
          as,
          body: request.body,
          headers: request.headers,
        });
        expectHarmless(operation, request, answer, foreign);
        if (answer.body?.code !== 'route_not_found') expect(wrongWith(operation, answer)).toBeUndefined();
      });
      await fc.assert(property, { numRuns: slow.includes(operation.operationId) ? 8 : 35, endOnFailure: true });
    }
    expect(await others()).toEqual(before);
    await stage.close();
  });
});

/** Something of everything in both organizations, so that requests get far. */
async function furnished(stage: Stage, agent: Person): Promise<{ ids: KnownIds; foreign: string[] }> {
  const { tims, other, call, admin } = stage;
  const victim = (await call('POST', '/api/users', { as: admin, body: newUser(tims.teamId) })).body.id;
  const mine = [
    await conversationAt(tims),
    await conversationAt(tims, { assignee: agent.actor }),
    await conversationAt(tims, { closed: true }),
  ];
  const theirs = await customerWrites(other, marker);
  await call('POST', '/api/webhook/whatsapp', { body: '{' });
  const failures = (await call('GET', '/api/inbound-failures', { as: admin })).body.data;
  const ids = {
    cnv: [...mine.map(({ id }) => id), theirs.id],
    con: [...mine.map(({ contactId }) => contactId), theirs.contactId],
    msg: [...mine.map(({ messageId }) => messageId), theirs.messageId],
    chn: [tims.channelId, other.channelId],
    tem: [tims.teamId, other.teamId],
    usr: [victim, other.admin.id],
    org: [tims.organization, other.organization],
    ...(failures.length > 0 ? { inf: failures.map(({ id }: { id: string }) => id) } : {}),
    kind: ['whatsapp'],
    channelId: [tims.channelId],
    cursor: await cursors(stage),
    before: await cursors(stage),
    after: await cursors(stage),
  };
  const foreign = [
    other.organization,
    other.teamId,
    other.channelId,
    other.admin.id,
    theirs.id,
    theirs.contactId,
    theirs.messageId,
  ];
  return { ids, foreign };
}

/** Cursors of the lists and of the log, each of which only one of them takes. */
async function cursors({ call, admin }: Stage): Promise<string[]> {
  const get = (path: string) => call('GET', `/api/${path}limit=1`, { as: admin });
  const pages = [await get('conversations?'), await get('users?'), await get('events?')];
  return pages.map(({ body }) => body.nextCursor);
}

function expectHarmless(operation: Operation, request: WildRequest, answer: Answer, foreign: readonly string[]): void {
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
  expect(text, context).not.toMatch(/\.(ts|js):\d+|SQLITE_|near "|node_modules|FOREIGN KEY|UNIQUE constraint/);
  expect(text, context).not.toContain(marker);
  const sent = request.path + String(request.body);
  for (const id of foreign) if (!sent.includes(id)) expect(text, context).not.toContain(id);
}
