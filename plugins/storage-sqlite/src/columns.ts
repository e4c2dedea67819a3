import type { DialectColumns } from '@tims/core/plugin';

/**
 * SQLite compares text as bytes and does not limit its length, so the length is a check: what another database would
 * refuse is refused here too. `length()` counts up to the first NUL, so text with NULs may be longer.
 */
export const columns: DialectColumns = {
  id: (table, name) => table.string(name, 32).checkLength('<=', 32),
  key: (table, name, length = 191) => table.string(name, length).checkLength('<=', length),
  text: (table, name, length) => (length === undefined ? table.text(name) : table.text(name).checkLength('<=', length)),
  json: (table, name) => table.text(name),
  bytes: (table, name) => table.binary(name),
  time: (table, name) => table.bigInteger(name),
  serial: (table, name) => table.bigIncrements(name),
};
