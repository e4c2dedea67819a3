import type { Notification } from '@tims/sdk';
import { useEffect, useEffectEvent } from 'react';
import { announce } from '../../inbox-kit/announce.js';
import { useColleagues } from '../../inbox-kit/inbox.js';
import { useAppInbox } from '../app-inbox.js';
import { navigate, useRoute } from '../router.js';
import { browserNotices, showNotice } from './browser-notices.js';
import { routeTo, toldOf } from './told.js';
import { spokenOf, useNotifications, useNotificationsLoading } from './use-notifications.js';

/** Tells of what came in while the page is open: aloud, and beside the page where that is wanted. */
export function News() {
  const { tims, notifications } = useAppInbox();
  const colleagues = useColleagues();
  const conversationId = useRoute()?.conversationId;
  useNotificationsLoading();
  useReadWhatIsSeen(conversationId);

  const tell = useEffectEvent(async (fresh: readonly Notification[]) => {
    const news = fresh.filter((one) => !isLookedAt(one, conversationId));
    if (news.length === 0) return;
    // Without the names it is still told that something happened.
    const spoken = await spokenOf(tims, news).catch(() => ({ conversations: new Map(), notes: new Map() }));
    for (const one of news) {
      const { title, text } = toldOf(one, spoken, colleagues);
      announce(`${title}.`);
      if (browserNotices() === 'on') showNotice({ id: one.id, title, text, open: () => open(one) });
    }
  });
  useEffect(() => notifications.subscribe((fresh) => void tell(fresh)), [notifications]);

  function open(one: Notification): void {
    const to = routeTo(one);
    if (to) navigate(to);
    notifications.read({ ids: [one.id] }).catch(() => undefined);
  }
  return null;
}

/** Whoever looks at a conversation needs not be told of it. Feedback is not shown there. */
function useReadWhatIsSeen(conversationId: string | undefined): void {
  const { notifications: source } = useAppInbox();
  const { notifications } = useNotifications();
  const read = useEffectEvent(() => {
    const seen = notifications.filter((one) => one.readAt === null && isLookedAt(one, conversationId));
    const ids = seen.map(({ id }) => id).slice(0, 100);
    if (ids.length > 0) source.read({ ids }).catch(() => undefined);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another is open, or something came in
  useEffect(read, [conversationId, notifications]);
  useEffect(() => {
    window.addEventListener('focus', read);
    return () => window.removeEventListener('focus', read);
  }, []);
}

function isLookedAt({ conversationId, kind }: Notification, open: string | undefined): boolean {
  return conversationId !== null && conversationId === open && kind !== 'feedback' && document.hasFocus();
}
