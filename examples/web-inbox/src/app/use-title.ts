import { useEffect } from 'react';
import { useCounts, waitingCount } from './counts.js';
import { useNotifications } from './notifications/use-notifications.js';

/** What the tab says: how many conversations wait for the reader, what they were told, and where they are. */
export function useTitle(place: string): void {
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
