import type { OpenConversation } from '@tims/sdk';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useInbox } from '../inbox.js';
import { isOthers, mayOn } from './may.js';

/** At most one mark in so many milliseconds. */
const pause = 1_000;

/**
 * Marks the conversation read up to the newest message while somebody looks at it: the tab is in front, the end is in
 * sight. What a colleague answers stays unread for them, whoever else looks.
 */
export function useMarkRead({ conversation, messages, preview }: OpenConversation, atEnd: boolean): void {
  const { tims, me } = useInbox();
  const visible = useSyncExternalStore(onVisibility, () => document.visibilityState === 'visible');
  const last = useRef({ at: 0, messageId: '' });
  const { id, unreadCount } = conversation;
  const messageId = messages.at(-1)?.id;
  const mine = !preview && mayOn(me, 'conversations:reply', conversation) && !isOthers(me, conversation);
  const due = visible && atEnd && mine && unreadCount > 0 ? messageId : undefined;

  useEffect(() => {
    if (due === undefined || due === last.current.messageId) return;
    const mark = () => {
      last.current = { at: Date.now(), messageId: due };
      // It is only a mark: the next message or the next look sets it again.
      tims.conversations.read({ id, messageId: due }).catch(() => {
        last.current = { at: Date.now(), messageId: '' };
      });
    };
    const timer = setTimeout(mark, Math.max(0, last.current.at + pause - Date.now()));
    return () => clearTimeout(timer);
  }, [tims, id, due]);
}

function onVisibility(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}
