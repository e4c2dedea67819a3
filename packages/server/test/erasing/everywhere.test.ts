import { countDrift, reading } from '@tims/core';
import { forEachDatabase, startTestServer, type TestDatabase, type TestServer, textWebhook } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../stage/until.js';
import { after, type Call, callerOf, type Planted, plant, postWebhook, words } from './person.js';
import { placesOf } from './walk.js';

/** Where the person stands before, so that nothing is missed because it was never there. */
const planted = [
  ...['channel_notices.data', 'contacts.attributes', 'contacts.name', 'contacts.name_key', 'drafts.text'],
  ...[
    'follow_ups.text',
    'former_keys.value',
    'idempotency_keys.answer',
    'identities.name',
    'identities.username',
    'identity_keys.value',
  ],
  ...['import_rows.data', 'inbound_failures.body', 'inbound_requests.body'],
  ...[
    'messages.content',
    'messages.error',
    'messages.external_id',
    'messages.extra',
    'messages.reply_to',
    'notes.text',
  ],
  ...['pending_updates.data', 'pending_updates.external_id', 'search_documents.words', 'search_words.word'],
];

forEachDatabase('a person who was erased', (open) => {
  let database: TestDatabase;
  let server: TestServer;
  let call: Call;
  let person: Planted;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what the schema promises
  let erasure: any;
  let counted: unknown;

  beforeAll(async () => {
    database = await open();
    server = await startTestServer(database);
    call = await callerOf(server);
    person = await plant(server);
  }, 60_000);
  afterAll(() => server?.close());

  const rows = (table: string, where: object = {}) => database.storage.reader(table).where(where);
  const figures = async () => ({
    ...{ messages: (await rows('messages')).length, conversations: (await rows('conversations')).length },
    ...{ inbound: (await rows('messages', { direction: 'inbound' })).length },
  });

  it('stood everywhere before', async () => {
    await until(async () => (await placesOf(database, words)).includes('search_words.word'));
    const places = await placesOf(database, words);
    expect(planted.filter((place) => !places.includes(place))).toEqual([]);
    counted = await figures();
  });

  it('is hidden and cannot be sent to from the first moment on', async () => {
    erasure = await call('POST', `/contacts/${person.contactId}/erase`);
    expect(erasure).toMatchObject({ state: 'running', contactId: person.contactId, endedAt: null });
    expect(erasure.report).toMatchObject({ contacts: 2, identities: 1, conversations: 1, unsent: 1 });
    await expect(call('GET', `/contacts/${person.contactId}`)).rejects.toThrow('404');
    const send = { conversationId: person.conversationId, text: 'Hello?' };
    await expect(call('POST', '/messages/send', send)).rejects.toThrow(/410.*contact_erased/);
    await expect(call('POST', `/conversations/${person.conversationId}/reopen`)).rejects.toThrow('contact_erased');
    const note = { text: 'Still here' };
    await expect(call('POST', `/conversations/${person.conversationId}/notes`, note)).rejects.toThrow('contact_erased');
    await expect(call('POST', `/contacts/${person.contactId}/notes`, note)).rejects.toThrow('404');
    const draft = { text: 'Still here', version: 0 };
    await expect(call('PUT', `/conversations/${person.conversationId}/draft`, draft)).rejects.toThrow('contact_erased');
    const dueAt = { dueAt: '2099-01-01T09:00' };
    await expect(call('POST', `/conversations/${person.conversationId}/follow-ups`, dueAt)).rejects.toThrow('410');
  });

  it('is the same erasure when it is asked for again', async () => {
    const again = await call('POST', `/contacts/${person.contactId}/erase`);
    expect(again.id).toBe(erasure.id);
    expect((await call('GET', '/erasures')).data).toHaveLength(1);
  });

  it('stands in no column of any table any more', async () => {
    erasure = await until(async () => {
      const now = await call('GET', `/erasures/${erasure.id}`);
      return now.state === 'done' && now;
    }, 30_000);
    // What follows the log is a moment behind.
    await until(async () => !(await placesOf(database, words)).some((place) => place.startsWith('search_')));
    expect(await placesOf(database, words)).toEqual([]);
  }, 40_000);

  it('leaves a report of what went where', () => {
    for (const [thing, count] of Object.entries(erasure.report)) {
      if (thing !== 'jobs') expect([thing, count]).toEqual([thing, expect.toSatisfy((n: number) => n > 0)]);
    }
    expect(erasure.report).toMatchObject({ keys: 3, notes: 4, drafts: 1, followUps: 2, mediaReferences: 2, merges: 1 });
    expect(erasure.report).toMatchObject({ contactTags: 1, importRows: 1, unsent: 1 });
  });

  it('leaves rows and figures as they were, closed and without content', async () => {
    expect(await figures()).toEqual(counted);
    const conversation = await call('GET', `/conversations/${person.conversationId}?limit=100`);
    expect(conversation.conversation ?? conversation).toMatchObject({ status: 'closed', contact: { name: null } });
    const contents = conversation.messages.map((one: { content: object }) => one.content);
    expect(contents.length).toBeGreaterThan(10);
    expect(new Set(contents.map((one: object) => JSON.stringify(one)))).toEqual(new Set(['{"type":"erased","v":1}']));
    const unsent = conversation.messages.find((one: { id: string }) => one.id === person.unsentId);
    expect(unsent).toMatchObject({ state: 'failed', error: { code: 'contact_erased' } });
    // A quote still leads to what it quotes.
    expect(conversation.messages.some((one: { replyTo: { messageId: string } | null }) => one.replyTo?.messageId)).toBe(
      true,
    );
    const ctx = reading(server.tims.installation, server.tims.organization, { type: 'system', id: 'test' });
    await until(async () => (await countDrift(ctx)).length === 0);
  });

  it('leaves what others said', async () => {
    const group = await call('GET', `/conversations/${person.groupId}`);
    const said = group.messages.map(
      (one: { content: { text?: string; type: string } }) => one.content.text ?? one.content.type,
    );
    expect(said).toEqual(['Welcome all', 'erased']);
    expect((group.conversation ?? group).status).not.toBe('closed');
    const found = await call('GET', '/search?q=other%20words');
    expect(JSON.stringify(found)).toContain('Other');
    expect((await rows('import_rows').pluck('data')).join()).toContain('Somebody Else');
  });

  it('leaves an activity log that verifies, and says who erased whom', async () => {
    const verified = await call('GET', '/activities/verification');
    expect(verified).toMatchObject({ fault: null, nextCursor: null });
    const { data } = await call('GET', '/activities?action=contacts.erase');
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({ entityId: person.contactId, actor: { id: server.tims.admin.id } });
  });

  it('is not written again by what comes a second time', async () => {
    const { phoneNumberId } = server.tims;
    const said = { phoneNumberId, from: '60127770001', id: person.firstWamid, text: 'The first quokka' };
    await postWebhook(server, textWebhook(said));
    const { simulator } = server;
    await simulator.redeliver();
    await simulator.idle();
    expect(await figures()).toEqual(counted);
    await expect(
      call('POST', '/messages/send', { conversationId: person.conversationId, text: 'We say quokka too' }, 'key-1'),
    ).rejects.toThrow('410');
    expect((await placesOf(database, words)).filter((place) => !place.startsWith('inbound_requests'))).toEqual([]);
  });

  it('is somebody new when they write again', async () => {
    const { phoneNumberId } = server.tims;
    await postWebhook(server, textWebhook({ phoneNumberId, from: after, text: 'It is me', name: 'A new name' }));
    const { data } = await call('GET', '/conversations?status=queued');
    const found = data.find((one: { contact: { name: string } }) => one.contact.name === 'A new name');
    expect(found.contact.id).not.toBe(person.contactId);
    expect(found.id).not.toBe(person.conversationId);
  });
});
