import type { Row } from '@tims/core/plugin';
import type { Knex } from 'knex';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TestDatabase } from './test-database.js';

/**
 * What every storage plugin must do; run it in a `describe` of the plugin's own tests.
 *
 * @example describe('my storage', () => storageContract(openMine))
 */
export function storageContract(open: () => Promise<TestDatabase>): void {
  let database: TestDatabase;
  let db: Knex;

  beforeEach(async () => {
    database = await open();
    db = database.storage.writer;
    const { columns } = database.storage.dialect;
    await db.schema.createTable('things', (table) => {
      columns.serial(table, 'number');
      columns.id(table, 'id').notNullable().unique();
      columns.key(table, 'external_id').nullable().unique();
      columns.text(table, 'title', 10).nullable();
      columns.text(table, 'story', 2000).nullable();
      columns.text(table, 'body').nullable();
      columns.json(table, 'content').nullable();
      columns.bytes(table, 'raw').nullable();
      columns.time(table, 'at').nullable();
      table.integer('amount').notNullable().defaultTo(0);
    });
    await db.schema.createTable('parts', (table) => {
      columns.id(table, 'thing_id').notNullable().references('things.id');
      columns.key(table, 'name', 20).notNullable();
      table.integer('amount').notNullable();
      table.primary(['thing_id', 'name']);
    });
  });
  afterEach(() => database.close());

  const bulk = () => database.storage.dialect;
  const failure = async (work: PromiseLike<unknown>) => {
    const outcome = await Promise.resolve(work).then(
      () => 'nothing failed',
      (error: unknown) => bulk().classify(error),
    );
    return outcome;
  };
  const count = async (table = 'things') => Number((await db(table).count({ n: '*' }))[0]?.n);

  it('answers a ping', async () => {
    await database.storage.ping();
  });

  it.each([0, 1, 500, 3000])('inserts, changes and adds to %i rows at once', async (size) => {
    const rows = Array.from({ length: size }, (_, i) => ({ id: `id_${i}`, external_id: `x${i}`, at: i, amount: 1 }));
    await db.transaction(async (trx) => {
      await bulk().bulkInsert(trx, 'things', rows);
      await bulk().bulkUpdate(
        trx,
        'things',
        ['id'],
        rows.map(({ id, at }) => ({ title: `t${at}`, id, body: at % 2 ? 'odd' : null })),
      );
      const parts = rows.map(({ id }) => ({ thing_id: id, name: 'p', amount: 2 }));
      await bulk().bulkAdd(trx, 'parts', ['thing_id', 'name'], 'amount', parts);
      await bulk().bulkAdd(trx, 'parts', ['thing_id', 'name'], 'amount', parts);
    });
    expect(await count()).toBe(size);
    const things = await db('things').select('id', 'title', 'body', 'at', 'amount').orderBy('number');
    expect(things).toEqual(
      rows.map(({ id, at }) => ({ id, title: `t${at}`, body: at % 2 ? 'odd' : null, at, amount: 1 })),
    );
    const sums = await db('parts').sum({ total: 'amount' }).first();
    expect(sums?.total ?? 0).toBe(size * 4);
  });

  it('adds up several rows of one key in one call', async () => {
    await bulk().bulkInsert(db, 'things', [{ id: 'a' }]);
    const part = { thing_id: 'a', name: 'p', amount: 3 };
    await bulk().bulkAdd(db, 'parts', ['thing_id', 'name'], 'amount', [part, part, { ...part, amount: -1 }]);
    expect(await db('parts').select()).toEqual([{ ...part, amount: 5 }]);
  });

  it('takes a call without a transaction whole or not at all', async () => {
    const rows = [...Array.from({ length: 3000 }, (_, i) => ({ id: `id_${i}` })), { id: 'id_0' }];
    expect(await failure(bulk().bulkInsert(db, 'things', rows))).toBe('conflict');
    expect(await count()).toBe(0);
  });

  it('leaves a row whose key stands as it is, and reports every other fault', async () => {
    await bulk().bulkInsert(db, 'things', [{ id: 'a', external_id: 'x', title: 'first' }]);
    await bulk().bulkInsertIgnore(db, 'things', [
      { id: 'a', external_id: 'y', title: 'same id' },
      { id: 'b', external_id: 'x', title: 'same key' },
      { id: 'c', external_id: 'z', title: 'new' },
      { id: 'c', external_id: 'z', title: 'twice' },
    ]);
    expect(await db('things').select('id', 'title').orderBy('id')).toEqual([
      { id: 'a', title: 'first' },
      { id: 'c', title: 'new' },
    ]);
    const ignore = (row: Row) => failure(bulk().bulkInsertIgnore(db, 'things', [row]));
    expect(await ignore({ id: 'd', title: 'more than ten' })).toBe('data');
    expect(await ignore({ id: null })).toBe('data');
    expect(await failure(bulk().bulkInsertIgnore(db, 'parts', [{ thing_id: 'nobody', name: 'p', amount: 1 }]))).toBe(
      'data',
    );
  });

  it('changes by composite keys, and only the rows named', async () => {
    await bulk().bulkInsert(db, 'things', [{ id: 'a' }, { id: 'b' }]);
    const part = (thing_id: string, name: string, amount: number) => ({ thing_id, name, amount });
    await bulk().bulkInsert(db, 'parts', [part('a', 'é', 1), part('a', 'É', 1), part('b', 'é', 1)]);
    await bulk().bulkUpdate(db, 'parts', ['thing_id', 'name'], [part('a', 'É', 7), part('b', 'none', 9)]);
    expect(await db('parts').where('amount', '!=', 1).select()).toEqual([part('a', 'É', 7)]);
  });

  it('takes the last of several changes to one row', async () => {
    await bulk().bulkInsert(db, 'things', [{ id: 'a' }, { id: 'b' }]);
    const change = (id: string, title: string | null) => ({ id, title });
    await bulk().bulkUpdate(db, 'things', ['id'], [change('a', 'first'), change('b', 'x'), change('a', null)]);
    expect(await db('things').orderBy('id').select('id', 'title')).toEqual([change('a', null), change('b', 'x')]);
    await bulk().bulkUpdate(db, 'things', ['id'], [change('b', 'one'), change('b', 'two')]);
    expect(await db('things').where({ id: 'b' }).pluck('title')).toEqual(['two']);
  });

  const distinct = ['a', 'A', 'a ', ' a', 'á', 'a\u0301', 'a\0', 'a\0b', 'ß', 'ss', 'ﬀ', '😀', '😁', '', '\\', "'", '%'];

  it('compares keys byte for byte', async () => {
    await bulk().bulkInsert(
      db,
      'things',
      distinct.map((external_id, i) => ({ id: `id_${i}`, external_id })),
    );
    for (const [i, external_id] of distinct.entries()) {
      const found = await db('things').where({ external_id }).select('id', 'external_id');
      expect(found).toEqual([{ id: `id_${i}`, external_id }]);
    }
    const all = await db('things').whereIn('external_id', distinct).orderBy('external_id').pluck('external_id');
    const asBytes = [...distinct].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(all).toEqual(asBytes);
  });

  it('changes rows by keys that differ in bytes only', async () => {
    const rows = distinct.map((external_id, i) => ({ id: `id_${i}`, external_id }));
    await bulk().bulkInsert(db, 'things', rows);
    await bulk().bulkUpdate(
      db,
      'things',
      ['external_id'],
      rows.map(({ external_id }, i) => ({ external_id, title: `t${i}` })),
    );
    expect(await db('things').orderBy('number').pluck('title')).toEqual(rows.map((_, i) => `t${i}`));
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
    await bulk().bulkInsert(db, 'things', [row]);
    expect(await db('things').first(...Object.keys(row))).toEqual(row);
    await bulk().bulkUpdate(db, 'things', ['id'], [{ ...row, amount: 1 }, { ...row, id: 'b' }]);
    expect(await db('things').first(...Object.keys(row))).toEqual({ ...row, amount: 1 });
    const next = { id: 'a', raw: Buffer.alloc(0), at: Number.MIN_SAFE_INTEGER, content: '"plain"' };
    await bulk().bulkUpdate(db, 'things', ['id'], [next]);
    expect(await db('things').first(...Object.keys(next))).toEqual(next);
    await db('things').where({ id: 'a' }).update({ raw: bytes.subarray(3, 9), at: 0, body: null });
    expect(await db('things').first('raw', 'at', 'body')).toEqual({ raw: bytes.subarray(3, 9), at: 0, body: null });
  });

  it('keeps bytes and JSON of several megabytes', async () => {
    const raw = Buffer.alloc(4 << 20, 0xe9);
    const content = JSON.stringify({ text: 'é'.repeat(2 << 20) });
    await bulk().bulkInsert(db, 'things', [{ id: 'a', raw, content }]);
    const found = await db('things').first('raw', 'content');
    expect(raw.equals(found.raw) && found.content === content).toBe(true);
    const next = Buffer.alloc(3 << 20, 0xff);
    await bulk().bulkUpdate(db, 'things', ['id'], ['a', 'b'].map((id) => ({ id, raw: next, content: null })));
    expect(next.equals((await db('things').first('raw')).raw)).toBe(true);
  });

  it('gives figures as numbers', async () => {
    await bulk().bulkInsert(db, 'things', [
      { id: 'a', amount: 1, at: 4_000_000_000_000 },
      { id: 'b', amount: 2, at: 4_000_000_000_001 },
    ]);
    const figures = await db('things').count({ n: '*' }).sum({ sum: 'at' }).avg({ mean: 'amount' }).max({ last: 'at' });
    expect(figures).toEqual([{ n: 2, sum: 8_000_000_000_001, mean: 1.5, last: 4_000_000_000_001 }]);
  });

  it('numbers rows upwards and tells the last number', async () => {
    const [first] = await db('things').insert({ id: 'a' });
    const [second] = await db('things').insert({ id: 'b' });
    expect(Number(second)).toBeGreaterThan(Number(first));
    expect(await db('things').orderBy('number').pluck('id')).toEqual(['a', 'b']);
  });

  it('counts the rows that an update met, changed or not', async () => {
    await bulk().bulkInsert(db, 'things', [{ id: 'a', amount: 1 }]);
    expect(await db('things').where({ id: 'a', amount: 1 }).update({ amount: 1 })).toBe(1);
    expect(await db('things').where({ id: 'a', amount: 2 }).update({ amount: 3 })).toBe(0);
    expect(await db('things').where({ id: 'a' }).delete()).toBe(1);
  });

  it('rolls back a transaction that fails, bulk calls included', async () => {
    const work = db.transaction(async (trx) => {
      await bulk().bulkInsert(trx, 'things', [{ id: 'a' }]);
      await trx('things').insert({ id: 'b' });
      await bulk().bulkUpdate(trx, 'things', ['id'], [{ id: 'a', title: 'x' }]);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await count()).toBe(0);
    await db('things').insert({ id: 'a' });
    expect(await count()).toBe(1);
  });

  it('keeps what stands before a savepoint that is rolled back', async () => {
    await db.transaction(async (trx) => {
      await trx('things').insert({ id: 'a' });
      const inner = trx.transaction(async (savepoint) => {
        await bulk().bulkInsert(savepoint, 'things', [{ id: 'b' }]);
        throw new Error('inner');
      });
      await expect(inner).rejects.toThrow('inner');
      await bulk().bulkInsert(trx, 'things', [{ id: 'c' }]);
    });
    expect(await db('things').orderBy('id').pluck('id')).toEqual(['a', 'c']);
  });

  it('keeps parallel transactions apart and loses no update', async () => {
    await db('things').insert({ id: 'a', amount: 0 });
    const increment = () =>
      db.transaction(async (trx) => {
        const row = await bulk().forUpdate(trx('things').where({ id: 'a' }).first('amount'));
        await trx('things')
          .where({ id: 'a' })
          .update({ amount: row.amount + 1 });
      });
    await Promise.all(Array.from({ length: 20 }, increment));
    expect(await db('things').first('amount')).toEqual({ amount: 20 });
  });

  it('shows the reader what is committed, and nothing else', async () => {
    const { reader } = database.storage;
    await db.transaction(async (trx) => {
      await trx('things').insert({ id: 'a' });
      expect(await reader('things').pluck('id')).toEqual([]);
    });
    expect(await reader('things').pluck('id')).toEqual(['a']);
  });

  it('lets one of two that write the same key win', async () => {
    const outcomes = await Promise.all([1, 2].map(() => failure(db('things').insert({ id: 'a' }))));
    expect(outcomes.sort()).toEqual(['conflict', 'nothing failed']);
  });

  it('tells faults of a row from others', async () => {
    await db('things').insert({ id: 'a', external_id: 'x' });
    const insert = (row: Row) => failure(db('things').insert(row));
    expect(await insert({ id: 'a' })).toBe('conflict');
    expect(await insert({ id: 'b', external_id: 'x' })).toBe('conflict');
    expect(await insert({ id: null })).toBe('data');
    expect(await insert({ id: 'i'.repeat(33) })).toBe('data');
    expect(await insert({ id: 'b', external_id: 'k'.repeat(192) })).toBe('data');
    expect(await insert({ id: 'b', title: '😀'.repeat(11) })).toBe('data');
    expect(await insert({ id: 'b', story: 's'.repeat(2001) })).toBe('data');
    expect(await failure(db('parts').insert({ thing_id: 'nobody', name: 'p', amount: 1 }))).toBe('data');
    expect(await failure(db('no_such_table').select())).toBe('unavailable');
    expect(bulk().classify(new Error('mine'))).toBe(undefined);
    expect(bulk().classify('a string')).toBe(undefined);
  });

  it('counts characters, not bytes', async () => {
    await db('things').insert({ id: 'a', title: '😀'.repeat(10), external_id: '鍵'.repeat(191), story: 'é'.repeat(2000) });
    expect(await count()).toBe(1);
  });

  it('keeps values out of the texts of errors', async () => {
    const secret = 'a customer wrote this';
    const texts: unknown[] = [];
    for (const work of [db('no_such_table').insert({ body: secret }), db('things').insert({ id: null, body: secret })]) {
      await Promise.resolve(work).catch((error: Error) => texts.push(error.message));
    }
    expect(texts).toHaveLength(2);
    expect(texts.join('\n')).not.toContain(secret);
  });

  it('explains a lookup by a key as neither scan nor sort', async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => ({ id: `id_${i}`, external_id: `x${i}` }));
    await bulk().bulkInsert(db, 'things', rows);
    const explain = (query: Knex.QueryBuilder) => bulk().explain(db, query);
    expect(await explain(db('things').where('external_id', 'x77'))).toMatchObject({ fullScan: false, sort: false });
    expect(await explain(db('things').where('title', 'x'))).toMatchObject({ fullScan: true, sort: false });
    expect(await explain(db('things').where('title', 'x').orderBy('body'))).toMatchObject({ fullScan: true, sort: true });
    expect(await explain(db('things').orderBy('number').limit(5))).toMatchObject({ fullScan: false, sort: false });
  });

  it('runs one holder of the migration lock after the other', async () => {
    const log: string[] = [];
    const holder = (name: string) =>
      bulk().withMigrationLock(db, async () => {
        log.push(`${name} in`);
        await db.raw('select 1');
        log.push(`${name} out`);
        return name;
      });
    expect(await Promise.all([holder('a'), holder('b')])).toEqual(['a', 'b']);
    expect([log.slice(0, 2), log.slice(2)].sort()).toEqual([
      ['a in', 'a out'],
      ['b in', 'b out'],
    ]);
    await expect(bulk().withMigrationLock(db, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await holder('c')).toBe('c');
  });
}
