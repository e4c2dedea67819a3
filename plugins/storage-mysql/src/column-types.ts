import type { Knex } from 'knex';
import { ask } from './ask.js';

/** How a value is written so that it has its column's character set and collation. */
export type ColumnTypes = ReadonlyMap<string, string>;

interface TextColumn {
  name: string;
  charset: string;
  collation: string;
}

const known = new WeakMap<object, Map<string, ColumnTypes>>();

/** Reads a table's text columns once for each pool: migrations do not change a key's collation. */
export async function typesOf(db: Knex, table: string): Promise<ColumnTypes> {
  // A transaction's client has its pool's configuration object, which so stands for the database.
  const ofDatabase = known.get(db.client.config) ?? new Map<string, ColumnTypes>();
  known.set(db.client.config, ofDatabase);
  const types = ofDatabase.get(table) ?? (await readTypes(db, table));
  ofDatabase.set(table, types);
  return types;
}

async function readTypes(db: Knex, table: string): Promise<ColumnTypes> {
  const rows = await ask<TextColumn>(
    db,
    `select column_name as name, character_set_name as charset, collation_name as collation
     from information_schema.columns
     where table_schema = database() and table_name = ? and character_set_name is not null`,
    [table],
  );
  return new Map(
    rows.map(({ name, charset, collation }) => [name, `convert(? using ${charset}) collate ${collation}`]),
  );
}
