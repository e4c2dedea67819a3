import type { Row } from '@tims/core/plugin';
import { expect, it } from 'vitest';
import type { Subject } from './subject.js';

/** Many rows at once: whole or not at all, the same with one row as with thousands. */
export function bulkContract(at: Subject): void {
  it.each([0, 1, 500, 3000])('inserts, changes and adds to %i rows at once', async (size) => {
    const rows = Array.from({ length: size }, (_, i) => ({ id: `id_${i}`, external_id: `x${i}`, at: i, amount: 1 }));
    await at.db.transaction(async (trx) => {
      await at.dialect.bulkInsert(trx, 'things', rows);
      await at.dialect.bulkUpdate(
        trx,
        'things',
        ['id'],
        rows.map(({ id, at }) => ({ title: `t${at}`, id, body: at % 2 ? 'odd' : null })),
      );
      const parts = rows.map(({ id }) => ({ thing_id: id, name: 'p', amount: 2 }));
      await at.dialect.bulkAdd(trx, 'parts', ['thing_id', 'name'], 'amount', parts);
      await at.dialect.bulkAdd(trx, 'parts', ['thing_id', 'name'], 'amount', parts);
    });
    expect(await at.count()).toBe(size);
    const things = await at.db('things').select('id', 'title', 'body', 'at', 'amount').orderBy('number');
    expect(things).toEqual(
      rows.map(({ id, at }) => ({ id, title: `t${at}`, body: at % 2 ? 'odd' : null, at, amount: 1 })),
    );
    const sums = await at.db('parts').sum({ total: 'amount' }).first();
    expect(sums?.total ?? 0).toBe(size * 4);
  });

  it('adds up several rows of one key in one call', async () => {
    await at.dialect.bulkInsert(at.db, 'things', [{ id: 'a' }]);
    const part = { thing_id: 'a', name: 'p', amount: 3 };
    await at.dialect.bulkAdd(at.db, 'parts', ['thing_id', 'name'], 'amount', [part, part, { ...part, amount: -1 }]);
    expect(await at.db('parts').select()).toEqual([{ ...part, amount: 5 }]);
  });

  it('takes a call without a transaction whole or not at all', async () => {
    const rows = [...Array.from({ length: 3000 }, (_, i) => ({ id: `id_${i}` })), { id: 'id_0' }];
    expect(await at.failure(at.dialect.bulkInsert(at.db, 'things', rows))).toBe('conflict');
    expect(await at.count()).toBe(0);
  });

  it('leaves a row whose key stands as it is, and reports every other fault', async () => {
    await at.dialect.bulkInsert(at.db, 'things', [{ id: 'a', external_id: 'x', title: 'first' }]);
    await at.dialect.bulkInsertIgnore(at.db, 'things', [
      { id: 'a', external_id: 'y', title: 'same id' },
      { id: 'b', external_id: 'x', title: 'same key' },
      { id: 'c', external_id: 'z', title: 'new' },
      { id: 'c', external_id: 'z', title: 'twice' },
    ]);
    expect(await at.db('things').select('id', 'title').orderBy('id')).toEqual([
      { id: 'a', title: 'first' },
      { id: 'c', title: 'new' },
    ]);
    const ignore = (row: Row) => at.failure(at.dialect.bulkInsertIgnore(at.db, 'things', [row]));
    expect(await ignore({ id: 'd', title: 'more than ten' })).toBe('data');
    expect(await ignore({ id: null })).toBe('data');
    expect(
      await at.failure(at.dialect.bulkInsertIgnore(at.db, 'parts', [{ thing_id: 'nobody', name: 'p', amount: 1 }])),
    ).toBe('data');
  });

  it('changes by composite keys, and only the rows named', async () => {
    await at.dialect.bulkInsert(at.db, 'things', [{ id: 'a' }, { id: 'b' }]);
    const part = (thing_id: string, name: string, amount: number) => ({ thing_id, name, amount });
    await at.dialect.bulkInsert(at.db, 'parts', [part('a', 'é', 1), part('a', 'É', 1), part('b', 'é', 1)]);
    await at.dialect.bulkUpdate(at.db, 'parts', ['thing_id', 'name'], [part('a', 'É', 7), part('b', 'none', 9)]);
    expect(await at.db('parts').where('amount', '!=', 1).select()).toEqual([part('a', 'É', 7)]);
  });

  it('takes the last of several changes to one row', async () => {
    await at.dialect.bulkInsert(at.db, 'things', [{ id: 'a' }, { id: 'b' }]);
    const change = (id: string, title: string | null) => ({ id, title });
    await at.dialect.bulkUpdate(at.db, 'things', ['id'], [change('a', 'first'), change('b', 'x'), change('a', null)]);
    expect(await at.db('things').orderBy('id').select('id', 'title')).toEqual([change('a', null), change('b', 'x')]);
    await at.dialect.bulkUpdate(at.db, 'things', ['id'], [change('b', 'one'), change('b', 'two')]);
    expect(await at.db('things').where({ id: 'b' }).pluck('title')).toEqual(['two']);
  });

  it('counts the rows that an update met, changed or not', async () => {
    await at.dialect.bulkInsert(at.db, 'things', [{ id: 'a', amount: 1 }]);
    expect(await at.db('things').where({ id: 'a', amount: 1 }).update({ amount: 1 })).toBe(1);
    expect(await at.db('things').where({ id: 'a', amount: 2 }).update({ amount: 3 })).toBe(0);
    expect(await at.db('things').where({ id: 'a' }).delete()).toBe(1);
  });
}
