import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Installation, reading, type Search, search, type UserActor } from '@tims/core';
import type { Storage } from '@tims/core/plugin';
import mysql from '@tims/storage-mysql';
import sqlite from '@tims/storage-sqlite';
import { openDatabases } from '../ingest/databases.js';
import { type Cast, castOf, fillBench, openBench } from '../seeded/organization.js';
import { percentile, rounded } from '../statistics.js';
import { questions } from './questions.js';

/**
 * How long a search takes, as a manager, as the lead of one of three teams, and as agents with 200 and with a fiftieth
 * of all conversations. `BENCH_CONVERSATIONS` says how many there are; five messages each.
 */
export async function searching(progress: (line: string) => void): Promise<object> {
  const conversations = Number(process.env.BENCH_CONVERSATIONS ?? 100_000);
  const only = process.env.BENCH_DATABASE;
  const folder = process.env.BENCH_FOLDER ?? '/tmp';
  const figures: Record<string, object> = {};
  if (only !== 'mariadb') {
    // A file that is named is kept, and measured again by the next run.
    const kept = process.env.BENCH_FILE;
    const file = kept ?? join(folder, `tims-bench-search-${process.pid}.db`);
    try {
      figures.sqlite = await measure(
        await sqlite.open(`sqlite:${file}`),
        conversations,
        progress,
        () => statSync(file).size,
      );
    } finally {
      for (const end of kept ? [] : ['', '-wal', '-shm', '.lock']) rmSync(file + end, { force: true });
    }
  }
  if (only !== 'sqlite') {
    const databases = await openDatabases();
    try {
      const url = process.env.BENCH_URL ?? (await databases.mariadb());
      if (url) {
        const storage = await mysql.open(url);
        // What a server with so many messages is given; the test server is made small.
        await storage.writer.raw('set global innodb_buffer_pool_size = 6442450944');
        await storage.writer.raw('set global innodb_log_file_size = 1073741824');
        figures.mariadb = await measure(storage, conversations, progress);
      }
    } finally {
      await databases.close();
    }
  }
  return figures;
}

async function measure(
  storage: Storage,
  conversations: number,
  progress: (line: string) => void,
  size?: () => number,
): Promise<object> {
  const installation = await openBench(storage);
  try {
    const seeded = await fillBench(installation, conversations, progress);
    const cast = await castOf(installation, seeded);
    if (storage.dialect.name === 'mysql') {
      for (const table of ['search_postings', 'search_documents', 'search_words', 'conversations', 'messages']) {
        await storage.writer.raw(`analyze table ${table}`);
      }
    }
    return {
      conversations,
      messages: Number((await storage.reader('messages').count({ count: '*' }).first())?.count),
      fillSeconds: Math.round(seeded.filledMs / 1000),
      indexSeconds: Math.round(seeded.indexedMs / 1000),
      ...(size ? { gigabytes: rounded(size() / 1e9) } : {}),
      milliseconds: await timings(installation, cast, seeded.speech.words),
    };
  } finally {
    await installation.close();
  }
}

const rounds = Number(process.env.BENCH_ROUNDS ?? 4);

async function timings(
  installation: Installation,
  { manager, lead, newcomer, agents: [busy = newcomer] }: Cast,
  words: readonly string[],
): Promise<Record<string, unknown>> {
  const actors = { manager: manager.actor, lead: lead.actor, agent: newcomer.actor, busyAgent: busy.actor };
  const figures: Record<string, unknown> = {};
  const worst: { what: string; ms: number }[] = [];
  const all: number[] = [];
  const cpus: number[] = [];
  for (const order of ['newest', 'relevance'] as const) {
    for (const [who, actor] of Object.entries(actors)) {
      const row: Record<string, string> = {};
      for (const [what, asked] of Object.entries(questions(words))) {
        const times: number[] = [];
        let hits = 0;
        // The first round warms what a server in use has warm; it counts like the others.
        for (let round = 0; round < rounds; round++) {
          for (const q of asked) {
            const { ms, cpu, count } = await timed(installation, actor, { q, order });
            times.push(ms);
            cpus.push(cpu);
            hits += count;
            worst.push({ what: `${order} ${who} ${what} ${q}`, ms });
          }
        }
        all.push(...times);
        row[what] =
          `${rounded(percentile(times, 50), 1)} / ${rounded(percentile(times, 95), 1)} (${rounded(hits / times.length, 1)})`;
      }
      figures[`${order}, ${who}`] = row;
    }
  }
  return {
    explained: 'p50 / p95 (hits on the first page)',
    p50: rounded(percentile(all, 50), 1),
    p95: rounded(percentile(all, 95), 1),
    p99: rounded(percentile(all, 99), 1),
    // Of this process, so with SQLite and without a server: what it takes on a machine that does nothing else.
    cpuP50: rounded(percentile(cpus, 50), 1),
    cpuP95: rounded(percentile(cpus, 95), 1),
    ...figures,
    worst: worst
      .sort((a, b) => b.ms - a.ms)
      .slice(0, 12)
      .map(({ what, ms }) => `${what}: ${rounded(ms, 0)}`),
  };
}

async function timed(installation: Installation, actor: UserActor, request: Search) {
  const began = performance.now();
  const cpu = process.cpuUsage();
  const { data } = await search(reading(installation, actor.organization, actor), request);
  const used = process.cpuUsage(cpu);
  return { ms: performance.now() - began, cpu: (used.user + used.system) / 1000, count: data.length };
}
