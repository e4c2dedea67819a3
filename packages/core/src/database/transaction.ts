import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { writeActivities } from '../features/activities/chain.js';
import type { NewActivity } from '../features/activities/schema.js';
import type { Installation } from '../installation.js';
import type { Actor } from '../kernel/actor.js';
import { TimsError } from '../kernel/errors.js';
import { lastSequence, writeEvents } from '../pipeline/event-log/append.js';
import type { LoggedEvent, NewEvent } from '../pipeline/event-log/event.js';
import type { Context, ReadContext } from './context.js';

const attempts = 5;

/**
 * Runs `work` in one transaction, appends its events as the last thing before the commit and wakes readers after it.
 * A deadlock, or a unique key that another transaction took first, runs `work` once more: it must only touch the
 * database through `ctx`, and then sees what the other one wrote.
 *
 * @throws what `work` throws; TimsError `conflict` or `database_unavailable` where the database gives up.
 */
export async function transaction<T>(
  installation: Installation,
  organization: string,
  actor: Actor,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  const { storage, wakeups, recentEvents } = installation;
  for (let attempt = 1; ; attempt++) {
    const events: NewEvent[] = [];
    try {
      const { answer, logged } = await storage.writer.transaction((trx) => {
        const ctx = { installation, organization, actor, trx };
        return completed(ctx, events, work);
      });
      recentEvents.add(organization, logged);
      if (events.length > 0) wakeups.notify(organization, events);
      return answer;
    } catch (error) {
      const kind = storage.dialect.classify(error);
      if ((kind === 'retry' || kind === 'conflict') && attempt < attempts) {
        await sleep(Math.random() * 10 * attempt);
        continue;
      }
      throw asTimsError(error, kind);
    }
  }
}

async function completed<T>(
  base: ReadContext & { trx: Knex.Transaction },
  events: NewEvent[],
  work: (ctx: Context) => Promise<T>,
): Promise<{ answer: T; logged: LoggedEvent[] }> {
  const writes: Promise<unknown>[] = [];
  const activities: NewActivity[] = [];
  const ctx: Context = {
    ...base,
    record: (activity) => {
      activities.push(activity);
    },
    append: (...appended) => {
      events.push(...appended);
    },
    write: (...statements) => {
      // One that fails before the end is reported at the end; until then nobody listens.
      for (const statement of statements) statement.catch(() => undefined);
      writes.push(...statements);
    },
  };
  // Goes along with the first statement. With several writers the head is only true once it is locked, at the end.
  const head = base.installation.storage.dialect.singleWriter ? lastSequence(ctx) : undefined;
  head?.catch(() => undefined);
  const answer = await work(ctx);
  // Before the log's head is locked, in every transaction alike: two heads locked in two orders would be a deadlock.
  await writeActivities(ctx, activities);
  const [logged] = await Promise.all([writeEvents(ctx, events, head), ...writes]);
  return { answer, logged };
}

/** Reads outside a transaction. */
export function reading(installation: Installation, organization: string, actor: Actor): ReadContext {
  return { installation, organization, actor, trx: installation.storage.reader };
}

function asTimsError(error: unknown, kind: ReturnType<Installation['storage']['dialect']['classify']>): unknown {
  if (kind === 'unavailable') return new TimsError('database_unavailable', undefined, {}, { cause: error });
  if (kind === 'retry' || kind === 'conflict') return new TimsError('conflict', undefined, {}, { cause: error });
  return error;
}
