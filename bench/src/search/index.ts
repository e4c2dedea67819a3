import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import whatsapp from '@tims/channel-whatsapp';
import { openInstallation, reading, rebuildSearch, type Search, search, type UserActor } from '@tims/core';
import type { Storage } from '@tims/core/plugin';
import mysql from '@tims/storage-mysql';
import sqlite from '@tims/storage-sqlite';
import { openDatabases } from '../ingest/databases.js';
import { findSeeded, type Seeded, seed } from '../seed/index.js';
import { percentile, rounded } from '../statistics.js';

/**
 * How long a search takes, as an administrator, as the lead of one of twenty teams, and as agents with 200 and with a
 * hundredth of all conversations. `BENCH_CONVERSATIONS` says how many there are; five messages each.
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
  const installation = await openInstallation({
    storage,
    secretKey: 'a secret key of at least thirty-two characters',
    channelPlugins: [whatsapp],
    pluginSettings: { whatsapp: { appSecret: 'secret', verifyToken: 'verify' } },
  });
  try {
    const earlier = await findSeeded(installation);
    const made = earlier ? { seeded: earlier } : await fill(installation, conversations, progress, size);
    const { seeded, ...building } = made;
    if (process.env.BENCH_FILL_ONLY) return building;
    return {
      conversations,
      messages: seeded.messages,
      ...building,
      milliseconds: await timings(installation, seeded),
    };
  } finally {
    await installation.close();
  }
}

async function fill(
  installation: Installation,
  conversations: number,
  progress: (line: string) => void,
  size?: () => number,
) {
  const { storage } = installation;
  const began = performance.now();
  const seeded = await seed(installation, { conversations, progress });
  const filled = performance.now();
  const before = size?.();
  progress(`filled in ${Math.round((filled - began) / 1000)} s`);
  let told = 0;
  await rebuildSearch(installation, seeded.organization, {
    onProgress: ({ looked }) => {
      if (looked - told < 250_000) return;
      told = looked;
      progress(`${looked} indexed, ${Math.round((performance.now() - filled) / 1000)} s`);
    },
    chunk: 10_000,
  });
  const indexed = performance.now();
  progress(`indexed in ${Math.round((indexed - filled) / 1000)} s`);
  if (storage.dialect.name === 'mysql') {
    for (const table of ['search_postings', 'search_documents', 'search_words', 'conversations', 'messages']) {
      await storage.writer.raw(`analyze table ${table}`);
    }
  }
  return {
    seeded,
    fillSeconds: rounded((filled - began) / 1000, 0),
    indexSeconds: rounded((indexed - filled) / 1000, 0),
    ...(size && before ? { gigabytes: rounded(before / 1e9), indexGigabytes: rounded((size() - before) / 1e9) } : {}),
  };
}

type Installation = Awaited<ReturnType<typeof openInstallation>>;

/** Several of each kind, so that no answer is only the same pages again. */
function questions({ words }: Seeded['speech']): Record<string, string[]> {
  const some = (from: number, count: number, step = 1) =>
    Array.from({ length: count }, (_, n) => `${words[from + n * step]}`);
  const plain = (list: string[]) => list.map((word) => `${word} `);
  return {
    rare: plain(some(15_000, 12, 300)),
    middling: plain(some(1_000, 12, 50)),
    common: plain(some(0, 12)),
    twoCommon: some(0, 12).map((word, n) => `${word} ${words[n + 12]}`),
    commonAndRare: some(0, 12).map((word, n) => `${word} ${words[9_000 + n * 50]}`),
    twoMiddling: some(1_000, 12, 50).map((word, n) => `${word} ${words[1_700 + n]}`),
    prefix: some(200, 24, 37).map((word) => [...word].slice(0, 3).join('')),
    shortPrefix: ['a', 'k', 'th', 'ma', 'pa', 's'],
    phrase: some(0, 12).map((word, n) => `"${word} ${words[n + 5]}"`),
    rarePhrase: some(800, 12).map((word, n) => `"${word} ${words[n + 5]}"`),
    chinese: ['退款', '谢谢请问', '老师', '明天订', '订单没有'],
    phone: ['+60 12 1000', '6012-1002 3', '601210'],
    nothing: ['zzzzqqqq', 'the zzzzqqqq', '"payment the payment the payment"'],
  };
}

const rounds = Number(process.env.BENCH_ROUNDS ?? 4);

async function timings(installation: Installation, seeded: Seeded): Promise<Record<string, unknown>> {
  const actors = { admin: seeded.admin, lead: seeded.lead, agent: seeded.agent, busyAgent: seeded.busyAgent };
  const figures: Record<string, unknown> = {};
  const worst: { what: string; ms: number }[] = [];
  const all: number[] = [];
  const cpus: number[] = [];
  for (const order of ['newest', 'relevance'] as const) {
    for (const [who, actor] of Object.entries(actors)) {
      const row: Record<string, string> = {};
      for (const [what, asked] of Object.entries(questions(seeded.speech))) {
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
