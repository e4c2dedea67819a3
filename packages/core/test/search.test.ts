import { reading, rebuildSearch, type Search, type SearchHit, search, transaction, type UserActor } from '@tims/core';
import { forEachDatabase, newWamid, textWebhook, together } from '@tims/testing';
import { describe, expect, it } from 'vitest';
import { freeKeys, keyAt } from '../src/features/search/repository-keys.js';
import { newId } from '../src/kernel/ids.js';
import { catchUp } from '../src/pipeline/consumers/runner.js';
import { searchConsumer } from '../src/pipeline/consumers/search.js';
import type { NewEvent } from '../src/pipeline/event-log/event.js';
import {
  conversationOf,
  eventsAfter,
  headOf,
  messageWebhook,
  newPhone,
  now,
  onlyRow,
  otherField,
  rows,
  type Stage,
  shared,
} from './stage.js';

forEachDatabase('search', (open) => {
  const stage = shared(open);

  it('has a place for thousands that a provider tells of one second, with a few statements for each batch', async () => {
    const tims = stage();
    const { installation, organization } = tims;
    const at = 4_000_000_000_000;
    const keys: number[] = [];
    let statements = 0;
    const count = (query: { sql: string }) => {
      if (query.sql.includes('search_documents') && query.sql.startsWith('select')) statements++;
    };
    installation.storage.writer.on('query', count);
    for (let batch = 0; batch < 10; batch++) {
      await transaction(installation, organization, { type: 'system', id: 'test' }, async (ctx) => {
        const wanted = Array.from({ length: 500 }, () => ({ id: newId('message', at), at }));
        const given = await freeKeys(ctx, wanted);
        const { dialect } = installation.storage;
        const base = { organization_id: organization, kind: 'message', conversation_id: null, words: ' ' };
        const documents = given.map((doc_key, index) => ({ ...base, doc_key, entity_id: wanted[index]?.id ?? '' }));
        await dialect.bulkInsert(ctx.trx, 'search_documents', documents);
        keys.push(...given);
      });
    }
    installation.storage.writer.removeListener('query', count);
    await installation.storage.writer('search_documents').where('doc_key', '>=', keyAt(at)).delete();
    expect(new Set(keys).size).toBe(5_000);
    expect(Math.min(...keys)).toBeGreaterThanOrEqual(keyAt(at));
    expect(statements).toBeLessThan(100);
  });

  describe('finds', () => {
    it('words whatever their case and accents, on both sides', async () => {
      const tims = stage();
      await said(tims, 'Áïsyah déjà bayar', 'Straße in Łódź', 'Ærøskøbing', 'Γειά σου Κόσμε');
      for (const q of ['aisyah', 'AÏSYAH', 'deja', 'strasse', 'Lodz', 'aeroskobing', 'γεια', 'κοσμε']) {
        expect(await found(tims, q), q).toHaveLength(1);
      }
    });

    it('the last word by its beginning, the others whole', async () => {
      const tims = stage();
      await said(tims, 'the quicksilver thermometer', 'the quickest thermostat');
      expect(await found(tims, 'quic')).toHaveLength(2);
      expect(await found(tims, 'quicksilver therm')).toHaveLength(1);
      expect(await found(tims, 'quick therm')).toHaveLength(0);
      expect(await found(tims, 'thermostat qu')).toHaveLength(1);
    });

    it('every word, and quoted ones as they stand', async () => {
      const tims = stage();
      await said(tims, 'refund my zebra order', 'zebra order: refund my');
      expect(await found(tims, 'zebra refund')).toHaveLength(2);
      expect(await found(tims, '"refund my zebra"')).toEqual(['refund my zebra order']);
      expect(await found(tims, '"order refund" zebra')).toEqual(['zebra order: refund my']);
      expect(await found(tims, '"refund my zeb"')).toHaveLength(0);
      expect(await found(tims, '“refund my zebra”')).toHaveLength(1);
      expect(await found(tims, 'zebra giraffe')).toHaveLength(0);
    });

    it('short words and those that databases leave out', async () => {
      const tims = stage();
      await said(tims, 'to be or not to be, x9');
      for (const q of ['to be or not', 'x9', '"not to be"', 'or']) expect(await found(tims, q), q).not.toHaveLength(0);
    });

    it('pieces of scripts that are written without spaces', async () => {
      const tims = stage();
      await said(
        tims,
        '我想退款，谢谢',
        '東京タワーに行きたい',
        'ขอบคุณมากครับ',
        '안녕하세요 주문했어요',
        'iPhone手机壳',
      );
      for (const q of [
        '退款',
        '退',
        '我想退款',
        '東京',
        'タワー',
        '行',
        '京',
        'ขอบคุณ',
        'มาก',
        '안녕',
        '手机',
        'iphone',
      ]) {
        expect(await found(tims, q), q).toHaveLength(1);
      }
      expect(await found(tims, '款退')).toHaveLength(0);
      expect(await found(tims, '我退')).toHaveLength(0);
    });

    it('contacts by name, and by number in any spacing', async () => {
      const tims = stage();
      const phone = newPhone();
      await tims.receive(textWebhook({ phoneNumberId: tims.phoneNumberId, from: phone, name: 'Nurul Izzàti' }));
      const { contact_id } = await conversationOf(tims, phone);
      await follow(tims);
      const spaced = `+${phone.slice(0, 2)} ${phone.slice(2, 4)}-${phone.slice(4, 7)} (${phone.slice(7)})`;
      for (const q of ['izzati', 'nurul izz', phone, `+${phone}`, spaced, phone.slice(0, -1)]) {
        const { data } = await ask(tims, { q, in: 'contacts' });
        expect(
          data.map(({ id }) => id),
          q,
        ).toContain(contact_id);
      }
      const [hit] = (await ask(tims, { q: spaced, in: 'contacts' })).data;
      expect(hit && marked(hit)).toContain(`[+${phone}]`);
    });

    it('shows what matched, as places in a piece of the text', async () => {
      const tims = stage();
      await said(tims, `${'filler '.repeat(60)}the Pläzebo, and pläzebos again ${'filler '.repeat(60)}`);
      const [hit] = (await ask(tims, { q: 'plazebo' })).data;
      expect(hit?.excerpt.length).toBeLessThan(250);
      expect(hit && marked(hit)).toMatch(/^….*the \[Pläzebo\], and \[pläzebos\] again .*…$/);
    });
  });

  describe('keeps up with', () => {
    it('edits and revocations: what was said before is not found', async () => {
      const tims = stage();
      const { phoneNumberId } = tims;
      const [from, id] = [newPhone(), newWamid()];
      await tims.receive(textWebhook({ phoneNumberId, from, id, text: 'my pin is quokka' }));
      await follow(tims);
      expect(await found(tims, 'quokka')).toHaveLength(1);
      const edit = { original_message_id: id, message: { type: 'text', text: { body: 'my pin is wombat' } } };
      await tims.receive(messageWebhook(phoneNumberId, { from, id: newWamid(), type: 'edit', edit }));
      expect(await found(tims, 'quokka'), 'before the index has followed').toHaveLength(0);
      await follow(tims);
      expect(await found(tims, 'quokka')).toHaveLength(0);
      expect(await found(tims, 'wombat')).toHaveLength(1);
      const revoke = { original_message_id: id };
      await tims.receive(messageWebhook(phoneNumberId, { from, id: newWamid(), type: 'revoke', revoke }));
      expect(await found(tims, 'wombat'), 'before the index has followed').toHaveLength(0);
      await follow(tims);
      expect(await found(tims, 'wombat')).toHaveLength(0);
      expect(await rows(tims, 'search_words', { word: 'wombat' }), 'nothing is left in the index').toEqual([]);
      expect(await rows(tims, 'search_words', { word: 'quokka' })).toEqual([]);
    });

    it('imports, whose messages are no news of their own', async () => {
      const tims = stage();
      const from = newPhone();
      await tims.receive(historyOf(tims, from, newWamid(), 'a heffalump of long ago'));
      await follow(tims);
      expect(await found(tims, 'heffalump')).toHaveLength(1);
    });

    it('notes as they are written, changed and removed', async () => {
      const tims = stage();
      const [conversation] = await said(tims, 'note this');
      const id = await writeNote(tims, { conversation_id: conversation, text: 'likes marmalade' });
      const notes = async (q: string) => (await ask(tims, { q, in: 'notes' })).data.map((hit) => hit.id);
      expect(await notes('marmalade')).toEqual([id]);
      await tims.installation.storage.writer('notes').where({ id }).update({ text: 'likes vegemite' });
      await told(tims, { type: 'note.updated', entityId: id, entityVersion: 2 });
      expect([await notes('marmalade'), await notes('vegemite')]).toEqual([[], [id]]);
      await tims.installation.storage.writer('notes').where({ id }).delete();
      await told(tims, { type: 'note.deleted', entityId: id, entityVersion: 3 });
      expect(await notes('vegemite')).toEqual([]);
      expect(await rows(tims, 'search_documents', { entity_id: id })).toEqual([]);
    });

    it('a contact who is erased, with what they said', async () => {
      const tims = stage();
      const [conversation] = await said(tims, 'call me at the rhododendron');
      const { contact_id } = await onlyRow(tims, 'conversations', { id: conversation });
      const { writer } = tims.installation.storage;
      await writer('contacts').where({ id: contact_id }).update({ name: null, erased_at: Date.now() });
      await writer('identities').where({ contact_id }).update({ name: null, username: null });
      const content = JSON.stringify({ type: 'text', v: 1, text: '' });
      await writer('messages').where({ conversation_id: conversation }).update({ content });
      await told(tims, { type: 'contact.erased', entityId: contact_id, entityVersion: 2 });
      expect(await found(tims, 'rhododendron')).toHaveLength(0);
      expect(await rows(tims, 'search_documents', { conversation_id: conversation })).toEqual([]);
      expect(await rows(tims, 'search_documents', { entity_id: contact_id })).toEqual([]);
      expect(await rows(tims, 'search_words', { word: 'rhododendron' })).toEqual([]);
    });

    it('everything anew: a rebuild says how much differed, and mends it', async () => {
      const tims = stage();
      await said(tims, 'an axolotl', 'another axolotl');
      const { writer } = tims.installation.storage;
      expect(await rebuildSearch(tims.installation, tims.organization)).toMatchObject({ drift: 0, behind: 0 });
      const [document] = await rows(tims, 'search_documents', { kind: 'message' });
      await writer('search_documents')
        .where({ doc_key: document?.doc_key })
        .update({ entity_id: newId('message') });
      const report = await rebuildSearch(tims.installation, tims.organization, { chunk: 7 });
      // The one that was missing, and the one that is of nothing.
      expect(report.drift).toBe(2);
      expect(await rebuildSearch(tims.installation, tims.organization)).toMatchObject({ drift: 0 });
      expect(await found(tims, 'axolotl')).toHaveLength(2);
    });
  });

  describe('puts in order', () => {
    it('the newest first, page by page, each once', async () => {
      const tims = stage();
      const texts = Array.from({ length: 25 }, (_, at) => `kookaburra ${at}`);
      await said(tims, ...texts);
      const pages = await allPages(tims, { q: 'kookaburra', limit: 7 });
      expect(pages.length).toBeGreaterThan(3);
      const hits = pages.flat();
      expect(new Set(hits.map(({ id }) => id)).size).toBe(25);
      expect(hits.map(({ at }) => at)).toEqual(
        hits
          .map(({ at }) => at)
          .sort()
          .reverse(),
      );
    });

    it('by relevance: whole words before beginnings, short texts before long ones', async () => {
      const tims = stage();
      await said(tims, 'platypus', `platypus ${'and many other words '.repeat(20)}`, 'platypuses of all lands');
      const pages = await allPages(tims, { q: 'platypus', order: 'relevance', limit: 2 });
      expect(pages.flat().map(({ excerpt }) => excerpt.slice(0, 12))).toEqual([
        'platypus',
        'platypuses o',
        'platypus and',
      ]);
    });

    it('within a time, a conversation, a contact, a channel', async () => {
      const tims = stage();
      const [first = '', second = ''] = await said(tims, 'bandicoot one', 'bandicoot two');
      const { contact_id: contactId } = await onlyRow(tims, 'conversations', { id: second });
      const count = async (narrowed: Partial<Search>) => (await ask(tims, { q: 'bandicoot', ...narrowed })).data.length;
      expect(await count({ conversationId: first })).toBe(1);
      expect(await count({ contactId })).toBe(1);
      expect(await count({ channelId: tims.channelId })).toBe(2);
      expect(await count({ channelId: newId('channel') })).toBe(0);
      expect(await count({ to: new Date(Date.now() - 86_400_000).toISOString() })).toBe(0);
      expect(await count({ from: new Date(Date.now() - 86_400_000).toISOString() })).toBe(2);
      expect(await count({ from: '9999-12-31T23:59:59Z' })).toBe(0);
      expect(await count({ from: '0000-01-01T00:00:00Z', to: '9999-12-31T23:59:59Z' })).toBe(2);
    });
  });

  it('finds a common word in all conversations of somebody who has few of many, each once', async () => {
    const tims = stage();
    const agent = await tims.addUser('agent', [tims.teamId]);
    const own = new Set<string>();
    for (let batch = 0; batch < 11; batch++) {
      const { phoneNumberId } = tims;
      const texts = Array.from({ length: 100 }, () =>
        textWebhook({ phoneNumberId, from: newPhone(), text: 'numbat news' }),
      );
      const before = await headOf(tims);
      await tims.receive(together(...texts));
      if (batch % 3 > 0) continue;
      // More of them than are looked through at once.
      const ids = (await eventsAfter(tims, before)).flatMap(({ conversationId }) => conversationId ?? []);
      for (const id of ids) own.add(id);
    }
    await tims.installation.storage
      .writer('conversations')
      .whereIn('id', [...own])
      .update({ assignee_id: agent.id, handler: 'user', status: 'assigned' });
    await follow(tims);
    for (const order of ['newest', 'relevance'] as const) {
      const hits = (await allPages(tims, { q: 'numbat', in: 'messages', order, limit: 100 }, agent)).flat();
      expect(hits).toHaveLength(own.size);
      expect(new Set(hits.map(({ conversationId }) => conversationId))).toEqual(own);
    }
    const [conversationId = ''] = own;
    expect((await allPages(tims, { q: 'numbat', in: 'messages', conversationId }, agent)).flat()).toHaveLength(1);
    const contacts = await allPages(tims, { q: 'aisyah', in: 'contacts', limit: 100 }, agent);
    expect(contacts.flat()).toHaveLength(own.size);
    const everybody = (await allPages(tims, { q: 'numbat ne', in: 'messages', limit: 100 })).flat();
    expect(new Set(everybody.map(({ id }) => id)).size).toBe(1_100);
    expect(everybody).toHaveLength(1_100);
  });

  it('takes anything that is typed, and no word is a command', async () => {
    const tims = stage();
    await said(tims, 'plain text');
    const typed = [
      ...['', ' ', '\t\n', '"', '""', '"""', "'", '*', '%', '_', '%%%', '\\', '\0', 'a\0b', '\ud800', '👍', '((('],
      ...[
        'plain AND text',
        'NEAR(plain text)',
        '-plain',
        '+plain -text',
        'text:plain',
        'plain*',
        '^plain',
        'NOT plain',
      ],
      ...[
        "'; drop table messages; --",
        '{plain}',
        '@1',
        '~plain',
        '<plain',
        'plain OR',
        '"plain',
        'plain"',
        '%" or 1=1',
      ],
      ...[
        'a'.repeat(500),
        `${'x '.repeat(250)}`,
        '"'.repeat(499),
        '退'.repeat(500),
        '\u0301'.repeat(400),
        'ﷺ'.repeat(100),
      ],
      ...['a'.repeat(10_000), '٠١٢', '🇲🇾', '\u{10ffff}', '\uffff', '+', '+6', '---', '../../etc/passwd'],
    ];
    for (const q of typed) {
      const { data } = await ask(tims, { q });
      expect(Array.isArray(data), JSON.stringify(q.slice(0, 40))).toBe(true);
    }
    expect(await found(tims, '%')).toEqual([]);
    expect(await found(tims, 'pl_in')).toEqual([]);
  });

  it('refuses cursors that it did not give', async () => {
    const tims = stage();
    for (const cursor of ['', 'x', '****', Buffer.from('[1,2]').toString('base64url'), encoded(1e20), encoded(-1)]) {
      await expect(ask(tims, { q: 'plain', cursor }), cursor).rejects.toMatchObject({ code: 'cursor_invalid' });
    }
    const inList = Buffer.from('[5,0,"abc"]').toString('base64url');
    await ask(tims, { q: 'plain', cursor: inList }).catch((error) => expect(error.code).toBe('cursor_invalid'));
  });
});

