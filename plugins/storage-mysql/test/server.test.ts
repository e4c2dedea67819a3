import { type Storage, StorageOpenError } from '@tims/core/plugin';
import { forMariadb } from '@tims/testing';
import { expect, it, onTestFinished } from 'vitest';
import plugin from '../src/index.js';

forMariadb('the MySQL plugin', (open) => {
  /** A database, and how to open it again with other settings. */
  const fresh = async () => {
    const database = await open();
    onTestFinished(() => database.close());
    await database.storage.writer.schema.createTable('notes', (table) => {
      database.storage.dialect.columns.id(table, 'id').primary();
      database.storage.dialect.columns.bytes(table, 'raw').nullable();
      table.integer('amount').notNullable().defaultTo(0);
    });
    const again = async (options: string) => {
      const storage = await plugin.open(database.url + options);
      onTestFinished(() => storage.close());
      return storage;
    };
    return { ...database, again };
  };

  it('says why it cannot open a database, without the password', async () => {
    const { url } = await fresh();
    const { username, password, host, pathname } = new URL(url);
    const refusal = async (address: string) => {
      const error = await plugin.open(address).then(String, (reason: unknown) => reason);
      expect(error).toBeInstanceOf(StorageOpenError);
      expect(String(error)).not.toContain(password);
      return String(error);
    };
    expect(await refusal(`mysql://${username}:wrong@${host}${pathname}`)).toContain('Check the user and password');
    expect(await refusal(`mysql://${username}:${password}@${host}/no_such`)).toContain('Create it: CREATE DATABASE');
    expect(await refusal(`mysql://${username}:${password}@127.0.0.1:1${pathname}`)).toContain(
      'Check that the server runs',
    );
  });

  it('replaces a connection that died while nobody used it', async () => {
    const { storage, again } = await fresh();
    const victim = await again('?pool=1');
    for (let round = 0; round < 3; round++) {
      await storage.writer.raw('kill ?', [await connectionOf(victim)]);
      // The news of the death may still be on its way; then the request fails as the system's fault, never as its own.
      const first = await victim
        .writer('notes')
        .select()
        .catch((error: unknown) => victim.dialect.classify(error));
      expect([[], 'unavailable']).toContainEqual(first);
      expect(await victim.writer('notes').select()).toEqual([]);
    }
  });

  it('gives back nothing of a transaction whose connection died', async () => {
    const { storage, again } = await fresh();
    const victim = await again('?pool=1');
    const work = victim.writer.transaction(async (trx) => {
      await trx('notes').insert({ id: 'a' });
      const [[row]] = await trx.raw('select connection_id() as id');
      await storage.writer.raw('kill ?', [row.id]);
      await trx('notes').insert({ id: 'b' });
    });
    expect(victim.dialect.classify(await reasonOf(work))).toBe('unavailable');
    expect(await victim.writer('notes').select()).toEqual([]);
  });

  it('calls an exhausted pool and a refused connection unavailable', async () => {
    const { storage, again } = await fresh();
    const small = await again('?pool=1');
    // knex waits ten seconds for a connection; a pool that is asked less patiently answers alike.
    Object.assign(small.writer.client.pool, { acquireTimeoutMillis: 50 });
    await small.writer.transaction(async () => {
      expect(small.dialect.classify(await reasonOf(small.writer('notes').select()))).toBe('unavailable');
    });
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' });
    expect(storage.dialect.classify(refused)).toBe('unavailable');
  });

  it('calls a deadlock and a lock held too long worth another try', async () => {
    const { storage } = await fresh();
    const { writer, dialect } = storage;
    await dialect.bulkInsert(writer, 'notes', [{ id: 'a' }, { id: 'b' }]);
    const crosswise = async (mine: string, theirs: string, haveMine: () => void, haveTheirs: Promise<void>) =>
      writer.transaction(async (trx) => {
        await trx('notes').where({ id: mine }).update({ amount: 1 });
        haveMine();
        await haveTheirs;
        await trx('notes').where({ id: theirs }).update({ amount: 1 });
      });
    const [a, b] = [signal(), signal()];
    const outcomes = await Promise.all([
      reasonOf(crosswise('a', 'b', a.give, b.given)),
      reasonOf(crosswise('b', 'a', b.give, a.given)),
    ]);
    expect(outcomes.map((error) => error && dialect.classify(error)).sort()).toEqual(['retry', undefined]);

    await writer.transaction(async (holder) => {
      await holder('notes').where({ id: 'a' }).update({ amount: 2 });
      const waiter = writer.transaction(async (trx) => {
        await trx.raw('set innodb_lock_wait_timeout = 1');
        await trx('notes').where({ id: 'a' }).update({ amount: 3 });
      });
      expect(dialect.classify(await reasonOf(waiter))).toBe('retry');
    });
  });

  it('sees in a transaction what others committed meanwhile', async () => {
    const { storage } = await fresh();
    await storage.writer.transaction(async (trx) => {
      expect(await trx('notes').select('id')).toEqual([]);
      await storage.writer('notes').insert({ id: 'a' });
      expect(await trx('notes').select('id')).toEqual([{ id: 'a' }]);
    });
  });

  it('cuts rows into statements that the server takes', async () => {
    const { storage } = await fresh();
    const { writer, dialect } = storage;
    const raw = Buffer.alloc(3 << 20, 0xff);
    const [[{ limit }]] = await writer.raw('select @@max_allowed_packet as `limit`');
    const rows = Array.from({ length: 8 }, (_, i) => ({ id: `id_${i}`, raw }));
    expect(rows.length * raw.length * 2).toBeGreaterThan(limit);
    await dialect.bulkInsert(writer, 'notes', rows);
    await dialect.bulkUpdate(writer, 'notes', ['id'], rows);
    expect(await writer('notes').whereRaw('length(raw) = ?', [raw.length]).pluck('id')).toHaveLength(8);
    // One row alone that no statement can carry is that row's fault.
    const huge = { id: 'huge', raw: Buffer.alloc(limit / 2 + 1) };
    expect(dialect.classify(await reasonOf(dialect.bulkInsert(writer, 'notes', [huge])))).toBe('data');
  });

  it('finds the rows of a bulk update by their key', async () => {
    const { storage } = await fresh();
    const { writer, dialect } = storage;
    const rows = Array.from({ length: 5000 }, (_, i) => ({ id: `id_${i}`, amount: 0 }));
    await dialect.bulkInsert(writer, 'notes', rows);
    await writer.transaction(async (trx) => {
      const changed = rows.slice(0, 50).map(({ id }) => ({ id, amount: 1 }));
      await dialect.bulkUpdate(trx, 'notes', ['id'], changed);
      await trx.raw('flush status');
      await dialect.bulkUpdate(
        trx,
        'notes',
        ['id'],
        changed.map(({ id }) => ({ id, amount: 2 })),
      );
      const [status] = await trx.raw("show session status like 'Handler_read%'");
      const reads = status.reduce((sum: number, row: { Value: string }) => sum + Number(row.Value), 0);
      expect(reads).toBeLessThan(500);
    });
    expect(await writer('notes').where({ amount: 2 }).pluck('id')).toHaveLength(50);
  });
});

function signal(): { give: () => void; given: Promise<void> } {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { give, given };
}

async function connectionOf({ writer }: Storage): Promise<number> {
  const [[row]] = await writer.raw('select connection_id() as id');
  return row.id;
}

async function reasonOf(work: PromiseLike<unknown>): Promise<unknown> {
  return Promise.resolve(work).then(
    () => undefined,
    (error: unknown) => error,
  );
}
