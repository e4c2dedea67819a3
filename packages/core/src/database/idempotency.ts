import { createHmac } from 'node:crypto';
import type { Installation } from '../installation.js';
import type { UserActor } from '../kernel/actor.js';
import { fail } from '../kernel/errors.js';
import { fromJson } from '../kernel/json.js';
import type { Context } from './context.js';

/** One call that must happen once, whatever the network does to its answer. */
export interface IdempotentCall {
  operation: string;
  key: string;
  input: unknown;
}

const patienceMs = 2_000;
const running = new WeakMap<Installation, Map<string, Promise<unknown>>>();

/**
 * Keeps a duplicate of a call that still runs in this process waiting for up to two seconds, then refuses it. Across
 * processes the key's row does the same: the second insert waits for the first transaction.
 */
export async function onceOnly<T>(
  installation: Installation,
  actor: UserActor,
  call: IdempotentCall | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (!call) return work();
  const calls = running.get(installation) ?? new Map<string, Promise<unknown>>();
  running.set(installation, calls);
  const name = [actor.organization, actor.id, call.operation, call.key].join(' ');
  const deadline = Date.now() + patienceMs;
  for (let first = calls.get(name); first; first = calls.get(name)) {
    if (!(await settled(first, deadline - Date.now()))) fail('idempotency_in_progress');
  }
  const own = work();
  calls.set(name, own);
  try {
    return await own;
  } finally {
    calls.delete(name);
  }
}

/** The key's row is the first insert of the action's own transaction: both stand or neither does. */
export async function remembered<T>(
  ctx: Context,
  call: IdempotentCall | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (!call || ctx.actor.type !== 'user') return work();
  const { trx, organization, actor, installation } = ctx;
  const place = { organization_id: organization, actor_id: actor.id, operation: call.operation, key: call.key };
  // Keyed: an input may hold a password, which a plain hash beside its other fields would give away.
  const key = installation.secrets.key('idempotency');
  const digest = createHmac('sha256', key)
    .update(JSON.stringify(call.input ?? null))
    .digest('hex');
  const before: { digest: string; answer: string | null } | undefined = await trx('idempotency_keys')
    .where(place)
    .first('digest', 'answer');
  if (before) {
    if (before.digest !== digest) fail('idempotency_key_reused');
    // Only erasing somebody takes an answer away: until the first call commits, nobody sees its row.
    if (before.answer === null) fail('contact_erased', 'The answer of the first request was erased with the contact');
    return fromJson<T>(before.answer);
  }
  await trx('idempotency_keys').insert({ ...place, digest, answer: null, created_at: installation.clock.now() });
  const answer = await work();
  await trx('idempotency_keys')
    .where(place)
    .update({ answer: JSON.stringify(answer ?? null, withoutSecrets) });
  return answer;
}

/** Members of answers that are told once and stored nowhere: a repeated call is answered with null in their place. */
const secretMembers: ReadonlySet<string> = new Set(['link']);

function withoutSecrets(name: string, value: unknown): unknown {
  return secretMembers.has(name) && typeof value === 'string' ? null : value;
}

/** Whether the other call ended, in success or not, within the time. */
function settled(call: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), Math.max(0, ms));
    const done = () => {
      clearTimeout(timer);
      resolve(true);
    };
    call.then(done, done);
  });
}
