import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { reading } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import type { UserActor } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import { guarded } from '../lockout/index.js';
import {
  endSessions,
  findAccountById,
  findUser,
  lockUser,
  type MePatch,
  newPasswordHash,
  passwordMatches,
  replacePassword,
  saveAccount,
  saveUser,
  signOutEverywhere,
  tellElsewhere,
  type User,
} from '../users/index.js';

/** One's own name, time zone and password. Name and password are the account's: they change in all its organizations. */
export async function updateMe(
  installation: Installation,
  actor: UserActor,
  input: MePatch,
  idempotencyKey?: string,
): Promise<User> {
  const user = await changeMe(installation, actor, input, idempotencyKey);
  const changed = [
    ...(input.name === undefined ? [] : ['name']),
    ...(input.password === undefined ? [] : ['password']),
  ];
  if (changed.length > 0) {
    const told = { but: actor.organization, operation: 'me.update', changed };
    await tellElsewhere(installation, actor.accountId, told);
  }
  return user;
}

const changeMe = action(
  'me.update',
  async (ctx, { name, timeZone }: MePatch, password: { before: string; after: string } | undefined) => {
    const { actor } = ctx;
    if (actor.type !== 'user') fail('forbidden');
    const before = (await lockUser(ctx, actor.id)) && (await findUser(ctx, actor.id));
    if (!before) fail('unauthorized');
    const changed = [
      ...(name === undefined || name === before.name ? [] : ['name']),
      ...(timeZone === undefined || timeZone === before.timeZone ? [] : ['timeZone']),
      ...(password ? ['password'] : []),
    ];
    if (changed.length === 0) return before;
    await saveAccount(ctx, actor.accountId, { name });
    if (password) await changePassword(ctx, actor, password);
    await saveUser(ctx, actor.id, { timeZone }, password !== undefined);
    ctx.append({ type: 'user.updated', entityId: actor.id, entityVersion: before.version + 1, changes: { changed } });
    return (await findUser(ctx, actor.id)) ?? fail('internal_error');
  },
  async (installation, { accountId, ip }, { timeZone, password, currentPassword }) => {
    if (typeof timeZone === 'string') demandTimeZone(timeZone);
    if (password === undefined && currentPassword === undefined) return undefined;
    if (password === undefined || currentPassword === undefined) {
      invalid(password === undefined ? 'password' : 'currentPassword', 'is missing: the two go together');
    }
    const account = await findAccountById(reading(installation, '', system), accountId);
    if (!account) fail('unauthorized');
    // Whoever finds an open screen does not guess the password on it either.
    const right = await guarded(installation, { email: account.email, ip }, async () => {
      const matches = await passwordMatches(installation, currentPassword, account.password_hash);
      return { outcome: matches ? 'proved' : 'refused', value: matches };
    });
    if (!right) fail('current_password_wrong');
    return { before: account.password_hash, after: await newPasswordHash(installation, password) };
  },
);

const system = { type: 'system', id: 'profile' } as const;

/** Ends every session of the account but the one that asked; the other organizations are told right after the commit. */
async function changePassword(ctx: Context, actor: UserActor, { before, after }: { before: string; after: string }) {
  // Somebody changed it after the old one was compared.
  if (!(await replacePassword(ctx, actor.accountId, { before, after }))) fail('conflict');
  await signOutEverywhere(ctx, actor.accountId, { but: ctx.organization });
  await endSessions(ctx, actor.id, actor.via);
}

function demandTimeZone(name: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    invalid('timeZone', 'is no time zone');
  }
}

/** What the schema cannot say. */
function invalid(field: string, message: string): never {
  fail('validation_failed', `/body/${field} ${message}`, { errors: [{ path: `/body/${field}`, message }] });
}
