import type { Dialect } from '@tims/core/plugin';
import { bulkAdd, bulkInsert, bulkInsertIgnore } from './bulk-insert.js';
import { bulkUpdate } from './bulk-update.js';
import { columnsFor } from './columns.js';
import { classify } from './errors.js';
import { explain } from './explain.js';
import { withMigrationLock } from './migration-lock.js';
import type { Server } from './server.js';

export function mysqlDialect(server: Server): Dialect {
  return {
    name: 'mysql',
    singleWriter: false,
    bulkInsert: (db, table, rows) => bulkInsert(server, db, table, rows),
    bulkInsertIgnore: (db, table, rows) => bulkInsertIgnore(server, db, table, rows),
    bulkUpdate: (db, table, keys, rows) => bulkUpdate(server, db, table, keys, rows),
    bulkAdd: (db, table, _keys, amount, rows) => bulkAdd(server, db, table, amount, rows),
    forUpdate: (query) => {
      // Returns the same builder, typed by knex as a wider one.
      query.forUpdate();
      return query;
    },
    joinInOrder: 'straight_join',
    classify,
    columns: columnsFor(server),
    withMigrationLock,
    explain,
  };
}
