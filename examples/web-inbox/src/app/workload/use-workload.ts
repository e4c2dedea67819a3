import { useQuery } from '@tanstack/react-query';
import type { Team, Workload } from '@tims/sdk';
import { useMemo } from 'react';
import { useTeams } from '../../inbox-kit/inbox.js';
import { useAppInbox } from '../app-inbox.js';
import { useFollowing } from '../counts.js';

const key = ['workload'];
const everyMs = 1_500;

/** The teams whose load the reader may see, their own first. None for those who only see their own figures. */
export function useWorkloadTeams(): readonly Team[] {
  const { me } = useAppInbox();
  const teams = useTeams();
  return useMemo(() => {
    const scope = me.permissions['workload:read'];
    if (scope !== 'all' && scope !== 'team') return [];
    const own = new Set(me.teams.map(({ id }) => id));
    const rank = ({ id }: Team) => (id === me.primaryTeamId ? 0 : own.has(id) ? 1 : 2);
    return [...teams.values()]
      .filter(({ id }) => scope === 'all' || own.has(id))
      .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  }, [me, teams]);
}

/** Who of the team has how much, live: asked for again when something moved, and once a minute. */
export function useWorkload(teamId: string | undefined) {
  const { tims } = useAppInbox();
  useFollowing(
    key,
    (item) =>
      item.type === 'presence' ||
      (item.type === 'event' && /^(conversation|message|team|user)\./.test(item.event.type)),
    everyMs,
  );
  return useQuery<Workload>({
    queryKey: [...key, teamId],
    enabled: teamId !== undefined,
    queryFn: () => tims.teams.workload({ id: teamId ?? '' }),
    refetchInterval: 60_000,
    staleTime: everyMs,
  });
}
