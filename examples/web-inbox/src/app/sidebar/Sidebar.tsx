import {
  AlarmClockCheck,
  ChartNoAxesColumn,
  CircleCheck,
  Clock,
  Hash,
  Inbox,
  type LucideIcon,
  Search,
  UserRound,
  Users,
} from 'lucide-react';
import { ChannelMark } from '../../inbox-kit/channel-mark.js';
import { Kbd } from '../../inbox-kit/ui.js';
import { countOf, useCounts, useFilteredCount } from '../counts.js';
import { runCommand } from '../keyboard/use-shortcuts.js';
import { Bell } from '../notifications/Bell.js';
import { type Group, groupNames, groups, type Place } from '../places.js';
import { useRoute } from '../router.js';
import { samePlace } from '../routes.js';
import { useVisibleTeams } from '../teams.js';
import { Views } from '../views/Views.js';
import { Wordmark } from '../Wordmark.js';
import { useWorkloadTeams } from '../workload/use-workload.js';
import { AdminLink } from './AdminLink.js';
import { Colleagues } from './Colleagues.js';
import { ConnectionState } from './ConnectionState.js';
import { Me } from './Me.js';
import { PlaceLink } from './PlaceLink.js';
import { Section } from './Section.js';

const icons: Readonly<Record<Group, LucideIcon>> = {
  mine: UserRound,
  queue: Inbox,
  all: Users,
  due: AlarmClockCheck,
  pending: Clock,
  closed: CircleCheck,
};

const due = { followUp: 'due' } as const;
const iconSize = 'size-4 shrink-0';

/** Where everything is: the groups, teams and channels with their counts, who is there, and the reader's own things. */
export function Sidebar({ onNavigate }: { onNavigate?: (() => void) | undefined }) {
  const route = useRoute();
  const counts = useCounts();
  const teams = useVisibleTeams();
  const [loaded] = useWorkloadTeams();
  const dueCount = useFilteredCount(due);
  const isHere = (place: Place) => route !== undefined && samePlace(route.place, place);
  const channels = counts?.channels ?? [];

  return (
    <div className="flex h-full min-h-0 flex-col bg-background">
      <div className="flex h-14 shrink-0 items-center justify-between gap-2 px-4">
        <Wordmark />
        <span className="flex items-center gap-1.5">
          <ConnectionState />
          <Bell onPress={onNavigate} />
        </span>
      </div>
      <div className="px-3 pb-2">
        <button
          type="button"
          onClick={() => {
            onNavigate?.();
            runCommand('app.palette');
          }}
          className="flex h-9 w-full items-center gap-2 rounded-lg border border-border bg-surface px-2.5 text-text-muted hover:border-border-strong"
        >
          <Search aria-hidden="true" className="size-4" />
          <span className="grow text-left">Find anything</span>
          <Kbd keys="mod+k" className="pointer-coarse:hidden" />
        </button>
      </div>
      <nav aria-label="Conversations" className="min-h-0 grow overflow-y-auto px-3 pb-4">
        <ul className="space-y-px">
          {groups.map((group) => {
            const place: Place = { kind: 'group', group };
            const Icon = icons[group];
            return (
              <li key={group}>
                <PlaceLink
                  place={place}
                  here={isHere(place)}
                  name={groupNames[group]}
                  count={group === 'due' ? dueCount && { total: dueCount.total, unread: 0 } : countOf(counts, place)}
                  icon={<Icon aria-hidden="true" className={iconSize} />}
                  onNavigate={onNavigate}
                />
              </li>
            );
          })}
          {loaded && (
            <li>
              <PlaceLink
                place={{ kind: 'workload', key: loaded.key }}
                here={route?.place.kind === 'workload'}
                name="Workload"
                count={undefined}
                icon={<ChartNoAxesColumn aria-hidden="true" className={iconSize} />}
                onNavigate={onNavigate}
              />
            </li>
          )}
        </ul>
        <Views onNavigate={onNavigate} />
        {teams.length > 0 && (
          <Section title="Teams">
            {teams.map((team) => {
              const place: Place = { kind: 'team', key: team.key };
              return (
                <li key={team.id}>
                  <PlaceLink
                    place={place}
                    here={isHere(place)}
                    name={team.name}
                    count={countOf(counts, place, team.id)}
                    icon={<Hash aria-hidden="true" className={iconSize} />}
                    onNavigate={onNavigate}
                  />
                </li>
              );
            })}
          </Section>
        )}
        {channels.length > 0 && (
          <Section title="Channels">
            {channels.map((channel) => {
              const place: Place = { kind: 'channel', id: channel.id };
              return (
                <li key={channel.id}>
                  <PlaceLink
                    place={place}
                    here={isHere(place)}
                    name={channel.name}
                    count={channel}
                    icon={<ChannelMark kind={channel.kind} />}
                    onNavigate={onNavigate}
                  />
                </li>
              );
            })}
          </Section>
        )}
        <Colleagues />
      </nav>
      <AdminLink onNavigate={onNavigate} />
      <Me onNavigate={onNavigate} />
    </div>
  );
}
