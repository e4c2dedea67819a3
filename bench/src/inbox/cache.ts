import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Installation } from '@tims/core';
import type { Storage } from '@tims/core/plugin';
import { type Seeded, seedVersion } from '@tims/server/operator';
import mysql from '@tims/storage-mysql';
import sqlite from '@tims/storage-sqlite';
import { createDatabase, lackOfMariadb, startMariadb } from '@tims/testing/mariadb';
import { fillBench, openBench } from '../seeded/organization.js';

export type DatabaseName = 'sqlite' | 'mysql';

/** Filled databases, kept between runs: filling takes longer than measuring. */
const folder = join('.cache', 'bench-inbox');
/** What a server with so many messages is given; the tests' is made small. */
const memoryMb = 4_096;

export function removeCache(): void {
  rmSync(folder, { recursive: true, force: true });
}

/** A database with so many conversations, as its server finds it. */
export interface Filled {
  url: string;
  conversations: number;
  messages: number;
  /** Of the run that filled it. */
  fillSeconds: number;
  indexSeconds: number;
  gigabytes: number | null;
  open(): Promise<{ installation: Installation; seeded: Seeded }>;
  close(): Promise<void>;
}

/** Undefined where there is no such database on this machine. */
export async function filled(
  name: DatabaseName,
  conversations: number,
  progress: (line: string) => void,
): Promise<Filled | undefined> {
  const lack = name === 'mysql' ? lackOfMariadb() : undefined;
  if (lack) {
    progress(`No figure for MariaDB: ${lack}`);
    return undefined;
  }
  const place = join(folder, `${name}-${conversations}-v${seedVersion}-${await schemaHash()}`);
  mkdirSync(place, { recursive: true });
  const served = name === 'sqlite' ? fileIn(place) : await serverIn(place);
  const open = async () => {
    const installation = await openBench(await served.open());
    return { installation, seeded: await fillBench(installation, conversations, progress) };
  };
  const done = join(place, 'filled.json');
  if (!existsSync(done)) writeFileSync(done, JSON.stringify(await fill(open, progress, served.gigabytes)));
  const facts: Facts = JSON.parse(readFileSync(done, 'utf8'));
  return { url: served.url, conversations, ...facts, open, close: served.stop };
}

type Facts = Pick<Filled, 'messages' | 'fillSeconds' | 'indexSeconds' | 'gigabytes'>;

async function fill(open: Filled['open'], progress: (line: string) => void, size: () => number | null): Promise<Facts> {
  const { installation, seeded } = await open();
  const { dialect, reader, writer } = installation.storage;
  try {
    // A server gathers its statistics by itself, in time; until then it guesses.
    if (dialect.name === 'mysql') {
      const [tables] = (await writer.raw('show tables')) as [Record<string, string>[]]; // mysql2's answer
      for (const row of tables) await writer.raw('analyze table ??', [Object.values(row)[0] ?? '']);
    }
    const count = await reader('messages').count({ count: '*' }).first();
    progress('filled');
    return {
      messages: Number(count?.count),
      fillSeconds: Math.round(seeded.filledMs / 1000),
      indexSeconds: Math.round(seeded.indexedMs / 1000),
      gigabytes: size(),
    };
  } finally {
    await installation.close();
  }
}

interface Served {
  url: string;
  open(): Promise<Storage>;
  gigabytes(): number | null;
  stop(): Promise<void>;
}

function fileIn(place: string): Served {
  const file = join(place, 'tims.db');
  const url = `sqlite:${file}`;
  return {
    url,
    open: () => sqlite.open(url),
    gigabytes: () => Math.round(statSync(file).size / 1e7) / 100,
    stop: async () => {},
  };
}

async function serverIn(place: string): Promise<Served> {
  const server = await startMariadb({ folder: place, memoryMb });
  const { url } = await createDatabase(server, 'bench');
  return { url, open: () => mysql.open(url), gigabytes: () => null, stop: server.stop };
}

/** Of the schema as this version makes it: a kept database with another one is no figure of this version. */
async function schemaHash(): Promise<string> {
  const temporary = mkdtempSync(join(tmpdir(), 'tims-bench-'));
  const installation = await openBench(await sqlite.open(`sqlite:${join(temporary, 'tims.db')}`));
  try {
    const tables: { sql: string | null }[] = await installation.storage
      .reader('sqlite_master')
      .orderBy('name')
      .select('sql');
    return createHash('sha256').update(JSON.stringify(tables)).digest('hex').slice(0, 12);
  } finally {
    await installation.close();
    rmSync(temporary, { recursive: true, force: true });
  }
}
