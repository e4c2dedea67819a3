import type { ConversationFilter } from '@tims/sdk';
import { useMemo } from 'react';
import { useTeams } from '../inbox-kit/inbox.js';
import { useAppInbox } from './app-inbox.js';
import { type Count, countOf, useCounts } from './counts.js';
import { filterOf, groupNames } from './places.js';
import type { Route } from './routes.js';
import { useViews } from './views/use-views.js';

export interface ShownPlace {
  readonly title: string;
  /** What the list asks for; undefined while the team or view is being looked up, and of what is no list. */
  readonly filter: ConversationFilter | undefined;
  readonly count: Count | undefined;
  /** What there is none of: the address names it. */
  readonly missing: 'team' | 'view' | undefined;
}

/** The place of a route: what it is called and what stands in it. */
export function useShownPlace({ place, narrowing }: Route): ShownPlace {
  const { me } = useAppInbox();
  const teams = useTeams();
  const counts = useCounts();
  const views = useViews();
  const key = 'key' in place ? place.key : undefined;
  const team = key === undefined ? undefined : [...teams.values()].find((one) => one.key === key);
  const view = place.kind === 'view' ? views?.find(({ id }) => id === place.id) : undefined;
  const saved = view?.filter;
  const filter = useMemo(
    () => filterOf(place, narrowing, { meId: me.id, teamId: () => team?.id, viewFilter: () => saved }),
    [place, narrowing, me.id, team?.id, saved],
  );
  return { title: titleOf(), filter, count: countOf(counts, place, team?.id), missing: missingOf() };

  function titleOf(): string {
    switch (place.kind) {
      case 'group':
        return groupNames[place.group];
      case 'team':
        return team?.name ?? place.key;
      case 'channel':
        return counts?.channels.find(({ id }) => id === place.id)?.name ?? 'Channel';
      case 'view':
        return view?.name ?? 'View';
      case 'search':
        return 'Search';
      case 'workload':
        return 'Workload';
    }
  }

  function missingOf(): ShownPlace['missing'] {
    if (key !== undefined && !team && teams.size > 0) return 'team';
    return place.kind === 'view' && views && !view ? 'view' : undefined;
  }
}
