import { useMemo, useSyncExternalStore } from 'react';
import { type Colleague, useColleagues, useConnection } from '../../inbox-kit/inbox.js';
import { useAppInbox } from '../app-inbox.js';

export interface PresentColleague extends Colleague {
  readonly state: 'online' | 'away' | 'offline';
}

const ranks = { online: 0, away: 1, offline: 2 } as const;
export const presenceNames = { online: 'Online', away: 'Away', offline: 'Offline' } as const;

/** Everybody who works here with whether they are here now; those who are come first. */
export function usePresentColleagues(): readonly PresentColleague[] {
  const { present } = useAppInbox();
  const live = useConnection().state === 'live';
  const { presence } = useSyncExternalStore(present.subscribe, () => present.snapshot);
  const colleagues = useColleagues();
  return useMemo(() => {
    // Until it was told over the connection, what the directory said a moment ago holds.
    const told = live && presence.size > 0;
    const stateOf = (one: Colleague) => (told ? (presence.get(one.id)?.state ?? 'offline') : one.presence.state);
    return [...colleagues.values()]
      .map((one) => ({ ...one, state: stateOf(one) }))
      .sort((a, b) => ranks[a.state] - ranks[b.state] || a.name.localeCompare(b.name));
  }, [colleagues, presence, live]);
}

/** How a picture shows it. */
export function dotOf(state: PresentColleague['state']): boolean | 'away' {
  return state === 'away' ? 'away' : state === 'online';
}
