import { useSyncExternalStore } from 'react';

let said = '';
const listeners = new Set<() => void>();

/** Tells it to those who listen to the page instead of looking at it, once what is being said is over. */
export function announce(text: string): void {
  // The same text again is a change only if it differs; readers ignore the space.
  said = text === said ? `${text}\u00a0` : text;
  for (const listener of [...listeners]) listener();
}

/** What was announced last; it stands in one live region of the page. */
export function useAnnouncement(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => said,
  );
}
