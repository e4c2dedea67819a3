import type { Conversation, Me } from '@tims/sdk';

/** The part of a conversation that decides who may do what with it. */
type Owned = Pick<Conversation, 'teamId' | 'assigneeId'>;

/** Whether the signed-in user may do it with this conversation: offer what they may, leave out the rest. */
export function mayOn(me: Me, permission: keyof Me['permissions'], { teamId, assigneeId }: Owned): boolean {
  const scope = me.permissions[permission];
  if (scope === undefined) return false;
  if (scope === 'all' || assigneeId === me.id) return true;
  return scope === 'team' && me.teams.some(({ id }) => id === teamId);
}

/** The person was erased: nothing is added to it any more, and nothing opens it again. */
export function isErased({ lifecycle, closeReason, contact }: Conversation): boolean {
  // Somebody may have made a reason of that name; whoever was erased has no name either.
  return lifecycle === 'closed' && closeReason === 'erased' && contact.name === null;
}

/** Somebody else answers it: what is done here happens over their shoulder. */
export function isOthers(me: Me, { handler, assigneeId, lifecycle }: Conversation): boolean {
  return (
    lifecycle !== 'closed' &&
    lifecycle !== 'merged' &&
    handler === 'user' &&
    assigneeId !== null &&
    assigneeId !== me.id
  );
}
