import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useInbox } from '../../inbox.js';
import { createDraftSync } from './draft-sync.js';
import { type Draft, draftKey, parse, readDraft, writeDraft } from './drafts.js';

export interface DraftOf {
  readonly draft: Draft;
  change(make: (draft: Draft) => Draft): void;
  /** It was given to be sent. */
  sent(): void;
}

/**
 * The draft of a conversation: kept with every key, over a reload and over the end of a session, and known to the
 * user's other devices. What another tab makes of it shows here while nobody writes here.
 *
 * @param whole the conversation is seen whole; there is no draft in a preview
 */
export function useDraft(conversationId: string, whole: boolean): DraftOf {
  const { tims, live, outbox, me } = useInbox();
  const key = draftKey(me.id, conversationId);
  const [sync] = useState(() =>
    createDraftSync({
      conversationId,
      tims,
      live,
      storage: { load: () => readDraft(key), save: (draft) => writeDraft(key, draft) },
      isSending: () =>
        outbox
          .getSnapshot()
          .some((one) => one.conversationId === conversationId && (one.state === 'queued' || one.state === 'sending')),
    }),
  );
  const draft = useSyncExternalStore(sync.subscribe, sync.getSnapshot);

  useEffect(() => (whole ? sync.start() : undefined), [sync, whole]);
  useEffect(() => outbox.subscribe(sync.flush), [outbox, sync]);
  useEffect(() => {
    const follow = (event: StorageEvent) => {
      if (event.key === key && !document.hasFocus()) sync.adopt(parse(event.newValue));
    };
    const leave = () => document.visibilityState === 'hidden' && sync.flush();
    window.addEventListener('storage', follow);
    document.addEventListener('visibilitychange', leave);
    return () => {
      window.removeEventListener('storage', follow);
      document.removeEventListener('visibilitychange', leave);
    };
  }, [key, sync]);

  const change = useCallback((make: (draft: Draft) => Draft) => sync.write(make(sync.getSnapshot())), [sync]);
  return { draft, change, sent: sync.sent };
}
