import type { ConversationFilter } from '@tims/sdk';
import { useMemo } from 'react';
import { useTeams } from '../inbox-kit/inbox.js';
import { useAppInbox } from './app-inbox.js';
import { type Count, countOf, useCounts } from './counts.js';
import { filterOf, groupNames } from './places.js';
import type { Route } from './routes.js';

export interface ShownPlace {
  readonly title: string;
  /** What the list asks for; undefined while the team is being looked up. */
  readonly filter: ConversationFilter | undefined;
  readonly count: Count | undefined;
  /** What there is none of: the address names it. */
  readonly missing: 'team' | undefined;
}

/** The place of a route: what it is called and what stands in it. */
export function useShownPlace({ place, narrowing }: Route): ShownPlace {
  const { me } = useAppInbox();
  const teams = useTeams();
  const counts = useCounts();
  const team = place.kind === 'team' ? [...teams.values()].find(({ key }) => key === place.key) : undefined;
  const filter = useMemo(
    () => filterOf(place, narrowing, { meId: me.id, teamId: () => team?.id }),
    [place, narrowing, me.id, team?.id],
  );
  return {
    title: titleOf(),
    filter,
    count: countOf(counts, place, team?.id),
    missing: place.kind === 'team' && !team && teams.size > 0 ? 'team' : undefined,
  };

  function titleOf(): string {
    if (place.kind === 'group') return groupNames[place.group];
    if (place.kind === 'team') return team?.name ?? place.key;
    return counts?.channels.find(({ id }) => id === place.id)?.name ?? 'Channel';
  }
}
