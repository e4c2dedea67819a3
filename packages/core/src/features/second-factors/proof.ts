import { reading } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import type { UserActor } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import { guarded } from '../lockout/index.js';
import { passwordMatches } from '../users/index.js';
import { checkCode } from './check.js';
import { findCredentials } from './repository.js';
import type { SecondFactorProof } from './schema.js';

/** The password once more, before something that a screen left open must not allow. */
export async function demandPassword(
  installation: Installation,
  actor: UserActor,
  password: string,
): Promise<{ email: string }> {
  const ctx = reading(installation, actor.organization, actor);
  const { email, passwordHash } = (await findCredentials(ctx, actor.accountId)) ?? fail('unauthorized');
  const matches = await guarded(installation, { email, ip: actor.ip }, async () => {
    const value = await passwordMatches(installation, password, passwordHash);
    return { outcome: value ? 'undecided' : 'refused', value };
  });
  if (!matches) fail('login_failed');
  return { email };
}

/**
 * The password and a code, before what a screen left open must not allow.
 *
 * @param act spends the code and does what it is for; false where the code is wrong, or was used before.
 */
export async function proved(
  installation: Installation,
  actor: UserActor,
  { password, code }: SecondFactorProof,
  act: () => Promise<boolean>,
): Promise<void> {
  const ctx = reading(installation, actor.organization, actor);
  const { email, passwordHash } = (await findCredentials(ctx, actor.accountId)) ?? fail('unauthorized');
  const done = await guarded(installation, { email, ip: actor.ip }, async () => {
    const matches = await passwordMatches(installation, password, passwordHash);
    const factor = await checkCode(ctx, actor.accountId, code);
    if (matches && !factor.enabled) return { outcome: 'undecided', value: 'none' as const };
    if (!matches) return { outcome: 'refused', value: 'wrong' as const };
    return (await act())
      ? { outcome: 'proved', value: 'done' as const }
      : { outcome: 'refused', value: 'wrong' as const };
  });
  if (done === 'none') fail('second_factor_state', 'There is none');
  if (done === 'wrong') fail('login_failed');
}
