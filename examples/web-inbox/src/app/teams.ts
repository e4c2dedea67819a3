import type { Team } from '@tims/sdk';
import { useMemo } from 'react';
import { useTeams } from '../inbox-kit/inbox.js';
import { useAppInbox } from './app-inbox.js';

/** The teams whose conversations the reader may see, by name. */
export function useVisibleTeams(): readonly Team[] {
  const { me } = useAppInbox();
  const teams = useTeams();
  return useMemo(() => {
    const own = new Set(me.teams.map(({ id }) => id));
    const all = me.permissions['conversations:read'] === 'all';
    return [...teams.values()].filter(({ id }) => all || own.has(id)).sort((a, b) => a.name.localeCompare(b.name));
  }, [me, teams]);
}
