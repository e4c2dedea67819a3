import { useCallback, useEffect, useState } from 'react';
import { useInbox } from '../../inbox.js';
import { type Draft, draftKey, parse, readDraft, writeDraft } from './drafts.js';

/**
 * The draft of a conversation: kept with every key, over a reload and over the end of a session. What another tab makes
 * of it shows here while nobody writes here.
 */
export function useDraft(conversationId: string): [Draft, (draft: Draft) => void] {
  const { me } = useInbox();
  const key = draftKey(me.id, conversationId);
  const [draft, setDraft] = useState(() => readDraft(key));

  useEffect(() => {
    const follow = (event: StorageEvent) => {
      if (event.key === key && !document.hasFocus()) setDraft(parse(event.newValue));
    };
    window.addEventListener('storage', follow);
    return () => window.removeEventListener('storage', follow);
  }, [key]);

  const write = useCallback(
    (next: Draft) => {
      writeDraft(key, next);
      setDraft(next);
    },
    [key],
  );
  return [draft, write];
}
