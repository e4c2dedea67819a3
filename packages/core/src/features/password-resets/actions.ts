import { reading, transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import { fail } from '../../kernel/errors.js';
import { hashToken, newOpaqueToken } from '../../kernel/opaque-token.js';
import { addJob } from '../jobs/index.js';
import { queueMail } from '../mail/index.js';
import {
  findAccount,
  membershipsOf,
  newPasswordHash,
  saveAccount,
  signOutEverywhere,
  tellElsewhere,
} from '../users/index.js';
import { resetMail } from './letter.js';
import { countResets, findReset, insertReset, spendReset } from './repository.js';
import type { PasswordReset, PasswordResetRequest } from './schema.js';

const actor = { type: 'system', id: 'password_reset' } as const;
const purpose = 'password_reset.send';
const linkMs = 3_600_000;

/** Links of one account that hold at once: nobody fills somebody's mailbox, and nobody's second try comes to nothing. */
const mostLinks = 3;

/** Only notes the wish: whether there is such an account is looked up later, so that the answer's time tells nothing. */
export async function requestReset(installation: Installation, { email }: PasswordResetRequest): Promise<void> {
  const sealed = installation.secrets.seal(email, purpose);
  await transaction(installation, '', actor, (ctx) => addJob(ctx, 'password_reset.send', { sealed }));
}

/** The job's part: mails a link to whoever has an account and may sign in somewhere. */
export async function sendPasswordReset(installation: Installation, sealed: string): Promise<void> {
  const email = installation.secrets.open(sealed, purpose);
  const ctx = reading(installation, '', actor);
  const account = await findAccount(ctx, email);
  if (!account) return;
  const place = (await membershipsOf(ctx, account.id)).find(({ status }) => status === 'active');
  if (!place) return;
  await transaction(installation, place.organizationId, actor, async (ctx) => {
    if ((await countResets(ctx, account.id)) >= mostLinks) return;
    const token = newOpaqueToken();
    const expiresAt = installation.clock.now() + linkMs;
    await insertReset(ctx, { hash: hashToken(token), accountId: account.id, expiresAt });
    await queueMail(ctx, resetMail({ to: email, name: account.name, link: linkOf(installation, token) }));
    ctx.record({ action: 'auth.requestReset', entityId: place.userId });
  });
}

/** Sets the password and ends every session of the account, in every organization. The link works once. */
export async function confirmReset(installation: Installation, { token, password }: PasswordReset): Promise<void> {
  const hash = hashToken(token);
  const looking = reading(installation, '', actor);
  const accountId = (await findReset(looking, hash)) ?? fail('link_invalid');
  const passwordHash = await newPasswordHash(installation, password);
  await transaction(installation, '', actor, async (ctx) => {
    if (!(await spendReset(ctx, hash, accountId))) fail('link_invalid');
    await saveAccount(ctx, accountId, { passwordHash });
    await signOutEverywhere(ctx, accountId);
  });
  await tellElsewhere(installation, accountId, { operation: 'auth.confirmReset', changed: ['password'] });
}

function linkOf({ settings }: Installation, token: string): string {
  return `${settings.publicUrl}/reset-password?token=${token}`;
}
