import { useMemo } from 'react';
import { type Narrowing, narrowingOf, withoutNothing } from '../narrowing.js';
import { isEdited } from '../places.js';
import { navigate } from '../router.js';
import type { Route } from '../routes.js';
import { useViews } from '../views/use-views.js';

/** What a list is narrowed by, and the ways to change that. */
export interface Narrowed {
  /** Of a saved view, what the view says until somebody changes it. */
  readonly narrowing: Narrowing;
  narrow(change: Narrowing): void;
  clear(): void;
}

export function useNarrowing(route: Route): Narrowed {
  const { place } = route;
  const views = useViews();
  const view = place.kind === 'view' ? views?.find(({ id }) => id === place.id) : undefined;
  const narrowing = useMemo(
    () => (view && !isEdited(route.narrowing) ? narrowingOf(view.filter) : route.narrowing),
    [view, route.narrowing],
  );

  function go(next: Narrowing): void {
    const said = withoutNothing({ ...next, cleared: undefined });
    const nothing = Object.keys(said).length === 0;
    navigate({ ...route, narrowing: nothing && view ? { cleared: true } : said }, { replace: true });
  }
  return {
    narrowing,
    narrow: (change) => go({ ...narrowing, ...change }),
    clear: () => go({}),
  };
}
