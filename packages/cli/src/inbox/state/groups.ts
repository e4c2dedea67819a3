import type { Answer, ConversationFilter, Team } from '@tims/sdk';
import { cleanLine } from '../text/clean.js';

export type Counts = Answer<'conversations.counts'>;
type Count = Counts['all'];

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

/** The groups in the order of their keys: the five that everybody has, the teams, then channels where there are several. */
export function groupsOf(me: { id: string }, teams: readonly Team[], counts: Counts | undefined): Group[] {
  const own: Group[] = [
    { id: 'mine', name: 'Mine', filter: { assigneeId: me.id, lifecycle: 'open' }, count: counts?.mine },
    { id: 'queue', name: 'Queue', filter: { status: 'queued' }, count: counts?.queue },
    { id: 'all', name: 'All', filter: { lifecycle: 'open' }, count: counts?.all },
    { id: 'pending', name: 'Pending', filter: { lifecycle: 'pending' }, count: counts?.pending },
    { id: 'closed', name: 'Closed', filter: { lifecycle: 'closed' }, count: counts?.closed },
  ];
  return [...own, ...teamGroups(teams, counts), ...channelGroups(counts)];
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
