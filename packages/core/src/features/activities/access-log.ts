import type { ReadContext } from '../../database/context.js';
import { transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import type { Actor } from '../../kernel/actor.js';
import { getOwned } from '../conversations/index.js';
import type { NewActivity } from './schema.js';

/**
 * Notes who looked at what, and what was refused to whom. Nothing on a request's path: notes are collected and written
 * together a moment later. The same by the same user counts once in ten minutes.
 */
export interface AccessLog {
  /** @param same what else must be equal, beside the action and what it is about, for it to be the same again. */
  note(actor: Actor, activity: Access, same?: string): void;
  /** Writes what is collected; for the end, and for whoever wants to read it now. */
  flush(): Promise<void>;
}

export type Access = Pick<NewActivity, 'action' | 'entityId' | 'conversationId' | 'data'>;

/** The activity of somebody who was refused. Of the ids that they gave only their own organization's conversations stay. */
export const accessRefused = 'access.refused';

const onceInMs = 600_000;
const flushMs = 1_000;
/** Past it the oldest are forgotten: then something is noted a second time, and nothing is left out. */
const mostRemembered = 100_000;
/** What waits at most while the database does not answer. */
const mostWaiting = 50_000;
const rowsAtOnce = 500;

const writer = { type: 'system', id: 'access-log' } as const;

export function createAccessLog(installation: () => Installation): AccessLog {
  /** When each was noted, the oldest first. */
  const noted = new Map<string, number>();
  const waiting = new Map<string, NewActivity[]>();
  let count = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const isRepeated = (name: string, now: number): boolean => {
    const before = noted.get(name);
    if (before !== undefined && now - before < onceInMs && now >= before) return true;
    noted.delete(name);
    noted.set(name, now);
    for (const [oldest, at] of noted) {
      if (noted.size <= mostRemembered && now - at < onceInMs) break;
      noted.delete(oldest);
    }
    return false;
  };

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const rounds = [...waiting];
    waiting.clear();
    writing = writing.then(async () => {
      for (const [organization, activities] of rounds) await write(organization, activities);
    });
    return writing;
  };

  const write = async (organization: string, activities: NewActivity[]): Promise<void> => {
    for (let rest = activities; rest.length > 0; rest = rest.slice(rowsAtOnce)) {
      try {
        await transaction(installation(), organization, writer, async (ctx) => {
          for (const activity of await withOwnIds(ctx, rest.slice(0, rowsAtOnce))) ctx.record(activity);
        });
        count -= Math.min(rest.length, rowsAtOnce);
      } catch (error) {
        installation().log.warn({ error: String(error), waiting: count }, 'accesses are not recorded yet');
        waiting.set(organization, [...rest, ...(waiting.get(organization) ?? [])]);
        later();
        return;
      }
    }
  };

  const later = (): void => {
    timer ??= setTimeout(() => void flush(), flushMs).unref();
  };

  return {
    note(actor, { action, entityId, conversationId, data }, same) {
      if (actor.type !== 'user') return;
      const now = installation().clock.now();
      const name = [actor.organization, actor.id, action, conversationId ?? entityId, data?.operation, same].join(' ');
      if (isRepeated(name, now)) return;
      if (count >= mostWaiting) {
        installation().log.error({ waiting: count }, 'an access is not recorded');
        return;
      }
      count += 1;
      const activities = waiting.get(actor.organization) ?? [];
      activities.push({ action, entityId, conversationId, ...(data ? { data } : {}), by: actor, at: now });
      waiting.set(actor.organization, activities);
      later();
    },
    flush,
  };
}

/** What was refused may have been asked for with any id: one of a conversation elsewhere, or of none, is not kept. */
async function withOwnIds(ctx: ReadContext, activities: readonly NewActivity[]): Promise<NewActivity[]> {
  const asked = activities.flatMap((one) => (one.action === accessRefused ? (one.conversationId ?? []) : []));
  const own = await getOwned(ctx, [...new Set(asked)]);
  return activities.map((one) => {
    if (one.action !== accessRefused || own.has(one.conversationId ?? '')) return one;
    return { ...one, entityId: undefined, conversationId: undefined };
  });
}
