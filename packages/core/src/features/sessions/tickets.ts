import { reading, transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import type { UserActor } from '../../kernel/actor.js';
import { findUserActor } from '../users/index.js';
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
    insertTicket(ctx, { hash: hashToken(ticket), userId: actor.id, expiresAt }),
  );
  return { ticket, expiresAt };
}

/** Whose ticket it was; undefined for one that is unknown, old or used. */
export async function redeemTicket(installation: Installation, ticket: string): Promise<UserActor | undefined> {
  const found = await takeTicket(installation.storage.writer, hashToken(ticket));
  if (!found || found.expiresAt <= installation.clock.now()) return undefined;
  const ctx = reading(installation, found.organizationId, { type: 'system', id: 'sessions' });
  const user = await findUserActor(ctx, found.userId);
  return user?.status === 'active' ? user.actor : undefined;
}
