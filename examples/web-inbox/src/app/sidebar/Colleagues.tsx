import { useState } from 'react';
import { Avatar } from '../../inbox-kit/avatar.js';
import { type Colleague, useColleagues } from '../../inbox-kit/inbox.js';
import { useAppInbox } from '../app-inbox.js';

const few = 8;

/** Who else works here, those first who have an inbox open right now. */
export function Colleagues() {
  const { me } = useAppInbox();
  const colleagues = useColleagues();
  const [all, setAll] = useState(false);
  const others = [...colleagues.values()].filter(({ id }) => id !== me.id).sort(onlineFirst);
  if (others.length === 0) return null;
  const online = others.filter((one) => one.online).length;
  const shown = all ? others : others.slice(0, few);

  return (
    <section className="mt-5">
      <h2 className="flex justify-between px-2 pb-1 font-medium text-2xs text-text-muted">
        Colleagues <span className="tabular-nums">{online} online</span>
      </h2>
      <ul>
        {shown.map(({ id, name, online }) => (
          <li key={id} className="flex h-8 items-center gap-2.5 px-2 text-text-muted">
            <Avatar name={name} id={id} online={online} size="xs" />
            <span dir="auto" className="truncate">
              {name}
            </span>
            <span className="sr-only">{online ? 'online' : 'away'}</span>
          </li>
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

function onlineFirst(a: Colleague, b: Colleague): number {
  return Number(b.online) - Number(a.online) || a.name.localeCompare(b.name);
}
