import { action } from '../../database/action.js';
import type { Context, ReadContext } from '../../database/context.js';
import { reading } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import type { UserActor } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import type { NewEvent } from '../../pipeline/event-log/event.js';
import { guarded } from '../lockout/index.js';
import { demand } from '../roles/index.js';
import { findUser, findUserActor } from '../users/index.js';
import { checkCode, needsSecondFactor, sealSecret, secretOf } from './check.js';
import { hashRecoveryCode, newRecoveryCodes, newSecret, plain, stepOf, uriOf } from './codes.js';
import { demandPassword, proved } from './proof.js';
import {
  belongsElsewhere,
  confirm,
  countRecoveryCodes,
  findCredentials,
  findSecondFactor,
  lockSecondFactor,
  removeSecondFactor,
  savePending,
  saveRecoveryCodes,
} from './repository.js';
import type { RecoveryCodes, SecondFactorProof, SecondFactorSecret, SecondFactorStatus } from './schema.js';

export async function getSecondFactor(ctx: ReadContext, actor: UserActor): Promise<SecondFactorStatus> {
  const [factor, required, recoveryCodesLeft] = await Promise.all([
    findSecondFactor(ctx, actor.accountId),
    needsSecondFactor(ctx, actor),
    countRecoveryCodes(ctx, actor.accountId),
  ]);
  return { enabled: factor?.confirmed ?? false, required, recoveryCodesLeft };
}

/** A secret for the caller's app; it counts from its confirmation on. A new one takes the place of one not confirmed. */
export async function enableSecondFactor(
  installation: Installation,
  actor: UserActor,
  { password }: { password: string },
): Promise<SecondFactorSecret> {
  const { email } = await demandPassword(installation, actor, password);
  const secret = newSecret();
  await keepSecret(installation, actor, { sealed: sealSecret(installation, actor.accountId, secret) });
  return { secret, uri: uriOf(secret, email) };
}

const keepSecret = action('me.enableSecondFactor', async (ctx, { sealed }: { sealed: string }) => {
  const accountId = accountOf(ctx);
  if ((await findSecondFactor(ctx, accountId))?.confirmed) fail('second_factor_state', 'There is one already');
  await savePending(ctx, accountId, sealed);
});

/** The first code of the app proves that it has the secret; from here on log-ins ask for one. */
export async function confirmSecondFactor(
  installation: Installation,
  actor: UserActor,
  { code }: { code: string },
): Promise<RecoveryCodes> {
  const ctx = reading(installation, actor.organization, actor);
  const { email } = (await findCredentials(ctx, actor.accountId)) ?? fail('unauthorized');
  const recoveryCodes = newRecoveryCodes();
  const hashes = recoveryCodes.map((one) => hashRecoveryCode(installation, actor.accountId, one));
  const taken = await guarded(installation, { email, ip: actor.ip }, async () => {
    const factor = await findSecondFactor(ctx, actor.accountId);
    if (!factor || factor.confirmed) return { outcome: 'undecided', value: 'none' as const };
    const step = stepOf(installation, secretOf(installation, actor.accountId, factor), plain(code));
    if (step === undefined) return { outcome: 'refused', value: 'wrong' as const };
    await turnOn(installation, actor, { step, hashes });
    return { outcome: 'proved', value: 'on' as const };
  });
  if (taken === 'none') fail('second_factor_state', 'There is none that waits for its confirmation');
  if (taken === 'wrong') fail('login_failed');
  return { recoveryCodes };
}

const turnOn = action(
  'me.confirmSecondFactor',
  async (ctx, { step, hashes }: { step: number; hashes: readonly string[] }) => {
    const accountId = accountOf(ctx);
    if (!(await confirm(ctx, accountId, step))) fail('second_factor_state', 'There is one already');
    await saveRecoveryCodes(ctx, accountId, hashes);
    await tell(ctx, ctx.actor.id, { secondFactor: [false, true] });
  },
);

/** Takes the second factor away. */
export async function disableSecondFactor(
  installation: Installation,
  actor: UserActor,
  proof: SecondFactorProof,
): Promise<void> {
  await proved(installation, actor, proof, () => turnOff(installation, actor, { code: proof.code }));
}

const turnOff = action('me.disableSecondFactor', async (ctx, { code }: { code: string }) => {
  const accountId = accountOf(ctx);
  const factor = await checkCode(ctx, accountId, code);
  if (!(await factor.spend(ctx))) return false;
  await removeSecondFactor(ctx, accountId);
  await tell(ctx, ctx.actor.id, { secondFactor: [true, false] });
  return true;
});

/** Ten recovery codes in the place of all that there were, which end with it. */
export async function renewRecoveryCodes(
  installation: Installation,
  actor: UserActor,
  proof: SecondFactorProof,
): Promise<RecoveryCodes> {
  const recoveryCodes = newRecoveryCodes();
  const hashes = recoveryCodes.map((one) => hashRecoveryCode(installation, actor.accountId, one));
  await proved(installation, actor, proof, () => replaceCodes(installation, actor, { code: proof.code, hashes }));
  return { recoveryCodes };
}

const replaceCodes = action(
  'me.renewRecoveryCodes',
  async (ctx, { code, hashes }: { code: string; hashes: readonly string[] }) => {
    const accountId = accountOf(ctx);
    // Of two at once each would leave its codes beside the other's.
    await lockSecondFactor(ctx, accountId);
    const factor = await checkCode(ctx, accountId, code);
    if (!(await factor.spend(ctx))) return false;
    await saveRecoveryCodes(ctx, accountId, hashes);
    await tell(ctx, ctx.actor.id, { recoveryCodes: hashes.length });
    return true;
  },
);

/** For somebody who lost the telephone and the recovery codes: takes their second factor away. */
export const resetSecondFactor = action('users.resetSecondFactor', async (ctx, { id }: { id: string }) => {
  demand(ctx.actor, 'users:write');
  const found = (await findUserActor(ctx, id)) ?? fail('not_found');
  const { actor } = ctx;
  if (actor.type === 'user' && found.actor.rank > actor.rank) fail('rank_too_high');
  // It would be less safe there as well, and that is not this organization's to decide.
  if (!(actor.type === 'user' && actor.operator) && (await belongsElsewhere(ctx, found.actor.accountId))) {
    fail('forbidden', 'The account belongs to another organization as well: ask whoever runs the installation');
  }
  if (await removeSecondFactor(ctx, found.actor.accountId)) await tell(ctx, id, { secondFactor: [true, false] });
});

function accountOf({ actor }: Context): string {
  return actor.type === 'user' ? actor.accountId : fail('forbidden');
}

/** Tells the user alone: whether somebody has a second factor is nobody else's business. */
async function tell(ctx: Context, userId: string, changes: NewEvent['changes']): Promise<void> {
  const user = (await findUser(ctx, userId)) ?? fail('not_found');
  ctx.append({
    type: 'user.updated',
    entityId: userId,
    entityVersion: user.version,
    only: [userId],
    ...(changes ? { changes } : {}),
  });
}
