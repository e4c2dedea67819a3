/**
 * What crosses between the event loop and a database thread. Requests and replies are tuples: this is the hot path, and
 * a tuple is cloned without its property names.
 */
export type Value = string | number | bigint | null | Uint8Array;

/** A column of many rows: a value for each or, as most columns of a batch are, one that is the same in all. */
export type Column = Value | Value[];

/** `many` runs one statement for each of so many rows; `ping` asks whether the database still answers. */
export type Request =
  | [id: number, kind: 'open', connection: number]
  | [id: number, kind: 'close', connection: number]
  | [id: number, kind: 'ping']
  | [id: number, kind: 'run', connection: number, sql: string, values: Value[]]
  | [id: number, kind: 'many', connection: number, sql: string, columns: Column[], rows: number];

/** A call without the id that the thread gives it. */
export type Call = Request extends infer R ? (R extends [number, ...infer Rest] ? Rest : never) : never;

export type Reply =
  | [id: number, kind: 'rows', columns: string[], rows: Value[][]]
  | [id: number, kind: 'changed', changes: number, lastId: number | bigint]
  | [id: number, kind: 'error', code: string, message: string];

export interface ThreadSettings {
  file: string;
  /** A writer begins its transactions with the write lock taken; a reader cannot write. */
  mode: 'writer' | 'reader';
}

/** What the worker posts before any reply, once it listens. */
export const ready = 'ready';

/** The statements with which knex begins and ends a transaction; savepoints are ordinary statements. */
export function transactionWord(sql: string): 'begin' | 'commit' | 'rollback' | undefined {
  if (sql === 'BEGIN;') return 'begin';
  if (sql === 'COMMIT;') return 'commit';
  if (sql === 'ROLLBACK') return 'rollback';
  return undefined;
}
