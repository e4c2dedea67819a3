import { forEachDatabase, textWebhook, together } from '@tims/testing';
import { describe, expect, it } from 'vitest';
import { conversationOf, eventsAfter, headOf, newPhone, shared } from '../stage.js';
import { allPages, ask, follow, found, marked, said } from './asking.js';

forEachDatabase('search', (open) => {
  const stage = shared(open);

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
});
