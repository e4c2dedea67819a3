import { CircleCheck, Clock, Hash, Inbox, type LucideIcon, Search, UserRound, Users } from 'lucide-react';
import { ChannelMark } from '../../inbox-kit/channel-mark.js';
import { Kbd } from '../../inbox-kit/ui.js';
import { countOf, useCounts } from '../counts.js';
import { runCommand } from '../keyboard/use-shortcuts.js';
import { type Group, groupNames, groups, type Place } from '../places.js';
import { useRoute } from '../router.js';
import { samePlace } from '../routes.js';
import { useVisibleTeams } from '../teams.js';
import { Wordmark } from '../Wordmark.js';
import { AdminLink } from './AdminLink.js';
import { Colleagues } from './Colleagues.js';
import { ConnectionState } from './ConnectionState.js';
import { Me } from './Me.js';
import { PlaceLink } from './PlaceLink.js';

const icons: Readonly<Record<Group, LucideIcon>> = {
  mine: UserRound,
  queue: Inbox,
  all: Users,
  pending: Clock,
  closed: CircleCheck,
};

const iconSize = 'size-4 shrink-0';

/** Where everything is: the groups, teams and channels with their counts, who is there, and the reader's own things. */
export function Sidebar({ onNavigate }: { onNavigate?: (() => void) | undefined }) {
  const route = useRoute();
  const counts = useCounts();
  const teams = useVisibleTeams();
  const isHere = (place: Place) => route !== undefined && samePlace(route.place, place);
  const channels = counts?.channels ?? [];

  return (
    <div className="flex h-full min-h-0 flex-col bg-background">
      <div className="flex h-14 shrink-0 items-center justify-between gap-2 px-4">
        <Wordmark />
        <ConnectionState />
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
                  count={countOf(counts, place)}
                  icon={<Icon aria-hidden="true" className={iconSize} />}
                  onNavigate={onNavigate}
                />
              </li>
            );
          })}
        </ul>
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

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="mt-5">
      <h2 className="px-2 pb-1 font-medium text-2xs text-text-muted">{title}</h2>
      <ul className="space-y-px">{children}</ul>
    </section>
  );
}