const encoded = (below: number) => Buffer.from(`[${below},0,null]`).toString('base64url');

/** New customers say these texts and the index follows; answers with the conversations. */
async function said(tims: Stage, ...texts: string[]): Promise<string[]> {
  const { phoneNumberId } = tims;
  const phones = texts.map(newPhone);
  await tims.receive(
    together(...texts.map((text, at) => textWebhook({ phoneNumberId, from: phones[at] ?? '', text }))),
  );
  await follow(tims);
  return Promise.all(phones.map(async (phone) => (await conversationOf(tims, phone)).id));
}

async function follow({ installation }: Stage): Promise<void> {
  while (await catchUp(installation, searchConsumer));
}

async function told(tims: Stage, event: NewEvent): Promise<void> {
  await transaction(tims.installation, tims.organization, tims.admin, async (ctx) => ctx.append(event));
  await follow(tims);
}

async function writeNote(tims: Stage, note: { conversation_id?: string | undefined; text: string }): Promise<string> {
  const id = newId('note');
  await tims.installation.storage.writer('notes').insert({
    organization_id: tims.organization,
    id,
    kind: 'note',
    author_id: tims.admin.id,
    mentions: '[]',
    version: 1,
    created_at: Date.now(),
    ...note,
  });
  await told(tims, { type: 'note.created', entityId: id, entityVersion: 1 });
  return id;
}

