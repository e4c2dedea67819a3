import { createHmac } from 'node:crypto';
import type { Context } from '../../database/context.js';
import { transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import { fail } from '../../kernel/errors.js';
import { type Failures, forgetFailures, readFailures, saveFailures, takeBack } from './repository.js';

/** Who tries to prove who they are. */
export interface Attempt {
  /** What they claim to be: an e-mail, known or not. */
  email: string;
  /** Where they are; null for what comes from no network. */
  ip: string | null;
}

/**
 * How an attempt ended: `proved` forgets what stands against the account, `refused` counts, `undecided` is neither: the
 * password was right and more is asked for.
 */
export type Outcome = 'proved' | 'refused' | 'undecided';

/** Failures after which nobody gets in for a while: of one account, from one address. */
const limits = { account: 10, address: 50 } as const;
type Kind = keyof typeof limits;

/** A failure is remembered for this long, and for this long after a lock has ended. */
const windowMs = 15 * 60_000;
const firstLockMs = 60_000;
const longestLockMs = 3_600_000;

const actor = { type: 'system', id: 'lockout' } as const;

/**
 * Runs one check of a password or a code, and counts it. The account's failure is written before the check and taken
 * back after: of a hundred guesses sent at once no more get through than of a hundred sent in turn. What is locked
 * depends on what was claimed alone, so an e-mail that nobody has locks like one that somebody has.
 *
 * @throws TimsError `login_locked`, with the seconds to wait as `retryAfterSeconds`.
 */
export async function guarded<T>(
  installation: Installation,
  attempt: Attempt,
  check: () => Promise<{ outcome: Outcome; value: T }>,
): Promise<T> {
  const account = subjectOf(installation, 'account', attempt.email.toLowerCase());
  const address = attempt.ip === null ? undefined : subjectOf(installation, 'address', attempt.ip);
  await alone(installation, async (ctx) => {
    const known = await readFailures(ctx, address === undefined ? [account] : [account, address]);
    const now = installation.clock.now();
    demandUnlocked('account', known.get(account), now);
    if (address !== undefined) demandUnlocked('address', known.get(address), now);
    await count(ctx, 'account', account, known.get(account));
  });
  const { outcome, value } = await check();
  await alone(installation, async (ctx) => {
    if (outcome === 'proved') return forgetFailures(ctx, account);
    if (outcome === 'undecided') return takeBack(ctx, account);
    if (address === undefined) return;
    await count(ctx, 'address', address, (await readFailures(ctx, [address])).get(address));
  });
  return value;
}

/** Failures belong to no organization: an account may be of several, an address of none. */
function alone(installation: Installation, work: (ctx: Context) => Promise<void>): Promise<void> {
  return transaction(installation, '', actor, work);
}

async function count(ctx: Context, kind: Kind, subject: string, known: Failures | undefined): Promise<void> {
  const now = ctx.installation.clock.now();
  const before = known && now < known.lastAt + lockMs(kind, known.failures) + windowMs ? known.failures : 0;
  await saveFailures(ctx, subject, { failures: before + 1, lastAt: now }, known !== undefined);
}

function demandUnlocked(kind: Kind, known: Failures | undefined, now: number): void {
  const until = known ? known.lastAt + lockMs(kind, known.failures) : 0;
  if (known && known.failures >= limits[kind] && until > now) {
    fail('login_locked', undefined, { retryAfterSeconds: Math.ceil((until - now) / 1000) });
  }
}

/** A minute after the last failure that is let pass, twice as long after each further one. */
function lockMs(kind: Kind, failures: number): number {
  const beyond = failures - limits[kind];
  return beyond < 0 ? 0 : Math.min(firstLockMs * 2 ** beyond, longestLockMs);
}

/** Keyed: whoever reads the table learns neither who was tried nor from where. */
function subjectOf(installation: Installation, kind: Kind, text: string): string {
  return createHmac('sha256', installation.secrets.key('lockout')).update(`${kind}:${text}`).digest('hex');
}
