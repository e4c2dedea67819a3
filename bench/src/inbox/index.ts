import { parseArgs } from 'node:util';
import { listConversations, reading } from '@tims/core';
import { castOf, type Someone } from '../seeded/organization.js';
import { rounded } from '../statistics.js';
import { asksOf, figures } from './asks.js';
import { type DatabaseName, type Filled, filled, removeCache } from './cache.js';
import { named, timesOf } from './measure.js';
import { timesOverHttp } from './over-http.js';

type Figures = Record<string, number | string[] | null>;

/**
 * How long an inbox takes where a million conversations are: its lists, the longest conversation, counts, search. In the
 * database and over HTTP, with a tenth of that and with all of it.
 */
export async function inbox(progress: (line: string) => void, argv: string[]): Promise<object> {
  const { size, databases, rounds, remove } = optionsOf(argv);
  if (remove) {
    removeCache();
    return { name: 'inbox', removed: '.cache/bench-inbox' };
  }
  const found: Record<string, { tenth: Figures; whole: Figures; growth: Record<string, number> }> = {};
  for (const name of databases) {
    const measured = async (conversations: number) => {
      const database = await filled(name, conversations, (line) => progress(`${name} ${conversations}: ${line}`));
      if (!database) return undefined;
      try {
        return await measure(database, rounds, (line) => progress(`${name} ${conversations}: ${line}`));
      } finally {
        await database.close();
      }
    };
    const tenth = await measured(Math.max(10, Math.round(size / 10)));
    const whole = await measured(size);
    if (tenth && whole) found[name] = { tenth, whole, growth: growth(tenth, whole) };
  }
  return { name: 'inbox', conversations: size, ...worst(Object.values(found).map(({ whole }) => whole)), ...found };
}

function optionsOf(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      size: { type: 'string', default: '1m' },
      database: { type: 'string', default: 'both' },
      rounds: { type: 'string', default: '4' },
      remove: { type: 'boolean', default: false },
      json: { type: 'boolean' },
    },
  });
  const [, digits, unit = ''] = /^(\d+)([km]?)$/.exec(values.size) ?? [];
  const size = Number(digits) * (unit === 'm' ? 1_000_000 : unit === 'k' ? 1_000 : 1);
  const databases = (['sqlite', 'mysql'] as DatabaseName[]).filter((name) => ['both', name].includes(values.database));
  if (!(size >= 100) || databases.length === 0) {
    throw new Error('Say --size 10k, 100k, 1m or a number from 100, and --database sqlite, mysql or both');
  }
  return { size, databases, rounds: Number(values.rounds), remove: values.remove };
}

async function measure(database: Filled, rounds: number, progress: (line: string) => void): Promise<Figures> {
  const { installation, seeded } = await database.open();
  const { organization } = seeded.place;
  const cast = await castOf(installation, seeded);
  const as = ({ actor }: Someone) => reading(installation, organization, actor);
  const asks = await asksOf(cast, seeded, as);
  const { data } = await listConversations(as(cast.manager), { limit: 100 });
  let next = 0;
  // Less than one row by its key no answer takes.
  const floor = () =>
    installation.storage
      .reader('conversations')
      .where({ organization_id: organization, id: data[next++ % data.length]?.id })
      .first();
  progress(`asking the database, ${rounds} rounds of ${asks.length}`);
  const inDatabase = await timesOf(asks, rounds, (ask) => ask.run(as(ask.as)), floor);
  await installation.accessLog.flush();
  await installation.close();
  progress('asking a server');
  const overHttp = await timesOverHttp(database.url, asks, rounds);
  return {
    messages: database.messages,
    fillSeconds: database.fillSeconds,
    indexSeconds: database.indexSeconds,
    gigabytes: database.gigabytes,
    ...named(inDatabase, ''),
    ...(database.url.startsWith('sqlite:') ? named({ of: inDatabase.cpu }, 'Cpu') : {}),
    ...named(overHttp, 'Http'),
    measurements: Object.values(inDatabase.of).flat().length + Object.values(overHttp.of).flat().length,
    slowestInDatabase: inDatabase.slowest,
    slowestOverHttp: overHttp.slowest,
  };
}

/** How many times as long the half takes where ten times as much is: 1 is flat. */
function growth(tenth: Figures, whole: Figures): Record<string, number> {
  return Object.fromEntries(
    figures.flatMap((figure) =>
      ['P50Ms', 'P99Ms'].map((end) => [
        `${figure}${end.slice(0, 3)}`,
        rounded(Number(whole[figure + end]) / Number(tenth[figure + end]), 2),
      ]),
    ),
  );
}

/** The slower database's of each. */
function worst(all: readonly Figures[]): Record<string, number> {
  const names = Object.keys(all[0] ?? {}).filter((name) => /(?<!Cpu)P\d+Ms$/.test(name));
  return Object.fromEntries(names.map((name) => [name, Math.max(...all.map((one) => Number(one[name])))]));
}
