import { useEffect } from 'react';
import { useAppInbox, useSession } from './app-inbox.js';

/** Somebody gave the reader another name, role or teams, or changed what the organization decides: it is asked for again. */
export function useOwnChanges(): void {
  const session = useSession();
  const { me, connection, tims } = useAppInbox();
  useEffect(
    () =>
      connection.onItems((items) => {
        const concerns = items.some(
          (item) =>
            item.type === 'event' &&
            ((item.event.type === 'user.updated' && item.event.entityId === me.id) ||
              item.event.type === 'role.updated' ||
              item.event.type === 'settings.updated'),
        );
        if (!concerns) return;
        tims.me.get().then(session.renew, () => undefined); // asked for again with the next event, or when the page opens
      }),
    [connection, me.id, tims, session],
  );
}
