import { rebuildSearch } from '@tims/core';
import { openSqlite } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPerson, conversationAt, openStage, type Person, type Stage } from './stage/index.js';

let stage: Stage;
let agent: Person;
let lead: Person;

beforeAll(async () => {
  stage = await openStage(await openSqlite());
  [agent, lead] = await Promise.all([
    addPerson(stage.tims, 'agent', [stage.tims.teamId]),
    addPerson(stage.tims, 'assistant_manager', [stage.tims.teamId]),
  ]);
});
afterAll(() => stage.close());

const listed = async (query: string) => {
  await stage.tims.installation.accessLog.flush();
  return (await stage.call('GET', `/api/activities?${query}`, { as: stage.admin })).body.data;
};

describe('what is refused', () => {
  it('is recorded with the operation and the conversation, once', async () => {
    const { id } = await conversationAt(stage.tims);
    const close = () =>
      stage.call('POST', `/api/conversations/${id}/close`, { as: agent, body: { reason: 'resolved' } });
    expect([(await close()).status, (await close()).status]).toEqual([403, 403]);
    const send = { as: agent, body: { conversationId: id, text: 'Hello' } };
    expect((await stage.call('POST', '/api/messages/send', send)).status).toBe(403);
    const refused = await listed(`conversationId=${id}&action=access.refused`);
    expect(refused.map(({ data }: { data: object }) => data)).toEqual([
      { operation: 'messages.send', code: 'forbidden' },
      { operation: 'conversations.close', code: 'forbidden' },
    ]);
    expect(refused[0]).toMatchObject({ actor: { id: agent.actor.id }, entityId: id });
  });

  it('is recorded for what a role may not do at all, without anything that is no id', async () => {
    expect((await stage.call('GET', '/api/activities', { as: lead })).status).toBe(403);
    const path = `/api/channels/${encodeURIComponent('a secret that was pasted')}`;
    expect((await stage.call('GET', path, { as: lead })).status).toBe(403);
    const refused = await listed(`userId=${lead.actor.id}`);
    expect(refused).toMatchObject([
      { action: 'access.refused', entityId: null, data: { operation: 'channels.get' } },
      { action: 'access.refused', entityId: null, data: { operation: 'activities.list' } },
    ]);
    expect(JSON.stringify(refused)).not.toContain('pasted');
  });

  it('is recorded without the id of a conversation elsewhere, or of none', async () => {
    const foreign = await conversationAt(stage.other);
    for (const id of [foreign.id, `cnv_${'0'.repeat(26)}`]) {
      const answer = await stage.call('POST', `/api/conversations/${id}/reopen`, { as: agent });
      expect(answer.status).toBe(403);
    }
    const refused = await listed(`userId=${agent.actor.id}&limit=2`);
    for (const { data, entityId, conversationId } of refused)
      expect([data.operation, entityId, conversationId]).toEqual(['conversations.reopen', null, null]);
  });

  it('of another organization is recorded there, and nothing here', async () => {
    const { id } = await conversationAt(stage.tims);
    await stage.call('GET', `/api/conversations/${id}`, { as: stage.stranger });
    expect(await listed(`conversationId=${id}&action=conversations.get`)).toEqual([]);
    const theirs = await stage.call('GET', '/api/activities', { as: stage.stranger });
    expect(theirs.text).not.toContain(id);
    for (const { sequence } of theirs.body.data) expect(sequence).toBeLessThan(1_000);
    const user = await stage.call('GET', `/api/users/${agent.actor.id}/activity`, { as: stage.stranger });
    expect(user.status).toBe(404);
  });
});

describe('what was looked at', () => {
  it('is recorded when a conversation or a contact is opened', async () => {
    const { id, contactId } = await conversationAt(stage.tims, { assignee: agent.actor });
    await stage.call('GET', `/api/conversations/${id}`, { as: agent });
    await stage.call('GET', `/api/contacts/${contactId}`, { as: agent });
    await stage.call('GET', `/api/conversations/${id}`, { as: agent });
    expect(await listed(`userId=${agent.actor.id}&limit=2`)).toMatchObject([
      { action: 'contacts.get', entityId: contactId },
      { action: 'conversations.get', conversationId: id },
    ]);
    expect((await stage.call('GET', '/api/activities/verification', { as: stage.admin })).body.fault).toBeNull();
  });
});

