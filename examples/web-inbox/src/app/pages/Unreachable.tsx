import { ServerOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { errorText } from '../../inbox-kit/error-text.js';
import { Button, Spinner } from '../../inbox-kit/ui.js';
import { useSession } from '../app-inbox.js';
import type { SessionState } from '../session/session.js';
import { Wordmark } from '../Wordmark.js';

/** The server does not answer yet: what is done about it, and what the reader can do. */
export function Unreachable({ state }: { state: SessionState & { phase: 'unreachable' } }) {
  const session = useSession();
  const { url, error, attempts, nextTryAt } = state;
  const left = useSecondsUntil(nextTryAt);
  const { title } = errorText(error);
  return (
    <main className="flex h-full flex-col bg-surface">
      <div className="p-6">
        <Wordmark />
      </div>
      <div className="m-auto flex max-w-md flex-col items-center gap-2 p-8 pb-32 text-center">
        <span className="mb-2 flex size-14 items-center justify-center rounded-2xl bg-warning-soft text-warning">
          <ServerOff aria-hidden="true" className="size-7" strokeWidth={1.6} />
        </span>
        <h1 className="text-balance font-semibold text-xl">{title}</h1>
        <p className="text-pretty text-text-muted">
          You are still signed in, and nothing is lost. Your inbox opens by itself as soon as{' '}
          <span className="break-all text-text">{url}</span> answers.
        </p>
        <p role="status" className="mt-4 flex h-6 items-center gap-2 text-text-muted tabular-nums">
          {left === undefined ? (
            <>
              <Spinner /> Trying now
            </>
          ) : (
            <span aria-live="off">Next try in {left} s</span>
          )}
          <span className="text-xs">
            · {attempts} {attempts === 1 ? 'try' : 'tries'} so far
          </span>
        </p>
        <div className="mt-3 flex flex-wrap justify-center gap-2">
          <Button variant="primary" onClick={session.retry} disabled={nextTryAt === undefined}>
            Try now
          </Button>
          <Button onClick={() => void session.logout()}>Sign out</Button>
        </div>
      </div>
    </main>
  );
}

function useSecondsUntil(time: number | undefined): number | undefined {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (time === undefined) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [time]);
  return time === undefined ? undefined : Math.max(0, Math.ceil((time - now) / 1_000));
}
