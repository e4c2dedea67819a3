import { useEffect } from 'react';
import { useCounts, waitingCount } from './counts.js';
import { useNotifications } from './notifications/use-notifications.js';
import type { Route } from './routes.js';
import { useShownPlace } from './use-shown-place.js';

/** What the tab says: how many conversations wait for the reader, what they were told, and where they are. */
export function useTitle(route: Route): void {
  const { title: place } = useShownPlace(route);
  const waiting = waitingCount(useCounts());
  const { unreadCount: told } = useNotifications();
  useEffect(() => {
    const parts = [waiting > 0 ? `(${waiting}) ` : '', told > 0 ? `${told} new · ` : '', place, ' – TIMS'];
    document.title = parts.join('');
    return () => {
      document.title = 'TIMS';
    };
  }, [place, waiting, told]);
}
