import { numbersFrom } from '@tims/server/operator';
import { percentile, rounded } from '../statistics.js';
import { type Ask, type Figure, figures } from './asks.js';

/** Milliseconds of each figure, of the floor beside them, and which asks were slowest. */
export interface Times {
  of: Record<Figure, number[]>;
  /** Of this process, the database in it included: what it takes where nothing else waits for a processor. */
  cpu: Record<Figure, number[]>;
  floor: number[];
  slowest: string[];
}

/**
 * Asks everything so often, in an order that mixes the kinds, one at a time; what it cannot be faster than is timed in
 * between. A first round is not counted: it warms what a server in use has warm.
 */
export async function timesOf(
  asks: readonly Ask[],
  rounds: number,
  run: (ask: Ask) => Promise<unknown>,
  floor: () => Promise<unknown>,
): Promise<Times> {
  const [of, cpu] = [none(), none()];
  const floors: number[] = [];
  const each = new Map<Ask, number[]>(asks.map((ask) => [ask, []]));
  const numbers = numbersFrom(7);
  for (let round = 0; round <= rounds; round++) {
    const mixed = asks.map((ask) => ({ ask, place: numbers.next() })).sort((a, b) => a.place - b.place);
    for (const { ask } of mixed) {
      // Kinds with few asks are asked more often, so that a p99 is of some hundred.
      for (let n = 0; n < timesEach(ask.figure); n++) {
        const before = process.cpuUsage();
        const ms = await timed(() => run(ask));
        const used = process.cpuUsage(before);
        if (round === 0) break;
        of[ask.figure].push(ms);
        cpu[ask.figure].push((used.user + used.system) / 1000);
        each.get(ask)?.push(ms);
      }
      if (round > 0) floors.push(await timed(floor));
    }
  }
  return { of, cpu, floor: floors, slowest: slowest(each) };
}

function none(): Record<Figure, number[]> {
  // Its keys are the figures' names.
  return Object.fromEntries(figures.map((figure) => [figure, [] as number[]])) as Record<Figure, number[]>;
}

function timesEach(figure: Figure): number {
  if (figure === 'open' || figure === 'counts') return 20;
  return figure === 'search' ? 1 : 3;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Of each figure the slowest ask, by its median, which a hiccup of the machine does not move. */
function slowest(each: Map<Ask, number[]>): string[] {
  const all = [...each].map(([ask, times]) => ({ ask, ms: percentile(times, 50) })).sort((a, b) => b.ms - a.ms);
  return figures.flatMap((figure) => {
    const [worst] = all.filter(({ ask }) => ask.figure === figure);
    if (!worst) return [];
    const { ask, ms } = worst;
    return `${rounded(ms, 1)} ms ${figure} ${ask.as.email} ${decodeURIComponent(ask.path)}`;
  });
}

/** Under names that end in `P50Ms`, `P95Ms` and `P99Ms`, with the way before: nothing is the database. */
export function named({ of, floor }: Pick<Times, 'of'> & Partial<Times>, way: '' | 'Http' | 'Cpu') {
  const all: Record<string, number[]> = { ...of, ...(floor ? { floor } : {}) };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, times]) =>
      ([50, 95, 99] as const).map((percent) => [`${name}${way}P${percent}Ms`, rounded(percentile(times, percent), 2)]),
    ),
  );
}