describe('what was searched', () => {
  it('is recorded without the words: where, narrowed by what, and how much there was', async () => {
    const { contactId } = await conversationAt(stage.tims, { assignee: agent.actor });
    const searches = [
      'search?q=Secretword',
      'search?q=Secretwords',
      `messages/search?q=Secretword&contactId=${contactId}&order=relevance`,
      'search?q=Secretword&in=messages,notes&from=2024-01-01T00:00:00Z',
      'conversations?q=Secretword',
    ];
    for (const path of searches) {
      expect((await stage.call('GET', `/api/${path}`, { as: agent })).status, path).toBe(200);
    }
    await stage.tims.installation.accessLog.flush();
    const nothing = { found: 0, more: false };
    const everywhere = ['messages', 'contacts', 'notes', 'tags'];
    expect(await listed(`userId=${agent.actor.id}&limit=4`)).toMatchObject([
      { action: 'conversations.list', data: { in: ['messages', 'contacts'], filteredBy: [], ...nothing } },
      { action: 'search.find', data: { in: ['messages', 'notes'], filteredBy: ['from'], ...nothing } },
      { action: 'messages.search', data: { in: ['messages'], order: 'relevance', filteredBy: ['contactId'] } },
      { action: 'search.find', entityId: null, data: { in: everywhere, filteredBy: [], ...nothing } },
    ]);
    const { text } = await stage.call('GET', `/api/users/${agent.actor.id}/activity`, { as: agent });
    expect(text.toLowerCase()).not.toContain('secretword');
  });

  it('names what was looked through only where something was found there', async () => {
    const theirs = await conversationAt(stage.other);
    await stage.call('GET', `/api/search?q=hello&contactId=${theirs.contactId}`, { as: lead });
    const [row] = await listed(`userId=${lead.actor.id}&action=search.find`);
    expect(row).toMatchObject({ entityId: null, conversationId: null, data: { filteredBy: ['contactId'], found: 0 } });
    const own = await conversationAt(stage.tims);
    await rebuildSearch(stage.tims.installation, stage.tims.organization);
    await stage.call('GET', `/api/messages/search?q=hello&conversationId=${own.id}`, { as: stage.admin });
    expect(await listed(`conversationId=${own.id}&action=messages.search`)).toMatchObject([
      { entityId: own.id, data: { found: 1, filteredBy: ['conversationId'] } },
    ]);
  });
});

describe('over HTTP', () => {
  it('the user’s own activity is theirs to read, and no colleague’s', async () => {
    const own = await stage.call('GET', `/api/users/${agent.actor.id}/activity?limit=1`, { as: agent });
    expect(own.body).toMatchObject({ data: [{ actor: { id: agent.actor.id } }], nextCursor: expect.any(String) });
    const next = `/api/users/${agent.actor.id}/activity?limit=1&cursor=${own.body.nextCursor}`;
    expect((await stage.call('GET', next, { as: agent })).body.data).toHaveLength(1);
    expect((await stage.call('GET', `/api/users/${agent.actor.id}/activity`, { as: lead })).status).toBe(403);
  });

  it('the export comes as a file of rows', async () => {
    const path = `/api/activities/export.csv?userId=${agent.actor.id}`;
    const { status, headers, text } = await stage.call('GET', path, { as: stage.admin });
    expect([status, headers['content-type'], headers['content-disposition']]).toEqual([
      200,
      'text/csv; charset=utf-8',
      'attachment; filename="activities.csv"',
    ]);
    const [head, ...lines] = text.trimEnd().split('\r\n');
    expect(head).toBe('sequence,at,actor_type,actor_id,via,ip,action,entity_id,conversation_id,data');
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line).toContain(agent.actor.id);
    expect(await listed('action=activities.export')).toMatchObject([{ data: { filteredBy: ['userId'] } }]);
    // Operations of two words are looked for as well.
    expect(await listed('action=cannedResponses.create')).toEqual([]);
  });

  it('the verification says where the chain ends, and compares', async () => {
    const verification = async (query = '') =>
      (await stage.call('GET', `/api/activities/verification${query}`, { as: stage.admin })).body;
    const { head } = await verification();
    expect((await verification(`?expect=${head.sequence}:${head.mac}`)).fault).toBeNull();
    expect((await verification(`?expect=${head.sequence}:${'0'.repeat(64)}`)).fault).toMatchObject({
      sequence: head.sequence,
      kind: 'unexpected',
    });
    expect(await verification('?expect=5')).toMatchObject({ status: 400, errors: [{ path: '/query/expect' }] });
    expect(await verification('?cursor=AAAA')).toMatchObject({ code: 'cursor_invalid' });
  });

  it.each(['from=yesterday', 'from=2026-13-45T00:00:00Z', 'userId=x', 'action=A b', 'via=usr_1', 'limit=101', 'x=1'])(
    '%s is refused',
    async (query) => {
      const { status } = await stage.call('GET', `/api/activities?${query}`, { as: stage.admin });
      expect(status).toBe(400);
    },
  );
});
