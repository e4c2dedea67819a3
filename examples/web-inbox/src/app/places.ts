import type { ConversationFilter } from '@tims/sdk';

/** The lists that everybody has. */
export const groups = ['mine', 'queue', 'all', 'pending', 'closed'] as const;
export type Group = (typeof groups)[number];

/** Which list is shown. */
export type Place =
  | { readonly kind: 'group'; readonly group: Group }
  | { readonly kind: 'team'; readonly key: string }
  | { readonly kind: 'channel'; readonly id: string };

/** What a list is narrowed by beside its place. */
export interface Narrowing {
  readonly unread?: true | undefined;
  readonly channelId?: string | undefined;
  readonly assigneeId?: string | undefined;
}

export const groupNames: Readonly<Record<Group, string>> = {
  mine: 'Mine',
  queue: 'Queue',
  all: 'All',
  pending: 'Pending',
  closed: 'Closed',
};

/** What the server is asked for; undefined while the team of that key is not known. */
export function filterOf(
  place: Place,
  narrowing: Narrowing,
  known: { meId: string; teamId: (key: string) => string | undefined },
): ConversationFilter | undefined {
  const { unread, channelId, assigneeId } = narrowing;
  const narrowed = {
    ...(unread ? { unread } : {}),
    ...(channelId ? { channelId } : {}),
    ...(assigneeId ? { assigneeId } : {}),
  };
  switch (place.kind) {
    case 'team': {
      const teamId = known.teamId(place.key);
      return teamId ? { ...narrowed, teamId, lifecycle: 'open' } : undefined;
    }
    case 'channel':
      return { ...narrowed, channelId: place.id, lifecycle: 'open' };
    case 'group':
      return { ...narrowed, ...groupFilter(place.group, known.meId) };
  }
}

function groupFilter(group: Group, meId: string): ConversationFilter {
  switch (group) {
    case 'mine':
      return { assigneeId: meId, lifecycle: 'open' };
    case 'queue':
      return { status: 'queued' };
    case 'all':
      return { lifecycle: 'open' };
    case 'pending':
      return { lifecycle: 'pending' };
    case 'closed':
      return { lifecycle: 'closed' };
  }
}
