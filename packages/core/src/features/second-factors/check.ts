import type { Context, ReadContext } from '../../database/context.js';
import type { Installation } from '../../installation.js';
import type { UserActor } from '../../kernel/actor.js';
import { hashRecoveryCode, newSecret, plain, stepOf } from './codes.js';
import { findSecondFactor, type SecondFactorRecord, spendRecoveryCode, spendStep } from './repository.js';

/** The rank from which on somebody counts as an administrator. */
const administratorRank = 50;

/** What a log-in has to know of an account's second factor, before anything is spent. */
export interface FactorCheck {
  /** The account has one. */
  enabled: boolean;
  /** Uses the code up; false for a wrong one, and for one that was used before. */
  spend(ctx: Context): Promise<boolean>;
}

/**
 * Looks at a code. An account without a second factor, and no account at all, cost the same work: a code is compared with
 * the secret that stands there, or else with one that nobody has.
 */
export async function checkCode(
  ctx: ReadContext,
  accountId: string | undefined,
  code: string | undefined,
): Promise<FactorCheck> {
  const id = accountId ?? nobody;
  const found = await findSecondFactor(ctx, id);
  const factor = found?.confirmed ? found : undefined;
  const step =
    code === undefined ? undefined : stepOf(ctx.installation, secretOf(ctx.installation, id, factor), plain(code));
  return {
    enabled: factor !== undefined,
    spend: async (within) => {
      if (!factor || code === undefined) return false;
      if (step !== undefined) return spendStep(within, id, step);
      return spendRecoveryCode(within, id, hashRecoveryCode(ctx.installation, id, code));
    },
  };
}

/** The base-32 secret of the record; one of nobody's where there is none. */
export function secretOf(
  installation: Installation,
  accountId: string,
  record: SecondFactorRecord | undefined,
): string {
  const sealed = record?.secret ?? sealedOfNobody(installation);
  return installation.secrets.open(sealed, contextOf(record ? accountId : nobody));
}

export function sealSecret(installation: Installation, accountId: string, secret: string): string {
  return installation.secrets.seal(secret, contextOf(accountId));
}

/** Whether the organization lets this user work only with a second factor, and they have none. */
export async function lacksSecondFactor(ctx: ReadContext, actor: UserActor): Promise<boolean> {
  if (!(await needsSecondFactor(ctx, actor))) return false;
  return !(await findSecondFactor(ctx, actor.accountId))?.confirmed;
}

export async function needsSecondFactor(
  { installation, organization }: ReadContext,
  actor: Pick<UserActor, 'rank'>,
): Promise<boolean> {
  const { settings } = await installation.rules.of(organization);
  if (settings.secondFactor === 'everybody') return true;
  return settings.secondFactor === 'administrators' && actor.rank >= administratorRank;
}

const nobody = 'nobody';
const sealedSecrets = new WeakMap<Installation, string>();

function sealedOfNobody(installation: Installation): string {
  const sealed = sealedSecrets.get(installation) ?? sealSecret(installation, nobody, newSecret());
  sealedSecrets.set(installation, sealed);
  return sealed;
}

function contextOf(accountId: string): string {
  return `second-factor:${accountId}`;
}
