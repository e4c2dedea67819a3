import { expect, it } from 'vitest';
import type { Subject } from './subject.js';

/** What goes in comes out, and keys compare as bytes. */
export function valueContract(at: Subject): void {
  const distinct = [
    'a',
    'A',
    'a ',
    ' a',
    'á',
    'a\u0301',
    'a\0',
    'a\0b',
    'ß',
    'ss',
    'ﬀ',
    '😀',
    '😁',
    '',
    '\\',
    "'",
    '%',
  ];

  it('compares keys byte for byte', async () => {
    await at.dialect.bulkInsert(
      at.db,
      'things',
      distinct.map((external_id, i) => ({ id: `id_${i}`, external_id })),
    );
    for (const [i, external_id] of distinct.entries()) {
      const found = await at.db('things').where({ external_id }).select('id', 'external_id');
      expect(found).toEqual([{ id: `id_${i}`, external_id }]);
    }
    const all = await at.db('things').whereIn('external_id', distinct).orderBy('external_id').pluck('external_id');
    const asBytes = [...distinct].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(all).toEqual(asBytes);
  });

  it('changes rows by keys that differ in bytes only', async () => {
    const rows = distinct.map((external_id, i) => ({ id: `id_${i}`, external_id }));
    await at.dialect.bulkInsert(at.db, 'things', rows);
    await at.dialect.bulkUpdate(
      at.db,
      'things',
      ['external_id'],
      rows.map(({ external_id }, i) => ({ external_id, title: `t${i}` })),
    );
    expect(await at.db('things').orderBy('number').pluck('title')).toEqual(rows.map((_, i) => `t${i}`));
  });

  it('gives every value back as it came', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    const row = {
      id: 'a',
      external_id: 'ключ 鍵 🔑',
      title: '0123456789',
      story: '😀'.repeat(500),
      body: `${'x'.repeat(100_000)}\0 \\ ' " ? :id ?? ${'🎉'.repeat(1000)}`,
      content: '{"a":[1,2,{"b":null}], "a":1}',
      raw: bytes,
      at: Number.MAX_SAFE_INTEGER,
      amount: -2_147_483_648,
    };
    await at.dialect.bulkInsert(at.db, 'things', [row]);
    expect(await at.db('things').first(...Object.keys(row))).toEqual(row);
    await at.dialect.bulkUpdate(
      at.db,
      'things',
      ['id'],
      [
        { ...row, amount: 1 },
        { ...row, id: 'b' },
      ],
    );
    expect(await at.db('things').first(...Object.keys(row))).toEqual({ ...row, amount: 1 });
    const next = { id: 'a', raw: Buffer.alloc(0), at: Number.MIN_SAFE_INTEGER, content: '"plain"' };
    await at.dialect.bulkUpdate(at.db, 'things', ['id'], [next]);
    expect(await at.db('things').first(...Object.keys(next))).toEqual(next);
    await at
      .db('things')
      .where({ id: 'a' })
      .update({ raw: bytes.subarray(3, 9), at: 0, body: null });
    expect(await at.db('things').first('raw', 'at', 'body')).toEqual({ raw: bytes.subarray(3, 9), at: 0, body: null });
  });

  it('keeps bytes and JSON of several megabytes', async () => {
    const raw = Buffer.alloc(4 << 20, 0xe9);
    const content = JSON.stringify({ text: 'é'.repeat(2 << 20) });
    await at.dialect.bulkInsert(at.db, 'things', [{ id: 'a', raw, content }]);
    const found = await at.db('things').first('raw', 'content');
    expect(raw.equals(found.raw) && found.content === content).toBe(true);
    const next = Buffer.alloc(3 << 20, 0xff);
    await at.dialect.bulkUpdate(
      at.db,
      'things',
      ['id'],
      ['a', 'b'].map((id) => ({ id, raw: next, content: null })),
    );
    expect(next.equals((await at.db('things').first('raw')).raw)).toBe(true);
  });

  it('gives figures as numbers', async () => {
    await at.dialect.bulkInsert(at.db, 'things', [
      { id: 'a', amount: 1, at: 4_000_000_000_000 },
      { id: 'b', amount: 2, at: 4_000_000_000_001 },
    ]);
    const figures = await at
      .db('things')
      .count({ n: '*' })
      .sum({ sum: 'at' })
      .avg({ mean: 'amount' })
      .max({ last: 'at' });
    expect(figures).toEqual([{ n: 2, sum: 8_000_000_000_001, mean: 1.5, last: 4_000_000_000_001 }]);
  });

  it('numbers rows upwards and tells the last number', async () => {
    const [first] = await at.db('things').insert({ id: 'a' });
    const [second] = await at.db('things').insert({ id: 'b' });
    expect(Number(second)).toBeGreaterThan(Number(first));
    expect(await at.db('things').orderBy('number').pluck('id')).toEqual(['a', 'b']);
  });

  it('counts characters, not bytes', async () => {
    await at.db('things').insert({
      id: 'a',
      title: '😀'.repeat(10),
      external_id: '鍵'.repeat(191),
      story: 'é'.repeat(2000),
    });
    expect(await at.count()).toBe(1);
  });
}
