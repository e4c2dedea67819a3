import type { Knex } from 'knex';

/**
 * What a database's error means to the one who met it.
 * - `conflict`: a unique key already stands there.
 * - `retry`: deadlock, lock timeout, serialization: the same transaction can succeed at once.
 * - `unavailable`: busy, full, read-only, connection lost: the system's fault, later.
 * - `data`: this row's own fault (too long, wrong encoding, a failed check or foreign key).
 */
export type StorageErrorKind = 'conflict' | 'retry' | 'unavailable' | 'data';

export type Row = Record<string, string | number | null | Buffer>;

/** What differs between databases. Everything else is one SQL through knex. */
export interface Dialect {
  readonly name: 'sqlite' | 'mysql' | 'postgres';

  /** A transaction that has begun is the only one that writes until it ends: what it reads stays true. */
  readonly singleWriter: boolean;

  /**
   * Inserts all rows (same columns in each) in as few statements as the database takes. In a transaction this and the
   * other bulk calls may resolve before they are done: one that fails then fails the next statement or the commit, with
   * its own error, and nothing of the transaction is kept.
   */
  bulkInsert(db: Knex, table: string, rows: readonly Row[]): Promise<void>;
  /** Like `bulkInsert`; a row whose primary or unique key already stands is left as it is. */
  bulkInsertIgnore(db: Knex, table: string, rows: readonly Row[]): Promise<void>;
  /**
   * Sets, for each row, the columns that are not in `keys` where the key columns equal the row's.
   * Every row has the same columns.
   */
  bulkUpdate(db: Knex, table: string, keys: readonly string[], rows: readonly Row[]): Promise<void>;
  /** Inserts rows, adding `amount` to the column where the key already stands. */
  bulkAdd(db: Knex, table: string, keys: readonly string[], amount: string, rows: readonly Row[]): Promise<void>;

  /** Adds `FOR UPDATE` where rows can be locked; a database with one writer needs none. */
  forUpdate<T extends Knex.QueryBuilder>(query: T): T;

  /** The words for a join that reads its tables in the order in which they are written, whatever the planner thinks. */
  readonly joinInOrder: string;
  /** Undefined when the error is not the database's. */
  classify(error: unknown): StorageErrorKind | undefined;

  /** Column types for migrations. */
  readonly columns: DialectColumns;

  /** Runs `work` while no other process of the installation runs migrations; survives a killed holder. */
  withMigrationLock<T>(db: Knex, work: () => Promise<T>): Promise<T>;

  /** For tests: how the database would run the query. */
  explain(db: Knex, query: Knex.QueryBuilder): Promise<ExplainReport>;
}

export interface ExplainReport {
  /** A table is read whole. */
  fullScan: boolean;
  /** Rows are sorted outside an index. */
  sort: boolean;
  text: string;
}

export interface DialectColumns {
  /** An id of ours: 30 ASCII characters, compared as bytes. */
  id(table: Knex.TableBuilder, name: string): Knex.ColumnBuilder;
  /** A short text compared byte for byte, trailing spaces included: external ids, keys. At most 191 characters. */
  key(table: Knex.TableBuilder, name: string, length?: number): Knex.ColumnBuilder;
  /** Text for people, any length up to `length` characters. */
  text(table: Knex.TableBuilder, name: string, length?: number): Knex.ColumnBuilder;
  /** JSON that is never filtered on, kept as text; up to 16 MB. */
  json(table: Knex.TableBuilder, name: string): Knex.ColumnBuilder;
  /** Bytes up to 16 MB. */
  bytes(table: Knex.TableBuilder, name: string): Knex.ColumnBuilder;
  /** Epoch milliseconds. */
  time(table: Knex.TableBuilder, name: string): Knex.ColumnBuilder;
  /** A growing integer that is the table's primary key. */
  serial(table: Knex.TableBuilder, name: string): Knex.ColumnBuilder;
}

/** An open database. */
export interface Storage {
  dialect: Dialect;
  /** Transactions and writes. */
  writer: Knex;
  /** Reads outside a transaction; never blocks the writer. May be the same as `writer`. */
  reader: Knex;
  /** Rejects when the database does not answer; for `/readyz`. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface StoragePlugin {
  kind: 'storage';
  id: string;
  title: string;
  version: string;
  apiVersion: 1;
  /** Schemes of `TIMS_DATABASE_URL` that this plugin serves, e.g. `['sqlite']`. */
  schemes: readonly string[];
  /**
   * Opens the database, creating an embedded one where there is none.
   *
   * @throws StorageOpenError with a sentence for the operator: a second server on one file, a refused password.
   */
  open(url: string): Promise<Storage>;
}

/** Declares a storage plugin. */
export function defineStorage<const T extends Omit<StoragePlugin, 'kind' | 'apiVersion'>>(
  plugin: T,
): T & Pick<StoragePlugin, 'kind' | 'apiVersion'> {
  return { ...plugin, kind: 'storage', apiVersion: 1 };
}

/** The database cannot be opened; the message says why and what to do. */
export class StorageOpenError extends Error {
  override readonly name = 'StorageOpenError';
}
