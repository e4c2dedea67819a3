import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closedLoop } from '../load.js';
import { startProcess } from '../server-process.js';
import { median, rounded } from '../statistics.js';
import { type Databases, openDatabases } from './databases.js';
import { prepare } from './webhooks.js';

const webhooks = 10_000;
const contacts = 1_000;
const knownContacts = 800;
const warmUp = 8_000;
const connections = 50;
const rounds = 3;
const slowCommitMs = 4;

interface Run {
  perSecond: number;
  /** Milliseconds after the last answer until every consumer had handled everything. */
  caughtUpMs: number;
  rows: Record<string, number>;
}

/** How fast webhooks become rows, against what the rows cost at least. */
export async function ingest(progress: (line: string) => void): Promise<object> {
  const databases = await openDatabases();
  try {
    const plain = await compare(databases, 0, progress);
    const slow = await compare(databases, slowCommitMs, progress);
    return {
      name: 'ingest',
      ...plain,
      rounds,
      webhooks,
      connections,
      withSlowCommits: { commitDelayMs: slowCommitMs, ...slow },
    };
  } finally {
    await databases.close();
  }
}

async function compare(databases: Databases, commitDelayMs: number, progress: (line: string) => void) {
  const floors: Run[] = [];
  const owns: Run[] = [];
  const mariadbs: Run[] = [];
  for (let round = 1; round <= rounds; round++) {
    floors.push(await run('floor', sqliteUrl(), commitDelayMs));
    owns.push(await run('tims', sqliteUrl(), commitDelayMs));
    const mariadb = await databases.mariadb();
    if (mariadb) mariadbs.push(await run('tims', mariadb, commitDelayMs));
    const [floor, own, other] = [floors.at(-1), owns.at(-1), mariadbs.at(-1)].map((one) =>
      Math.round(one?.perSecond ?? 0),
    );
    progress(`commits +${commitDelayMs} ms, round ${round}: floor ${floor}/s, TIMS ${own}/s, on MariaDB ${other}/s`);
  }
  demandSameRows(floors, owns);
  const perSecond = (runs: Run[]) => Math.round(median(runs.map((one) => one.perSecond)));
  return {
    ratio: rounded(median(owns.map((own, index) => own.perSecond / (floors[index]?.perSecond ?? Number.NaN)))),
    ownPerSecond: perSecond(owns),
    floorPerSecond: perSecond(floors),
    mariadbPerSecond: mariadbs.length > 0 ? perSecond(mariadbs) : null,
    mariadbRatio: mariadbs.length > 0 ? rounded(perSecond(mariadbs) / perSecond(floors)) : null,
    caughtUpMs: Math.max(...owns.map((own) => own.caughtUpMs)),
  };
}

async function run(server: 'floor' | 'tims', url: string, commitDelayMs: number): Promise<Run> {
  const process = await startProcess(new URL(`./${server}-server.js`, import.meta.url), { url, commitDelayMs });
  try {
    // Makes the contacts that are known already, and lets compilers and caches get warm on both sides.
    await closedLoop(process.port, prepare(warmUp, 0, knownContacts), connections);
    const requests = prepare(webhooks, 0, contacts);
    const seconds = await closedLoop(process.port, requests, connections);
    const { withinMs } = await process.ask<{ withinMs: number }>('caughtUp');
    if (withinMs < 0 || withinMs > 2_000) throw new Error(`Consumers were ${withinMs} ms behind the last answer`);
    return { perSecond: webhooks / seconds, caughtUpMs: withinMs, rows: await process.ask('rows') };
  } finally {
    await process.stop();
    if (url.startsWith('sqlite:')) rmSync(join(url.slice('sqlite:'.length), '..'), { recursive: true, force: true });
  }
}

function sqliteUrl(): string {
  return `sqlite:${join(mkdtempSync(join(tmpdir(), 'tims-bench-')), 'tims.db')}`;
}

/** A floor that wrote less than TIMS would be no floor. */
function demandSameRows(floors: Run[], owns: Run[]): void {
  for (const table of ['messages', 'conversations', 'contacts', 'inbound_requests']) {
    const [floor, own] = [floors[0]?.rows[table], owns[0]?.rows[table]];
    if (floor !== own) throw new Error(`The floor wrote ${floor} ${table}, TIMS ${own}`);
  }
}
