import type { Dialect, Storage, StorageErrorKind } from '@tims/core/plugin';
import type { Knex } from 'knex';
import { afterEach, beforeEach } from 'vitest';
import type { TestDatabase } from '../test-database.js';

/** What the contract's tests look at: a new one for each, with the tables `things` and `parts`. */
export interface Subject {
  readonly storage: Storage;
  readonly dialect: Dialect;
  readonly db: Knex;
  /** Whose fault it was that `work` failed. */
  failure(work: PromiseLike<unknown>): Promise<StorageErrorKind | 'nothing failed' | undefined>;
  /** How many things there are. */
  count(): Promise<number>;
}

export function freshSubject(open: () => Promise<TestDatabase>): Subject {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await open();
    await createTables(database.storage);
  });
  afterEach(() => database.close());
  return {
    get storage() {
      return database.storage;
    },
    get dialect() {
      return database.storage.dialect;
    },
    get db() {
      return database.storage.writer;
    },
    failure: (work) =>
      Promise.resolve(work).then(
        () => 'nothing failed' as const,
        (error: unknown) => database.storage.dialect.classify(error),
      ),
    count: async () => Number((await database.storage.writer('things').count({ n: '*' }))[0]?.n),
  };
}

async function createTables({ writer, dialect: { columns } }: Storage): Promise<void> {
  await writer.schema.createTable('things', (table) => {
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
  await writer.schema.createTable('parts', (table) => {
    columns.id(table, 'thing_id').notNullable().references('things.id');
    columns.key(table, 'name', 20).notNullable();
    table.integer('amount').notNullable();
    table.primary(['thing_id', 'name']);
  });
}
