import { StorageOpenError } from '@tims/core/plugin';
import type { Knex } from 'knex';
import { ask } from './ask.js';

/** What the server said about itself when the database was opened. */
export interface Server {
  product: 'MariaDB' | 'MySQL';
  version: string;
  /** Compares text as bytes, trailing spaces included. */
  collation: 'utf8mb4_nopad_bin' | 'utf8mb4_0900_bin';
  /** Bytes that one statement may have. */
  maxPacket: number;
}

/** @throws StorageOpenError when the server is too old. */
export async function askServer(db: Knex): Promise<Server> {
  const [answer] = await ask<{ version: string; packet: number }>(
    db,
    'select version() as version, @@max_allowed_packet as packet',
  );
  if (!answer) throw new StorageOpenError('The server did not say its version.');
  const product = /mariadb/i.test(answer.version) ? 'MariaDB' : 'MySQL';
  // MariaDB may put "5.5.5-" in front, for old replicas.
  const version = /(\d+)\.(\d+)\.(\d+)/.exec(answer.version.replace(/^5\.5\.5-/, ''));
  const [wantMajor, wantMinor, wantPatch] = oldest[product];
  const number = Number(version?.[1]) * 1e6 + Number(version?.[2]) * 1e3 + Number(version?.[3]);
  if (!(number >= wantMajor * 1e6 + wantMinor * 1e3 + wantPatch)) {
    throw new StorageOpenError(
      `The server is ${product} ${answer.version}; TIMS needs ${product} ${oldest[product].join('.')} or newer.`,
    );
  }
  return {
    product,
    version: answer.version,
    collation: product === 'MariaDB' ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin',
    maxPacket: answer.packet,
  };
}

/** MySQL has utf8mb4_0900_bin since 8.0.17. */
const oldest = { MariaDB: [10, 11, 0], MySQL: [8, 0, 17] } as const;
