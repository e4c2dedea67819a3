import { type Conversation, isTimsError, type OpenConversation } from '@tims/sdk';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useConnection, useInbox, useOpenConversation } from '../inbox.js';

export type Opening =
  | { readonly state: 'loading'; readonly known: Conversation | undefined }
  | { readonly state: 'open'; readonly opened: OpenConversation }
  /** It could not be loaded; that may pass. */
  | { readonly state: 'failed'; readonly error: unknown; readonly known: Conversation | undefined; retry(): void }
  /** It is out of sight, or never was in it. */
  | { readonly state: 'gone'; readonly known: Conversation | undefined; retry(): void };

/** Opens a conversation for as long as the component stands, and says how that goes. */
export function useOpening(id: string): Opening {
  const { store } = useInbox();
  const { state: connection } = useConnection();
  const opened = useOpenConversation(id);
  const [error, setError] = useState<unknown>();
  // What a list shows of it is there before its messages are.
  const [known, setKnown] = useState(() => listed(store, id));
  if (opened && opened.conversation !== known) setKnown(opened.conversation);
  const [wasOpen, setWasOpen] = useState(false);
  if (opened && !wasOpen) setWasOpen(true);

  const open = useCallback(() => {
    setError(undefined);
    store.open(id).catch(setError);
  }, [store, id]);
  useEffect(() => {
    open();
    return () => store.leave(id);
  }, [store, id, open]);

  const renewing = useRenewal(id, setError);
  const gone = !opened && !renewing && (wasOpen || isTimsError(error, 'not_found'));
  useEffect(() => {
    if (!gone) return;
    let wasListed = listed(store, id) !== undefined;
    // It came back into sight.
    return store.subscribe(() => {
      const isListed = listed(store, id) !== undefined;
      if (isListed && !wasListed) open();
      wasListed = isListed;
    });
  }, [store, id, gone, open]);
  const failed = !opened && !gone && error !== undefined;
  const wasLive = useRef(true);
  useEffect(() => {
    const isLive = connection === 'live';
    if (failed && isLive && !wasLive.current) open();
    wasLive.current = isLive;
  }, [failed, connection, open]);

  if (opened) return { state: 'open', opened };
  if (gone) return { state: 'gone', known, retry: open };
  if (error !== undefined && !renewing) return { state: 'failed', error, known, retry: open };
  return { state: 'loading', known };
}

/** When conversations are merged or parted, messages go from one to the other: it is loaded anew. */
function useRenewal(id: string, onError: (error: unknown) => void): boolean {
  const { store, live } = useInbox();
  const [asked, setAsked] = useState(0);
  const [done, setDone] = useState(0);
  useEffect(
    () =>
      live.subscribe((items) => {
        const moved = items.some(
          (item) =>
            item.type === 'event' && item.event.type === 'conversation.merged' && item.event.conversationId === id,
        );
        if (moved) setAsked((count) => count + 1);
      }),
    [live, id],
  );
  useEffect(() => {
    if (asked === 0) return;
    store.leave(id);
    store
      .open(id)
      .catch(onError)
      .finally(() => setDone(asked));
  }, [store, id, asked, onError]);
  return asked > done;
}

function listed(store: ReturnType<typeof useInbox>['store'], id: string): Conversation | undefined {
  for (const { conversations } of store.getSnapshot().lists.values()) {
    const found = conversations.find((one) => one.id === id);
    if (found) return found;
  }
  return undefined;
}