function ask(tims: Stage, request: Search, as: UserActor = tims.admin) {
  return search(reading(tims.installation, tims.organization, as), request);
}

/** The beginnings of the messages found. */
async function found(tims: Stage, q: string): Promise<string[]> {
  return (await ask(tims, { q, in: 'messages' })).data.map(({ excerpt }) => excerpt);
}

async function allPages(tims: Stage, request: Search, as: UserActor = tims.admin): Promise<SearchHit[][]> {
  const pages: SearchHit[][] = [];
  let cursor: string | undefined;
  do {
    const { data, nextCursor } = await ask(tims, { ...request, ...(cursor === undefined ? {} : { cursor }) }, as);
    pages.push(data);
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
  return pages;
}

/** The excerpt with brackets around what matched. */
function marked({ excerpt, ranges }: SearchHit): string {
  let text = '';
  let at = 0;
  for (const { start, length } of ranges) {
    text += `${excerpt.slice(at, start)}[${excerpt.slice(start, start + length)}]`;
    at = start + length;
  }
  return text + excerpt.slice(at);
}

function historyOf(tims: Stage, from: string, id: string, text: string): object {
  const message = { from, id, timestamp: String(now() - 9_000_000), type: 'text', text: { body: text } };
  return otherField('history', tims.phoneNumberId, {
    history: [{ metadata: { phase: 0, chunk_order: 1, progress: 50 }, threads: [{ id: from, messages: [message] }] }],
  });
}
