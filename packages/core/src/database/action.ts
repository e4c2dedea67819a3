import { activityData } from '../features/activities/from-events.js';
import type { Installation } from '../installation.js';
import type { UserActor } from '../kernel/actor.js';
import type { NewEvent } from '../pipeline/event-log/event.js';
import type { Context } from './context.js';
import { type IdempotentCall, onceOnly, remembered } from './idempotency.js';
import { transaction } from './transaction.js';

/** An action as routes and commands call it. */
export type Action<Input, Output> = ((
  installation: Installation,
  actor: UserActor,
  input: Input,
  idempotencyKey?: string,
) => Promise<Output>) & { readonly operation: string };

/**
 * Declares an action: check the policy, change rows, append the event, in the one transaction that `work` is given.
 * With an idempotency key the same call answers what the first one answered.
 *
 * @param operation the operationId of its route, and the scope of its idempotency keys.
 * @param prepare what takes long and needs no row, e.g. hashing a password: done before the transaction begins, since a
 *   database may have one writer for all.
 * @example
 * export const closeConversation = action('conversations.close', async (ctx, input: CloseInput) => { … });
 */
export function action<Input, Output, Prepared = undefined>(
  operation: string,
  work: (ctx: Context, input: Input, prepared: Prepared) => Promise<Output>,
  // Without it `Prepared` is `undefined`, which is what a work that takes two arguments is called with.
  prepare: Prepare<Input, Prepared> = async () => undefined as Prepared,
): Action<Input, Output> {
  const run: Action<Input, Output> = Object.assign(
    (installation: Installation, actor: UserActor, input: Input, idempotencyKey?: string) => {
      const call: IdempotentCall | undefined =
        idempotencyKey === undefined ? undefined : { operation, key: idempotencyKey, input };
      return onceOnly(installation, actor, call, async () => {
        const prepared = await prepare(installation, actor, input);
        return transaction(installation, actor.organization, actor, (ctx) =>
          remembered(ctx, call, () => recorded(ctx, operation, (own) => work(own, input, prepared))),
        );
      });
    },
    { operation },
  );
  return run;
}

/** Runs the work and records it with what it changed, which its events tell; what changed nothing is no activity. */
async function recorded<T>(ctx: Context, action: string, work: (ctx: Context) => Promise<T>): Promise<T> {
  const events: NewEvent[] = [];
  const append: Context['append'] = (...appended) => {
    events.push(...appended);
    ctx.append(...appended);
  };
  const answer = await work({ ...ctx, append });
  const [first] = events;
  if (first) {
    const { entityId, conversationId } = first;
    ctx.record({ action, entityId, conversationId, data: activityData(events) });
  }
  return answer;
}

type Prepare<Input, Prepared> = (installation: Installation, actor: UserActor, input: Input) => Promise<Prepared>;
