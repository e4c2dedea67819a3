import type { Row } from '@tims/core/plugin';
import type { Server } from './server.js';

export interface Chunk {
  /** Rows in it. */
  count: number;
  values: unknown[];
}

/** Cuts rows into statements that the server takes: by their bytes, and by the 65,535 values a statement may have. */
export function* chunks(server: Server, rows: readonly Row[], names: readonly string[]): Generator<Chunk> {
  const mostBytes = server.maxPacket * 0.8;
  const mostRows = Math.min(1000, Math.floor(65_535 / names.length));
  let chunk: Chunk = { count: 0, values: [] };
  let bytes = 0;
  for (const row of rows) {
    const size = sizeOf(row, names);
    if (chunk.count === mostRows || (chunk.count > 0 && bytes + size > mostBytes)) {
      yield chunk;
      chunk = { count: 0, values: [] };
      bytes = 0;
    }
    for (const name of names) chunk.values.push(row[name] ?? null);
    chunk.count += 1;
    bytes += size;
  }
  if (chunk.count > 0) yield chunk;
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
