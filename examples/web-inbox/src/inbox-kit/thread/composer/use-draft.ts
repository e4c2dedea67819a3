import { useCallback, useEffect, useRef, useState } from 'react';
import { useInbox } from '../../inbox.js';
import { type Draft, draftKey, parse, readDraft, writeDraft } from './drafts.js';

/**
 * The draft of a conversation: kept with every key, over a reload and over the end of a session. What another tab makes
 * of it shows here while nobody writes here.
 */
export function useDraft(conversationId: string): [Draft, (change: (draft: Draft) => Draft) => void] {
  const { me } = useInbox();
  const key = draftKey(me.id, conversationId);
  const [draft, setDraft] = useState(() => readDraft(key));
  const current = useRef(draft);

  const show = useCallback((next: Draft) => {
    current.current = next;
    setDraft(next);
  }, []);

  useEffect(() => {
    const follow = (event: StorageEvent) => {
      if (event.key === key && !document.hasFocus()) show(parse(event.newValue));
    };
    window.addEventListener('storage', follow);
    return () => window.removeEventListener('storage', follow);
  }, [key, show]);

  const change = useCallback(
    (make: (draft: Draft) => Draft) => {
      const next = make(current.current);
      writeDraft(key, next);
      show(next);
    },
    [key, show],
  );
  return [draft, change];
}
