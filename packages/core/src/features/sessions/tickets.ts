import { transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import type { UserActor } from '../../kernel/actor.js';
import { holderOf } from './authenticate.js';
import { insertTicket, takeTicket } from './repository.js';
import { hashToken, newOpaqueToken } from './tokens.js';

const ticketMs = 30_000;

/** A ticket that opens one socket within 30 seconds: browsers cannot set headers on a WebSocket. */
export async function issueTicket(
  installation: Installation,
  actor: UserActor,
): Promise<{ ticket: string; expiresAt: number }> {
  const ticket = newOpaqueToken();
  const expiresAt = installation.clock.now() + ticketMs;
  await transaction(installation, actor.organization, actor, (ctx) =>
    insertTicket(ctx, { hash: hashToken(ticket), userId: actor.id, via: actor.via, expiresAt }),
  );
  return { ticket, expiresAt };
}

/** Whose ticket it was; undefined for one that is unknown, old or used, or whose session has ended since. */
export async function redeemTicket(installation: Installation, ticket: string): Promise<UserActor | undefined> {
  const found = await takeTicket(installation.storage.writer, hashToken(ticket));
  if (!found || found.expiresAt <= installation.clock.now()) return undefined;
  return holderOf(installation, { organization: found.organizationId, id: found.userId, via: found.via });
}
