import { useSyncExternalStore } from 'react';

/** How many panes stand side by side: one; list and conversation; all of them. */
export type Layout = 'one' | 'two' | 'all';

const two = '(min-width: 700px)';
const all = '(min-width: 1100px)';

export function useLayout(): Layout {
  const hasAll = useMedia(all);
  const hasTwo = useMedia(two);
  return hasAll ? 'all' : hasTwo ? 'two' : 'one';
}

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
  );
}
