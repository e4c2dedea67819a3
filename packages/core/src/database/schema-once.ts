import type { Knex } from 'knex';

/**
 * Creates the table with its indexes and foreign keys, unless it stands there.
 *
 * Outside a transaction (MySQL) knex's several statements could be cut off between them and leave a table without its
 * indexes. So the table is made under a working name and renamed when it is whole. Such a table cannot have a foreign
 * key to itself.
 *
 * @example createTableOnce(db, 'tags', (t) => { columns.id(t, 'id').primary(); columns.text(t, 'name', 50); })
 */
export async function createTableOnce(
  db: Knex,
  name: string,
  build: (table: Knex.CreateTableBuilder) => void,
): Promise<void> {
  if (await db.schema.hasTable(name)) return;
  if (db.isTransaction || dialectOf(db) !== 'mysql') {
    await db.schema.createTable(name, build);
    return;
  }
  const workingName = `${name}__new`;
  await db.schema.dropTableIfExists(workingName);
  // Built under its final name, so that indexes and constraints are called after that.
  for (const { sql, bindings } of db.schema.createTable(name, build).toSQL()) {
    const start = /^(create|alter) table `[^`]+`/;
    if (!start.test(sql)) throw new Error(`createTableOnce cannot run this under a working name: ${sql}`);
    await db.raw(sql.replace(start, `$1 table \`${workingName}\``), [...(bindings ?? [])] as Knex.RawBinding[]);
  }
  await db.schema.renameTable(workingName, name);
}

/**
 * Adds the column unless it stands there.
 *
 * A killed process's ALTER goes on in a MySQL server, so it may be done by the time ours is let in: what counts is that
 * the column is there in the end.
 *
 * @public
 */
export async function addColumnOnce(
  db: Knex,
  table: string,
  column: string,
  build: (table: Knex.AlterTableBuilder) => void,
): Promise<void> {
  await once(
    () => db.schema.hasColumn(table, column),
    () => db.schema.alterTable(table, build),
  );
}

/**
 * Adds the index unless one of that name stands there; the name is `<table>_<columns>_index` (or `_unique`).
 *
 * @public
 */
export async function addIndexOnce(
  db: Knex,
  table: string,
  columns: readonly string[],
  options: { unique?: boolean; name?: string } = {},
): Promise<void> {
  const name = options.name ?? `${table}_${columns.join('_')}_${options.unique ? 'unique' : 'index'}`;
  await once(
    () => hasIndex(db, table, name),
    () =>
      db.schema.alterTable(table, (builder) => {
        if (options.unique) builder.unique(columns, { indexName: name });
        else builder.index([...columns], name);
      }),
  );
}

async function once(stands: () => Promise<boolean>, add: () => PromiseLike<void>): Promise<void> {
  if (await stands()) return;
  try {
    await add();
  } catch (error) {
    if (!(await stands())) throw error;
  }
}

async function hasIndex(db: Knex, table: string, name: string): Promise<boolean> {
  const rows = await indexesNamed[dialectOf(db)](db, table, name);
  return rows.length > 0;
}

const indexesNamed: Record<KnexDialect, (db: Knex, table: string, name: string) => Knex.QueryBuilder> = {
  sqlite3: (db, table, name) => db('sqlite_master').where({ type: 'index', tbl_name: table, name }),
  mysql: (db, table, name) =>
    db('information_schema.statistics')
      .select('index_name')
      .where({ table_name: table, index_name: name })
      .whereRaw('table_schema = database()'),
  postgresql: (db, table, name) =>
    db('pg_indexes').where({ tablename: table, indexname: name }).whereRaw('schemaname = current_schema()'),
};

type KnexDialect = 'sqlite3' | 'mysql' | 'postgresql';

function dialectOf(db: Knex): KnexDialect {
  // `Knex.client` is untyped; every client has its dialect's name.
  return (db.client as { dialect: KnexDialect }).dialect;
}
