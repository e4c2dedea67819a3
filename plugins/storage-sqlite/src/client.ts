import type { Row } from '@tims/core/plugin';
import type { Knex } from 'knex';
import BetterSqlite3Client from 'knex/lib/dialects/better-sqlite3/index.js';
import { type Column, type Reply, transactionWord, type Value } from './protocol.js';
import type { DatabaseThread, ThreadConnection } from './thread.js';

/** The part of knex's query object that a driver reads and fills. */
interface Query {
  sql: string;
  bindings?: unknown[];
  /** Set by {@link runMany}: `sql` is run once for each of so many rows. */
  many?: { columns: Column[]; rows: number };
  response?: unknown;
  context?: { lastID: number | bigint; changes: number };
}

/**
 * knex's better-sqlite3 dialect over a database thread. knex makes a transaction's client without running a constructor,
 * so nothing is kept here: all state is in the connection and in `connectionSettings`.
 */
export class ThreadClient extends BetterSqlite3Client {
  /** The driver lives in the thread; the event loop does not load it. */
  override _driver(): unknown {
    return {};
  }

  override acquireRawConnection(): Promise<ThreadConnection> {
    // Set by open.ts for each client.
    return (this.connectionSettings as { thread: DatabaseThread }).thread.connect();
  }

  override async destroyRawConnection(connection: ThreadConnection): Promise<void> {
    if (connection.alive) await connection.call(['close', connection.id]);
  }

  override async validateConnection(connection: ThreadConnection): Promise<boolean> {
    return connection.alive;
  }

  async _query(connection: ThreadConnection, query: Query): Promise<Query> {
    const answer = connection.call(
      query.many
        ? ['many', connection.id, query.sql, query.many.columns, query.many.rows]
        : ['run', connection.id, query.sql, (query.bindings ?? []).map(toValue)],
    );
    const word = transactionWord(query.sql);
    if (word) connection.begun = word === 'begin';
    if (word === 'begin' || (query.many && connection.begun)) {
      // Nobody waits for them: what follows goes along, up to the commit, and fails when they could not be done.
      answer.catch(() => undefined);
      return query;
    }
    readReply(query, await answer);
    return query;
  }
}

/** Runs `sql` once for each row with one message to the thread, in the transaction of `db` if it is one. */
export async function runMany(db: Knex, sql: string, rows: readonly Row[], names: readonly string[]): Promise<void> {
  // `Knex.client` is untyped; open.ts makes it a ThreadClient.
  const client = db.client as ThreadClient;
  const connection: ThreadConnection = await client.acquireConnection();
  try {
    const query: Query = { sql, many: { columns: names.map((name) => toColumn(rows, name)), rows: rows.length } };
    await client.query(connection, query);
  } finally {
    client.releaseConnection(connection);
  }
}

function toColumn(rows: readonly Row[], name: string): Column {
  const first = rows[0]?.[name];
  return rows.every((row) => row[name] === first) ? toValue(first) : rows.map((row) => toValue(row[name]));
}

function readReply(query: Query, reply: Reply): void {
  if (reply[1] === 'rows') query.response = toObjects(reply[2], reply[3]);
  else if (reply[1] === 'changed') query.context = { changes: reply[2], lastID: reply[3] };
}

function toObjects(columns: string[], rows: Value[][]): Record<string, Value | undefined>[] {
  return rows.map((row) => {
    const object: Record<string, Value | undefined> = {};
    for (let i = 0; i < columns.length; i++) object[columns[i] as string] = fromValue(row[i]);
    return object;
  });
}

function fromValue(value: Value | undefined): Value | undefined {
  // Cloning between threads turns a Buffer into its base class.
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
}

function toValue(value: unknown): Value {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    case 'undefined':
      return null;
  }
  if (value === null) return null;
  if (value instanceof Date) return value.valueOf();
  // Cloning a view copies all memory behind it, which for a small Buffer is Node's shared pool: so a copy of its own.
  if (value instanceof Uint8Array) return value.byteLength === value.buffer.byteLength ? value : new Uint8Array(value);
  // The thread refuses what SQLite cannot bind.
  return value as Value;
}
