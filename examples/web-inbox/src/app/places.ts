import type { ConversationFilter } from '@tims/sdk';
import { filterBy, type Narrowing, withoutNothing } from './narrowing.js';

export type { Narrowing } from './narrowing.js';

/** The lists that everybody has. */
export const groups = ['mine', 'queue', 'all', 'due', 'pending', 'closed'] as const;
export type Group = (typeof groups)[number];

/** What is shown: a list, what a search found, or who has how much. */
export type Place =
  | { readonly kind: 'group'; readonly group: Group }
  | { readonly kind: 'team'; readonly key: string }
  | { readonly kind: 'channel'; readonly id: string }
  | { readonly kind: 'view'; readonly id: string }
  | { readonly kind: 'search' }
  | { readonly kind: 'workload'; readonly key: string };

export const groupNames: Readonly<Record<Group, string>> = {
  mine: 'Mine',
  queue: 'Queue',
  all: 'All',
  due: 'Due',
  pending: 'Pending',
  closed: 'Closed',
};

/** What is known of the places that the address only names. */
export interface KnownPlaces {
  readonly meId: string;
  teamId(key: string): string | undefined;
  /** The filter of a saved view. */
  viewFilter?(id: string): ConversationFilter | undefined;
}

/** What the server is asked for; undefined while the team or view is not known, and where the place is no list. */
export function filterOf(place: Place, narrowing: Narrowing, known: KnownPlaces): ConversationFilter | undefined {
  const narrowed = filterBy(narrowing);
  switch (place.kind) {
    case 'team': {
      const teamId = known.teamId(place.key);
      return teamId ? { ...openUnless(narrowing), ...narrowed, teamId } : undefined;
    }
    case 'channel':
      return { ...openUnless(narrowing), ...narrowed, channelId: place.id };
    case 'view': {
      const saved = known.viewFilter?.(place.id);
      return saved && (isEdited(narrowing) ? narrowed : saved);
    }
    case 'group':
      return withoutNothing(groupFilter(place.group, narrowing, known.meId));
    default:
      return undefined;
  }
}

/** Whether the narrowing stands in the place of what a view says. */
export function isEdited(narrowing: Narrowing): boolean {
  return Object.values(narrowing).some((value) => value !== undefined);
}

/** What the place decides by itself, so that no filter of it is offered. */
export function decidedBy(place: Place): ReadonlySet<keyof Narrowing> {
  if (place.kind === 'team') return new Set(['teamId']);
  if (place.kind === 'channel') return new Set(['channelId']);
  if (place.kind !== 'group') return new Set();
  return decided[place.group];
}

const decided: Readonly<Record<Group, ReadonlySet<keyof Narrowing>>> = {
  mine: new Set(['assigneeId']),
  queue: new Set(['status', 'lifecycle', 'assigneeId']),
  all: new Set(),
  due: new Set(['followUp', 'order']),
  pending: new Set(['lifecycle', 'status']),
  closed: new Set(['lifecycle', 'status']),
};

/** Lists show what is open unless something says otherwise. */
function openUnless({ lifecycle, status }: Narrowing): ConversationFilter {
  return lifecycle === undefined && status === undefined ? { lifecycle: 'open' } : {};
}

function groupFilter(group: Group, narrowing: Narrowing, meId: string): ConversationFilter {
  const narrowed = filterBy(narrowing);
  switch (group) {
    case 'mine':
      return { ...openUnless(narrowing), ...narrowed, assigneeId: meId };
    case 'queue':
      return { ...narrowed, status: 'queued', lifecycle: undefined, assigneeId: undefined };
    case 'all':
      return { ...openUnless(narrowing), ...narrowed };
    case 'due':
      return { ...narrowed, followUp: 'due', order: undefined };
    case 'pending':
    case 'closed':
      return { ...narrowed, lifecycle: group, status: undefined };
  }
}
