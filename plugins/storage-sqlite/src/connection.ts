import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { databaseError } from './errors.js';
import { PreparedStatements } from './prepared-statements.js';
import { type Column, type ThreadSettings, transactionWord, type Value } from './protocol.js';

export type Outcome =
  | { columns: string[]; rows: Value[][] }
  /** Rows written, and the rowid of the last. */
  | { changes: number; lastId: number | bigint };

/** One connection to the file, inside the database thread. Everything here blocks that thread. */
export class Connection {
  readonly #db: Database.Database;
  readonly #statements: PreparedStatements;
  readonly #inode: number;
  /** A transaction was begun and neither committed nor rolled back by the one who began it. */
  #begun = false;
  /** What kept a write of that transaction from being done. */
  #failed: unknown;

  constructor(private readonly settings: ThreadSettings) {
    this.#db = new Database(settings.file, { readonly: settings.mode === 'reader', timeout: 2000 });
    for (const pragma of pragmas[settings.mode]) this.#db.pragma(pragma);
    this.#statements = new PreparedStatements(this.#db);
    this.#inode = statSync(settings.file).ino;
  }

  /** Runs one statement, transaction statements included. */
  run(sql: string, values: Value[]): Outcome {
    const control = transactionWord(sql);
    if (control) {
      this[control]();
      return nothingChanged;
    }
    this.#refuseLostTransaction();
    return this.#execute(sql, values);
  }

  /**
   * Runs one statement once for each row; all or nothing. In a transaction nobody waits for it (client.ts), so one that
   * fails fails what comes after it, the commit above all.
   */
  many(sql: string, columns: Column[], rows: number): Outcome {
    this.#refuseLostTransaction();
    const alone = !this.#db.inTransaction;
    if (alone) this.begin();
    try {
      const outcome = this.#loop(sql, columns, rows);
      if (alone) this.commit();
      return outcome;
    } catch (error) {
      if (alone) this.rollback();
      else this.#failed = error;
      throw error;
    }
  }

  ping(): Outcome {
    this.#refuseMovedFile();
    this.#db.pragma('schema_version');
    return nothingChanged;
  }

  begin(): void {
    if (this.#db.inTransaction) this.rollback();
    // Before it has begun: when it cannot, what is already on its way behind it must not run outside a transaction.
    this.#begun = true;
    this.#failed = undefined;
    if (this.settings.mode === 'writer') this.#refuseMovedFile();
    // A deferred BEGIN would take the write lock at the first write, too late to wait for it in order.
    this.#db.exec(this.settings.mode === 'writer' ? 'BEGIN IMMEDIATE' : 'BEGIN');
  }

  commit(): void {
    try {
      this.#refuseLostTransaction();
      this.#db.exec('COMMIT');
      this.#begun = false;
    } catch (error) {
      this.rollback();
      throw error;
    }
  }

  /** Succeeds also where SQLite has rolled back by itself. */
  rollback(): void {
    this.#begun = false;
    this.#failed = undefined;
    if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
  }

  close(): void {
    this.#db.close();
  }

  #execute(sql: string, values: Value[]): Outcome {
    const statement = this.#statements.get(sql);
    if (statement.reader) {
      // `raw` makes the rows arrays of values, whatever type the declaration gives them.
      const rows = statement.raw().all(values) as Value[][];
      return { columns: statement.columns().map((column) => column.name), rows };
    }
    const { changes, lastInsertRowid } = statement.run(values);
    return { changes, lastId: lastInsertRowid };
  }

  #loop(sql: string, columns: Column[], rows: number): Outcome {
    const statement = this.#statements.get(sql);
    const row = columns.map((column) => (Array.isArray(column) ? null : column));
    const varying = columns.flatMap((values, at) => (Array.isArray(values) ? { at, values } : []));
    let changes = 0;
    for (let index = 0; index < rows; index++) {
      for (const { at, values } of varying) row[at] = values[index] ?? null;
      changes += statement.run(row).changes;
    }
    return { changes, lastId: 0 };
  }

  /**
   * A full disk makes SQLite roll back by itself. What the caller still sends would then be committed statement by
   * statement, so it is refused until the caller has ended the transaction.
   */
  #refuseLostTransaction(): void {
    if (this.#failed !== undefined) throw this.#failed;
    if (this.#begun && !this.#db.inTransaction) {
      throw databaseError('SQLITE_ABORT_ROLLBACK', 'The transaction was rolled back by the database');
    }
  }

  /** SQLite goes on writing into a deleted file, and what it acknowledges is gone with the process. */
  #refuseMovedFile(): void {
    const inode = statSync(this.settings.file, { throwIfNoEntry: false })?.ino;
    if (inode === this.#inode) return;
    const what = inode === undefined ? 'was deleted or moved' : 'was replaced by another file';
    throw databaseError('SQLITE_READONLY_DBMOVED', `${this.settings.file} ${what} while TIMS had it open`);
  }
}

const nothingChanged: Outcome = { changes: 0, lastId: 0 };

const pragmas = {
  writer: [
    'journal_mode = WAL',
    'synchronous = FULL',
    'foreign_keys = ON',
    'temp_store = MEMORY',
    'cache_size = -32000',
    // A checkpoint stops the writer; pages that are written again and again go to the file once instead of often.
    'wal_autocheckpoint = 8000',
    // Gives the disk back after one large transaction made the log grow.
    'journal_size_limit = 67108864',
  ],
  // Four of them (open.ts), so each with a small cache; the system caches the file as well.
  reader: ['query_only = ON', 'temp_store = MEMORY', 'cache_size = -8000'],
};
