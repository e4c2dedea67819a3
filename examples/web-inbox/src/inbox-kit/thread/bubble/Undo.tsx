import { Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, serverNow } from '../../ui.js';

export interface UndoProps {
  /** When it goes out, by the server's clock. */
  until: string;
  onUndo(): Promise<void>;
}

/** A message waits a moment before it is sent: how long still, and the way back. */
export function Undo({ until, onUndo }: UndoProps) {
  const left = useSecondsUntil(until);
  const [busy, setBusy] = useState(false);
  if (left <= 0) return <span>Sending…</span>;
  return (
    <span className="inline-flex items-center gap-2 tabular-nums">
      <span>Sending in {left} s</span>
      <Button
        size="sm"
        busy={busy}
        title="Take it back (Shift Z)"
        onClick={() => {
          setBusy(true);
          void onUndo().finally(() => setBusy(false));
        }}
      >
        <Undo2 aria-hidden="true" className="size-3.5" /> Undo
      </Button>
    </span>
  );
}

function useSecondsUntil(until: string): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 250);
    return () => clearInterval(timer);
  }, []);
  return Math.ceil((Date.parse(until) - now) / 1_000);
}
