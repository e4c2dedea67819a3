import { useState } from 'react';
import { Avatar } from '../../inbox-kit/avatar.js';
import { RelativeTime } from '../../inbox-kit/ui.js';
import { useAppInbox } from '../app-inbox.js';
import { useFollowing } from '../counts.js';
import { dotOf, type PresentColleague, presenceNames, usePresentColleagues } from '../presence/use-presence.js';

const few = 8;

/** Who else works here: those first who are at an inbox, of the others when they were last seen. */
export function Colleagues() {
  const { me } = useAppInbox();
  const others = usePresentColleagues().filter(({ id }) => id !== me.id);
  const [all, setAll] = useState(false);
  // When somebody left stands in the directory, and names of newcomers do.
  useFollowing(['directory'], (item) => item.type === 'presence' && item.state === 'offline', 5_000);
  if (others.length === 0) return null;
  const online = others.filter(({ state }) => state === 'online').length;
  const shown = all ? others : others.slice(0, few);

  return (
    <section className="mt-5">
      <h2 className="flex justify-between px-2 pb-1 font-medium text-2xs text-text-muted">
        Colleagues <span className="tabular-nums">{online} online</span>
      </h2>
      <ul>
        {shown.map((one) => (
          <Line key={one.id} colleague={one} />
        ))}
      </ul>
      {others.length > shown.length && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="mt-1 rounded-md px-2 py-1 text-text-muted text-xs hover:bg-hover hover:text-text"
        >
          Show all {others.length}
        </button>
      )}
    </section>
  );
}

function Line({ colleague: { id, name, state, presence } }: { colleague: PresentColleague }) {
  const { lastSeenAt } = presence;
  return (
    <li className="flex h-8 items-center gap-2.5 px-2 text-text-muted" title={presenceNames[state]}>
      <Avatar name={name} id={id} online={dotOf(state)} size="xs" />
      <span dir="auto" className="grow truncate">
        {name}
      </span>
      <span className="sr-only">, {presenceNames[state].toLowerCase()}</span>
      {state === 'away' && (
        <span aria-hidden="true" className="shrink-0 text-2xs">
          away
        </span>
      )}
      {state === 'offline' && lastSeenAt !== null && (
        <span className="shrink-0 text-2xs tabular-nums">
          <span className="sr-only">, last seen </span>
          <RelativeTime at={lastSeenAt} />
        </span>
      )}
    </li>
  );
}
