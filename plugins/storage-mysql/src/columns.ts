import type { DialectColumns } from '@tims/core/plugin';
import type { Knex } from 'knex';
import type { Server } from './server.js';

/** Every text compares as bytes, trailing spaces included, as it does on SQLite and PostgreSQL. */
export function columnsFor({ collation }: Server): DialectColumns {
  const exact = `character set utf8mb4 collate ${collation}`;
  const text: DialectColumns['text'] = (table, name, length) => {
    // Short text lies in the row itself, of which InnoDB takes 65,535 bytes; so long text lies outside.
    if (length !== undefined && length <= longestInRow) return table.specificType(name, `varchar(${length}) ${exact}`);
    const column = table.specificType(name, `${length === undefined ? 'mediumtext' : typeFor(length)} ${exact}`);
    if (length !== undefined) limit(table, name, length);
    return column;
  };
  return {
    id: (table, name) => table.specificType(name, 'varchar(32) character set ascii collate ascii_bin'),
    key: (table, name, length = 191) => table.specificType(name, `varchar(${length}) ${exact}`),
    text,
    json: (table, name) => table.specificType(name, `mediumtext ${exact}`),
    bytes: (table, name) => table.specificType(name, 'mediumblob'),
    time: (table, name) => table.bigInteger(name),
    serial: (table, name) => table.bigIncrements(name),
  };
}

const longestInRow = 500;

/** `text` holds 65,535 bytes, and a character takes up to four. */
function typeFor(length: number): string {
  return length * 4 <= 65_535 ? 'text' : 'mediumtext';
}

function limit(table: Knex.TableBuilder, name: string, length: number): void {
  table.check(`char_length(\`${name}\`) <= ${length}`);
}
