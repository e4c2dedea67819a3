import { type EphemeralItem, type Owned, scopeOf, sight, type UserActor } from '@tims/core';

/**
 * The one place that decides who is told of colleagues. A reader is a user of the organization: there are no sockets of
 * customers, and where there will be, they are no readers of a room. Customers never learn who is there, looks on or
 * types.
 *
 * @param owned the item's conversation; undefined where it has none, or there is none
 */
export function mayHear(actor: UserActor, item: EphemeralItem, owned: Owned | undefined): boolean {
  if (item.type === 'presence') return scopeOf(actor, 'directory:read') !== undefined;
  if (!owned || !scopeOf(actor, 'conversations:read') || sight(actor, owned) === 'none') return false;
  // Who types knows.
  return item.type !== 'typing' || item.userId !== actor.id;
}

/** Only of what somebody sees whole they may say that they look at it or type there. */
export function mayTell(actor: UserActor, owned: Owned | undefined): boolean {
  return owned !== undefined && scopeOf(actor, 'conversations:read') !== undefined && sight(actor, owned) === 'whole';
}
