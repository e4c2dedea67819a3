import { useCallback, useRef, useState } from 'react';
import { useInbox } from '../inbox.js';

export interface Older {
  readonly state: 'idle' | 'loading' | 'failed';
  /** Loads the messages before the oldest; nothing while that is under way or has failed. */
  load(): void;
  retry(): void;
}

/** Loads older messages page by page. One that failed is tried again when the reader says so. */
export function useOlder(conversationId: string, hasOlder: boolean): Older {
  const { store } = useInbox();
  const [state, setState] = useState<Older['state']>('idle');
  const now = useRef(state);
  const go = useCallback(
    (from: Older['state']) => {
      if (now.current !== from || !hasOlder) return;
      const become = (next: Older['state']) => {
        now.current = next;
        setState(next);
      };
      become('loading');
      store.loadOlder(conversationId).then(
        () => become('idle'),
        () => become('failed'),
      );
    },
    [store, conversationId, hasOlder],
  );
  const load = useCallback(() => go('idle'), [go]);
  const retry = useCallback(() => go('failed'), [go]);
  return { state, load, retry };
}
