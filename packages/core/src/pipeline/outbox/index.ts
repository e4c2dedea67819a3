import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from '../../installation.js';
import { TimsError } from '../../kernel/errors.js';
import { createBatcher } from '../batcher.js';
import { startWorker, type Worker } from '../worker.js';
import { claim, organizationsDue, type Task } from './claim.js';
import { expireLeases } from './expire.js';
import { createPacer } from './pacer.js';
import { recordOutcomes } from './record.js';
import { type Outcome, send } from './send.js';

/** Sends in flight at once, over all channels. */
const concurrency = 32;
/** Of one organization: a provider that does not answer it must not stop all others. */
const perOrganization = 24;

/** Sends what stands in the outbox: in order within a conversation, many conversations at once, paced per channel. */
export function startOutbox(installation: Installation): Worker {
  const { wakeups, log } = installation;
  const pacer = createPacer();
  const inFlight = new Set<Promise<void>>();
  const shares = new Map<string, number>();
  let turn = 0;
  const records = createBatcher<Result>({
    write: (organization, results) => recordAll(installation, organization, results),
    weigh: () => 1,
    limit: 100,
  });

  const deliver = async (organization: string, task: Task): Promise<void> => {
    const outcome = await send(installation, task);
    // What the provider said must not be lost to a database that is away for a moment; if this process dies meanwhile,
    // the lease runs out and the message becomes `unknown`.
    for (let wait = 250; ; wait = Math.min(wait * 2, 5_000)) {
      try {
        await records.add(organization, { task, outcome });
        return;
      } catch (error) {
        log.error({ message: task.message.id, error: codeOf(error) }, 'an outcome could not be recorded yet');
        // One that never can be: the lease makes the message `unknown`.
        if (!isUnavailable(error) && installation.clock.now() > task.leaseUntil) return;
        await sleep(wait);
      }
    }
  };

  const round = async (): Promise<boolean> => {
    await expireLeases(installation);
    let more = false;
    const due = inTurn((await organizationsDue(installation)).sort(), turn++);
    for (const [index, organization] of due.entries()) {
      const share = Math.ceil((concurrency - inFlight.size) / (due.length - index));
      const room = Math.min(share, perOrganization - (shares.get(organization) ?? 0));
      if (room <= 0) continue;
      const tasks = await claim(installation, organization, room, pacer);
      if (tasks.length === room) more = true;
      for (const task of tasks) start(organization, task);
    }
    return more && inFlight.size < concurrency;
  };

  const start = (organization: string, task: Task): void => {
    const count = (by: number) => shares.set(organization, (shares.get(organization) ?? 0) + by);
    count(1);
    const sending = deliver(organization, task).finally(() => {
      count(-1);
      inFlight.delete(sending);
      worker.wake();
    });
    inFlight.add(sending);
  };

  const worker = startWorker(round, { everyMs: 500 }, (error) => log.error({ error: String(error) }, 'outbox failed'));
  // Only what was said to somebody concerns the outbox; the log grows with every message that comes in.
  const unsubscribe = wakeups.subscribe((_organization, events) => {
    if (events.some(({ type, changes }) => type === 'message.created' && changes?.state === 'queued')) worker.wake();
  });
  return {
    wake: worker.wake,
    async stop() {
      unsubscribe();
      await worker.stop();
      await Promise.allSettled(inFlight);
    },
  };
}

type Result = { task: Task; outcome: Outcome };

/** All in one transaction; where one of them cannot be recorded, each in its own, so that the others are. */
async function recordAll(
  installation: Installation,
  organization: string,
  results: Result[],
): Promise<(Error | undefined)[]> {
  try {
    await recordOutcomes(installation, organization, results);
    return results.map(() => undefined);
  } catch (error) {
    if (results.length === 1 || isUnavailable(error)) throw error;
    const errors: (Error | undefined)[] = [];
    for (const result of results) {
      errors.push(await recordOutcomes(installation, organization, [result]).then(() => undefined, asError));
    }
    return errors;
  }
}

/** The organizations, another one first each time: where room is short, each has its turn. */
function inTurn(organizations: string[], turn: number): string[] {
  const start = organizations.length === 0 ? 0 : turn % organizations.length;
  return [...organizations.slice(start), ...organizations.slice(0, start)];
}

function isUnavailable(error: unknown): boolean {
  return error instanceof TimsError && error.status === 503;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Without its message: a database's message can quote content. */
function codeOf(error: unknown): string {
  return error instanceof TimsError ? error.code : asError(error).name;
}
