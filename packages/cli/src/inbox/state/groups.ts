import type { Answer, ConversationFilter, Team, View } from '@tims/sdk';
import { cleanLine } from '../text/clean.js';

export type Counts = Answer<'conversations.counts'>;
/** `more` where nobody counted to the end. */
type Count = Counts['all'] & { readonly more?: boolean };

/** What is counted for groups that are filters of their own, by the id of the group. */
export type FilterCounts = ReadonlyMap<string, Count>;

/** A place where conversations are looked for, with how many are in it. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly filter: ConversationFilter;
  /** Undefined until they are known. */
  readonly count: Count | undefined;
  /** Begins a new part of the list of groups. */
  readonly part?: string;
}

const nothing: FilterCounts = new Map();

interface Known {
  readonly teams: readonly Team[];
  readonly views: readonly View[];
}

/**
 * The groups in the order of their keys: those that everybody has, the teams, saved views, then channels where there
 * are several.
 */
export function groupsOf(
  me: { id: string },
  { teams, views }: Known,
  counts: Counts | undefined,
  filtered = nothing,
): Group[] {
  const own: Group[] = [
    { id: 'mine', name: 'Mine', filter: { assigneeId: me.id, lifecycle: 'open' }, count: counts?.mine },
    { id: 'queue', name: 'Queue', filter: { status: 'queued' }, count: counts?.queue },
    { id: 'all', name: 'All', filter: { lifecycle: 'open' }, count: counts?.all },
    { id: 'due', name: 'Due', filter: { followUp: 'due' }, count: filtered.get('due') },
    { id: 'pending', name: 'Pending', filter: { lifecycle: 'pending' }, count: counts?.pending },
    { id: 'closed', name: 'Closed', filter: { lifecycle: 'closed' }, count: counts?.closed },
  ];
  return [...own, ...teamGroups(teams, counts), ...viewGroups(views, filtered), ...channelGroups(counts)];
}

function viewGroups(views: readonly View[], filtered: FilterCounts): Group[] {
  return views.map(({ id, name, filter }, index) => ({
    id: `view:${id}`,
    name: cleanLine(name),
    filter,
    count: filtered.get(`view:${id}`),
    ...(index === 0 ? { part: 'Views' } : {}),
  }));
}

/** The groups whose counts are asked for one by one. */
export function isCountedAlone({ id }: Group): boolean {
  return id === 'due' || id.startsWith('view:');
}

function teamGroups(teams: readonly Team[], counts: Counts | undefined): Group[] {
  return (counts?.teams ?? []).map(({ teamId, total, unread }, index) => {
    const team = teams.find(({ id }) => id === teamId);
    return {
      id: `team:${teamId}`,
      name: team ? cleanLine(team.name) : teamId.slice(-6),
      filter: { teamId, lifecycle: 'open' },
      count: { total, unread },
      ...(index === 0 ? { part: 'Teams' } : {}),
    };
  });
}

function channelGroups(counts: Counts | undefined): Group[] {
  const channels = counts?.channels ?? [];
  if (channels.length < 2) return [];
  return channels.map(({ id, name, total, unread }, index) => ({
    id: `channel:${id}`,
    name: cleanLine(name),
    filter: { channelId: id, lifecycle: 'open' },
    count: { total, unread },
    ...(index === 0 ? { part: 'Channels' } : {}),
  }));
}

/** A number in four columns at most: `7`, `1234`, `12k`. */
export function shortCount(total: number): string {
  if (total < 10_000) return String(total);
  return total < 1_000_000 ? `${Math.floor(total / 1_000)}k` : `${Math.floor(total / 1_000_000)}M`;
}
