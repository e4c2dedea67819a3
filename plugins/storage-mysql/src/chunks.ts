import type { Row } from '@tims/core/plugin';
import type { Server } from './server.js';

/**
 * Cuts rows into statements that the server takes.
 *
 * @param names the columns whose values the statement holds, one that it repeats several times.
 */
export function chunks(server: Server, rows: readonly Row[], names: readonly string[], mostRows: number): Row[][] {
  const mostBytes = server.maxPacket * 0.8;
  const chunked: Row[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = sizeOf(row, names);
    const chunk = chunked.at(-1);
    if (chunk === undefined || chunk.length >= mostRows || bytes + size > mostBytes) {
      chunked.push([row]);
      bytes = size;
    } else {
      chunk.push(row);
      bytes += size;
    }
  }
  return chunked;
}

/** At most what the row takes in a statement: two bytes for one of a Buffer, four for a character, and its syntax. */
function sizeOf(row: Row, names: readonly string[]): number {
  let bytes = 0;
  for (const name of names) {
    const value = row[name];
    bytes += 64;
    if (typeof value === 'string') bytes += value.length * 4;
    else if (Buffer.isBuffer(value)) bytes += value.length * 2;
  }
  return bytes;
}
