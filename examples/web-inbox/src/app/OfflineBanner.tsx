import { CloudOff, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { announce } from '../inbox-kit/announce.js';
import { useConnection } from '../inbox-kit/inbox.js';
import { lengthOf, useServerNow } from '../inbox-kit/server-time.js';
import { Button } from '../inbox-kit/ui.js';
import { useAppInbox } from './app-inbox.js';

/** A connection that is back so soon was not worth a word. */
const grace = 2_000;

/** Says that what is shown is what was last known, and how old that is. */
export function OfflineBanner() {
  const { connection } = useAppInbox();
  const { state, since } = useConnection();
  const away = state === 'offline' || state === 'closed' || (state === 'connecting' && since !== undefined);
  const told = useLasting(away, grace);
  useServerNow(); // once in ten seconds the age is another
  useAnnouncedReturn(told, state === 'live');
  if (!told) return null;
  const age = since === undefined ? undefined : lengthOf(Date.now() - since);
  return (
    <div
      role="status"
      className="flex min-h-9 shrink-0 flex-wrap items-center justify-center gap-x-2 gap-y-1 bg-warning-soft px-3 py-1.5 text-center text-warning text-xs"
    >
      <CloudOff aria-hidden="true" className="size-4 shrink-0" />
      <span>
        <strong className="font-semibold">{age === undefined ? 'Offline' : `Offline for ${age}`}</strong>
        {' – showing what was last known. What you send waits and goes out by itself.'}
      </span>
      <Button variant="ghost" size="sm" className="text-warning hover:text-text" onClick={() => connection.reopen()}>
        <RefreshCw aria-hidden="true" className="size-3.5" />
        Connect now
      </Button>
    </div>
  );
}

/** Whether it holds, and has held for that long. */
function useLasting(holds: boolean, ms: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!holds) return setLasting(false);
    const timer = setTimeout(() => setLasting(true), ms);
    return () => clearTimeout(timer);
  }, [holds, ms]);
  return holds && lasting;
}

function useAnnouncedReturn(away: boolean, live: boolean): void {
  const [wasAway, setWasAway] = useState(away);
  if (away && !wasAway) setWasAway(true);
  useEffect(() => {
    if (!wasAway || !live) return;
    announce('Connected again.');
    setWasAway(false);
  }, [wasAway, live]);
}
