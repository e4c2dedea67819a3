import type { ReadContext } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { findUserActor } from '../users/index.js';
import type { InvitationRow } from './repository.js';

export const system = { type: 'system', id: 'invitations' } as const;

/**
 * Who was deactivated, or stands lower now than what they invited to, lets nobody in any more: else a link would outlive
 * the right to give it.
 *
 * @throws TimsError `link_invalid`
 */
export async function demandStillGood(ctx: ReadContext, { invited_by, role }: InvitationRow): Promise<void> {
  const inviter = await findUserActor(ctx, invited_by);
  const rank = (await ctx.installation.rules.of(ctx.organization)).role(role)?.rank;
  const may = inviter?.status === 'active' && inviter.actor.grants['users:write'] !== undefined;
  if (!may || rank === undefined || rank > inviter.actor.rank) fail('link_invalid');
}
