import type { Knex } from 'knex';

export interface Statement {
  sql: string;
  values: unknown[];
}

/** Runs all or nothing; one alone needs no transaction for that. */
export async function sendAll(db: Knex, statements: readonly Statement[]): Promise<void> {
  if (statements.length > 1 && !db.isTransaction) {
    await db.transaction((trx) => sendAll(trx, statements));
    return;
  }
  for (const statement of statements) await send(db, statement);
}

/** Past knex's own treatment of each value: the statement and its values go to the driver as they are. */
async function send(db: Knex, { sql, values }: Statement): Promise<void> {
  // `Knex.client` is untyped; this is its mysql2 client, or a transaction's.
  const client = db.client as Knex.Client;
  const connection = await client.acquireConnection();
  try {
    await client.query(connection, { sql, bindings: values });
  } finally {
    client.releaseConnection(connection);
  }
}

export function quote(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
