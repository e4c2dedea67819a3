/** knex ships no types for its dialects; this is the part that client.ts builds on. */
declare module 'knex/lib/dialects/better-sqlite3/index.js' {
  import type { Knex } from 'knex';

  export default class BetterSqlite3Client extends Knex.Client {
    _driver(): unknown;
    _formatBindings(bindings: unknown[] | undefined): unknown[];
  }
}
