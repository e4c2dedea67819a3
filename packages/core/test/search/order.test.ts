import type { Search } from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import { describe, expect, it } from 'vitest';
import { newId } from '../../src/kernel/ids.js';
import { onlyRow, shared } from '../stage.js';
import { allPages, ask, said } from './asking.js';

forEachDatabase('search', (open) => {
  const stage = shared(open);

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
