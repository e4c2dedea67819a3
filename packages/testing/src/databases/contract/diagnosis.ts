import type { Row } from '@tims/core/plugin';
import type { Knex } from 'knex';
import { expect, it } from 'vitest';
import type { Subject } from './subject.js';

/** What the database says about itself: whether it answers, whose fault an error is, how a query would run. */
export function diagnosisContract(at: Subject): void {
  it('answers a ping', async () => {
    await at.storage.ping();
  });

  it('tells faults of a row from others', async () => {
    await at.db('things').insert({ id: 'a', external_id: 'x' });
    const insert = (row: Row) => at.failure(at.db('things').insert(row));
    expect(await insert({ id: 'a' })).toBe('conflict');
    expect(await insert({ id: 'b', external_id: 'x' })).toBe('conflict');
    expect(await insert({ id: null })).toBe('data');
    expect(await insert({ id: 'i'.repeat(33) })).toBe('data');
    expect(await insert({ id: 'b', external_id: 'k'.repeat(192) })).toBe('data');
    expect(await insert({ id: 'b', title: '😀'.repeat(11) })).toBe('data');
    expect(await insert({ id: 'b', story: 's'.repeat(2001) })).toBe('data');
    expect(await at.failure(at.db('parts').insert({ thing_id: 'nobody', name: 'p', amount: 1 }))).toBe('data');
    expect(await at.failure(at.db('no_such_table').select())).toBe('unavailable');
    expect(at.dialect.classify(new Error('mine'))).toBe(undefined);
    expect(at.dialect.classify('a string')).toBe(undefined);
  });

  it('keeps values out of the texts of errors', async () => {
    const secret = 'a customer wrote this';
    const texts: unknown[] = [];
    for (const work of [
      at.db('no_such_table').insert({ body: secret }),
      at.db('things').insert({ id: null, body: secret }),
    ]) {
      await Promise.resolve(work).catch((error: Error) => texts.push(error.message));
    }
    expect(texts).toHaveLength(2);
    expect(texts.join('\n')).not.toContain(secret);
  });

  it('explains a lookup by a key as neither scan nor sort', async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => ({ id: `id_${i}`, external_id: `x${i}` }));
    await at.dialect.bulkInsert(at.db, 'things', rows);
    const explain = (query: Knex.QueryBuilder) => at.dialect.explain(at.db, query);
    expect(await explain(at.db('things').where('external_id', 'x77'))).toMatchObject({ fullScan: false, sort: false });
    expect(await explain(at.db('things').where('title', 'x'))).toMatchObject({ fullScan: true, sort: false });
    expect(await explain(at.db('things').where('title', 'x').orderBy('body'))).toMatchObject({
      fullScan: true,
      sort: true,
    });
    expect(await explain(at.db('things').orderBy('number').limit(5))).toMatchObject({ fullScan: false, sort: false });
  });
}
