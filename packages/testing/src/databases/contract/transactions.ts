import { expect, it } from 'vitest';
import type { Subject } from './subject.js';

/** Transactions, and who sees what of them. */
export function transactionContract(at: Subject): void {
  it('rolls back a transaction that fails, bulk calls included', async () => {
    const work = at.db.transaction(async (trx) => {
      await at.dialect.bulkInsert(trx, 'things', [{ id: 'a' }]);
      await trx('things').insert({ id: 'b' });
      await at.dialect.bulkUpdate(trx, 'things', ['id'], [{ id: 'a', title: 'x' }]);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await at.count()).toBe(0);
    await at.db('things').insert({ id: 'a' });
    expect(await at.count()).toBe(1);
  });

  it('keeps what stands before a savepoint that is rolled back', async () => {
    await at.db.transaction(async (trx) => {
      await trx('things').insert({ id: 'a' });
      const inner = trx.transaction(async (savepoint) => {
        await at.dialect.bulkInsert(savepoint, 'things', [{ id: 'b' }]);
        throw new Error('inner');
      });
      await expect(inner).rejects.toThrow('inner');
      await at.dialect.bulkInsert(trx, 'things', [{ id: 'c' }]);
    });
    expect(await at.db('things').orderBy('id').pluck('id')).toEqual(['a', 'c']);
  });

  it('commits nothing of a transaction of which a bulk call failed, whoever waited for it', async () => {
    const kind = await at.failure(
      at.db.transaction(async (trx) => {
        await trx('things').insert({ id: 'a' });
        const doubled = at.dialect.bulkInsert(trx, 'things', [{ id: 'b' }, { id: 'a' }]);
        const behind = at.dialect.bulkInsert(trx, 'things', [{ id: 'c' }]);
        await Promise.all([doubled, behind]);
      }),
    );
    expect(kind).toBe('conflict');
    expect(await at.count()).toBe(0);
    // Whoever uses the connection next is in no transaction that has failed.
    await at.db('things').insert({ id: 'd' });
    await at.db.transaction((trx) => at.dialect.bulkInsert(trx, 'things', [{ id: 'e' }]));
    expect(await at.storage.reader('things').orderBy('id').pluck('id')).toEqual(['d', 'e']);
  });

  it('keeps parallel transactions apart and loses no update', async () => {
    await at.db('things').insert({ id: 'a', amount: 0 });
    const increment = () =>
      at.db.transaction(async (trx) => {
        const row = await at.dialect.forUpdate(trx('things').where({ id: 'a' }).first('amount'));
        await trx('things')
          .where({ id: 'a' })
          .update({ amount: row.amount + 1 });
      });
    await Promise.all(Array.from({ length: 20 }, increment));
    expect(await at.db('things').first('amount')).toEqual({ amount: 20 });
  });

  it('shows the reader what is committed, and nothing else', async () => {
    const { reader } = at.storage;
    await at.db.transaction(async (trx) => {
      await trx('things').insert({ id: 'a' });
      expect(await reader('things').pluck('id')).toEqual([]);
    });
    expect(await reader('things').pluck('id')).toEqual(['a']);
  });

  it('lets one of two that write the same key win', async () => {
    const outcomes = await Promise.all([1, 2].map(() => at.failure(at.db('things').insert({ id: 'a' }))));
    expect(outcomes.sort()).toEqual(['conflict', 'nothing failed']);
  });

  it('runs one holder of the migration lock after the other', async () => {
    const log: string[] = [];
    const holder = (name: string) =>
      at.dialect.withMigrationLock(at.db, async () => {
        log.push(`${name} in`);
        await at.db.raw('select 1');
        log.push(`${name} out`);
        return name;
      });
    expect(await Promise.all([holder('a'), holder('b')])).toEqual(['a', 'b']);
    expect([log.slice(0, 2), log.slice(2)].sort()).toEqual([
      ['a in', 'a out'],
      ['b in', 'b out'],
    ]);
    await expect(at.dialect.withMigrationLock(at.db, () => Promise.reject(new Error('failed')))).rejects.toThrow(
      'failed',
    );
    expect(await holder('c')).toBe('c');
  });
}
