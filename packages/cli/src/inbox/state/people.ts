import type { Answer, CannedResponse, CloseReason, Conversation, Tag, Team, View } from '@tims/sdk';
import { cleanLine } from '../text/clean.js';

/** The signed-in user, and what they may do. */
export type Me = Answer<'me.get'>;
export type Colleague = Answer<'directory.list'>['data'][number];

/** Who and what ids stand for. */
export interface People {
  readonly me: Me;
  readonly colleagues: readonly Colleague[];
  readonly teams: readonly Team[];
  readonly closeReasons: readonly CloseReason[];
  readonly tags: readonly Tag[];
  readonly canned: readonly CannedResponse[];
  readonly views: readonly View[];
}

export function userName({ me, colleagues }: People, id: string | null): string {
  if (id === null) return '';
  if (id === me.id) return 'you';
  const found = colleagues.find((one) => one.id === id);
  return found ? cleanLine(found.name) : `user ${id.slice(-6)}`;
}

export function teamName({ teams }: People, id: string): string {
  const found = teams.find((team) => team.id === id);
  return found ? cleanLine(found.name) : `team ${id.slice(-6)}`;
}

/** With what the conversations of a team can be closed. */
export function reasonsOf({ closeReasons }: People, teamId: string): CloseReason[] {
  return closeReasons.filter((reason) => reason.teamId === null || reason.teamId === teamId);
}

/** The tags of a conversation, in the order of their names; one that nobody may see any more is left out. */
export function tagsOf({ tags }: People, ids: readonly string[]): Tag[] {
  return ids.length === 0 ? [] : tags.filter(({ id }) => ids.includes(id));
}

/** The tags that a conversation of the team can have. */
export function tagsFor({ tags }: People, teamIds: readonly string[]): Tag[] {
  return tags.filter(({ teamId }) => teamId === null || teamIds.includes(teamId));
}

export function contactName({ contact }: Conversation): string {
  return cleanLine(contact.name ?? '') || 'Unknown';
}

/** Who has it, in few words. */
export function holder(people: People, { assigneeId, teamId, lifecycle, closeReason }: Conversation): string {
  if (lifecycle === 'closed') return closeReason ? `closed: ${reasonName(people, closeReason)}` : 'closed';
  if (lifecycle === 'pending') return assigneeId ? `pending, ${userName(people, assigneeId)}` : 'pending';
  return assigneeId === null ? `queue of ${teamName(people, teamId)}` : userName(people, assigneeId);
}

/** How a reason reads, by its key; one that was removed since reads as it was written down. */
export function reasonName({ closeReasons }: People, key: string): string {
  return cleanLine(closeReasons.find((one) => one.key === key)?.name ?? key);
}

export type Permission = keyof Me['permissions'];

/** Whether the user may do it with this conversation, as the server decides it. */
export function may({ me }: People, permission: Permission, conversation: Conversation): boolean {
  const scope = me.permissions[permission];
  if (!scope) return false;
  if (scope === 'all' || conversation.assigneeId === me.id) return true;
  return scope === 'team' && me.teams.some(({ id }) => id === conversation.teamId);
}
