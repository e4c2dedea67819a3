import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from '../../installation.js';
import { createBatcher } from '../batcher.js';
import { startWorker, type Worker } from '../worker.js';
import { claim, organizationsDue, type Task } from './claim.js';
import { expireLeases } from './expire.js';
import { createPacer } from './pacer.js';
import { recordOutcomes } from './record.js';
import { type Outcome, send } from './send.js';

/** Sends in flight at once, over all channels. */
const concurrency = 32;

/** Sends what stands in the outbox: in order within a conversation, many conversations at once, paced per channel. */
export function startOutbox(installation: Installation): Worker {
  const { wakeups, log } = installation;
  const pacer = createPacer();
  const inFlight = new Set<Promise<void>>();
  const records = createBatcher<{ task: Task; outcome: Outcome }>({
    write: async (organization, results) => {
      await recordOutcomes(installation, organization, results);
      return results.map(() => undefined);
    },
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
        log.error({ message: task.message.id, error: String(error) }, 'an outcome could not be recorded yet');
        await sleep(wait);
      }
    }
  };

  const round = async (): Promise<boolean> => {
    await expireLeases(installation);
    let more = false;
    for (const organization of await organizationsDue(installation)) {
      const room = concurrency - inFlight.size;
      if (room <= 0) break;
      const tasks = await claim(installation, organization, room, pacer);
      if (tasks.length === room) more = true;
      for (const task of tasks) {
        const sending = deliver(organization, task).finally(() => {
          inFlight.delete(sending);
          worker.wake();
        });
        inFlight.add(sending);
      }
    }
    return more && inFlight.size < concurrency;
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
