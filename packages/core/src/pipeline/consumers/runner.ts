import { reading, transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import { TimsError } from '../../kernel/errors.js';
import { followEvents, readEvents } from '../event-log/read.js';
import { startWorker, type Worker } from '../worker.js';
import type { Consumer } from './consumer.js';
import { lockCursor, organizationsBehind, parkEvent, readCursor, saveCursor } from './cursors.js';

const batchSize = 500;
const patience = 5;
/** A consumer's round costs a commit: under load it follows in steps instead of after each message. */
const restMs = 250;
/** Who writes a message waits for the database, who reads its count or looks for it does not. */
const share = 1 / 12;

/** Runs a consumer until stopped: after each commit in this process, and every second for those of others. */
export function startConsumer(installation: Installation, consumer: Consumer): Worker {
  const worker = startWorker(
    () => catchUp(installation, consumer),
    { everyMs: 1_000, restMs, share },
    (error) => installation.log.error({ consumer: consumer.name, error: String(error) }, 'consumer failed'),
  );
  const unsubscribe = installation.wakeups.subscribe(() => worker.wake());
  return {
    wake: worker.wake,
    stop: () => {
      unsubscribe();
      return worker.stop();
    },
  };
}

/** One batch for every organization that is behind; answers whether any of them still is. */
export async function catchUp(installation: Installation, consumer: Consumer): Promise<boolean> {
  const behind = await organizationsBehind(installation.storage.reader, consumer.name);
  let more = false;
  for (const { organization, head } of behind) {
    if ((await advance(installation, consumer, organization)) < head) more = true;
  }
  return more;
}

/** Answers how far the consumer is after it. */
async function advance(installation: Installation, consumer: Consumer, organization: string): Promise<number> {
  try {
    return await handleBatch(installation, consumer, organization, batchSize);
  } catch (error) {
    if (isOfTheSystem(error)) throw error;
    // Something in the batch is at fault: go on one event at a time until the bad one is found and parked.
    return handleOne(installation, consumer, organization);
  }
}

async function handleBatch(
  installation: Installation,
  consumer: Consumer,
  organization: string,
  limit: number,
): Promise<number> {
  // Events do not change, so they are read before the transaction: the writer has better to do.
  const { reader } = installation.storage;
  const from = await readCursor(reader, organization, consumer.name);
  const ahead = await followEvents(installation, organization, from, limit);
  const actor = { type: 'system', id: consumer.name } as const;
  const prepared = await consumer.prepare?.(reading(installation, organization, actor), ahead);
  return transaction(installation, organization, actor, async (ctx) => {
    const cursor = await lockCursor(ctx, consumer.name);
    // Another server was faster.
    const current = cursor.sequence === from;
    const events = current ? ahead : await readEvents(ctx.trx, organization, cursor.sequence, limit);
    const last = events.at(-1);
    // The log holds no more, whatever its head says: it may have been purged.
    if (!last) return Number.POSITIVE_INFINITY;
    const ready = current ? prepared : await consumer.prepare?.(ctx, events);
    ctx.write(saveCursor(ctx, consumer.name, { sequence: last.sequence, failingSequence: null, failures: 0 }));
    await consumer.handle(ctx, events, ready);
    return last.sequence;
  });
}

async function handleOne(installation: Installation, consumer: Consumer, organization: string): Promise<number> {
  try {
    return await handleBatch(installation, consumer, organization, 1);
  } catch (error) {
    // A database that is away is no fault of the event.
    if (isOfTheSystem(error)) throw error;
    return countFailure(installation, consumer, organization, error);
  }
}

function isOfTheSystem(error: unknown): boolean {
  return error instanceof TimsError && (error.status === 503 || error.code === 'conflict');
}

async function countFailure(
  installation: Installation,
  consumer: Consumer,
  organization: string,
  error: unknown,
): Promise<number> {
  return transaction(installation, organization, { type: 'system', id: consumer.name }, async (ctx) => {
    const cursor = await lockCursor(ctx, consumer.name);
    const [event] = await readEvents(ctx.trx, organization, cursor.sequence, 1);
    if (!event) return Number.POSITIVE_INFINITY;
    const failures = cursor.failingSequence === event.sequence ? cursor.failures + 1 : 1;
    if (failures < patience) {
      await saveCursor(ctx, consumer.name, { ...cursor, failingSequence: event.sequence, failures });
      return cursor.sequence;
    }
    await parkEvent(ctx, consumer.name, event.sequence, String(error));
    await saveCursor(ctx, consumer.name, { sequence: event.sequence, failingSequence: null, failures: 0 });
    installation.log.error({ consumer: consumer.name, sequence: event.sequence }, 'event parked');
    return event.sequence;
  });
}
