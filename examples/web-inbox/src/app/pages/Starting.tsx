import { useEffect, useState } from 'react';
import { Spinner } from '../../inbox-kit/ui.js';
import { Wordmark } from '../Wordmark.js';

/** While the server is asked who is signed in. A quick answer is not announced by a flicker. */
export function Starting() {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main className="flex h-full flex-col items-center justify-center gap-6 bg-surface">
      {slow && (
        <>
          <Wordmark size="lg" />
          <Spinner label="Opening your inbox" className="text-accent" />
        </>
      )}
    </main>
  );
}
