/** knex ships no types for its dialects; this is the part that client.ts builds on. */
declare module 'knex/lib/dialects/mysql2/index.js' {
  import type { Knex } from 'knex';

  export default class Mysql2Client extends Knex.Client {
    _query(connection: object, query: unknown): Promise<unknown>;
  }
}
