import type { OpenConversation } from '@tims/sdk';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useColleagues, useInbox } from '../../inbox.js';
import { colleagueName } from '../names.js';

/** A colleague who is here too. */
export interface Present {
  readonly id: string;
  readonly name: string;
}

const nobody: readonly string[] = [];

/** Who else looks at the conversation, and who of them types. */
export function usePresence(conversationId: string): { viewers: readonly Present[]; typists: readonly Present[] } {
  const { me, present } = useInbox();
  const colleagues = useColleagues();
  const viewing = useSyncExternalStore(present.subscribe, () => present.snapshot.viewers.get(conversationId)) ?? nobody;
  const typing = useSyncExternalStore(present.subscribe, () => present.snapshot.typists.get(conversationId)) ?? nobody;
  return useMemo(() => {
    const named = (ids: readonly string[]) =>
      ids.filter((id) => id !== me.id).map((id) => ({ id, name: colleagueName(colleagues, me, id) }));
    return { viewers: named(viewing), typists: named(typing) };
  }, [colleagues, me, viewing, typing]);
}

/** Tells colleagues that the user looks at it: while the tab is in front, and what is seen is the whole. */
export function useTellingView({ conversation: { id }, preview }: OpenConversation): void {
  const { telling } = useInbox();
  const visible = useSyncExternalStore(onVisibility, () => document.visibilityState === 'visible');
  const looks = visible && !preview;
  useEffect(() => {
    if (!looks) return;
    telling.view(id);
    return () => telling.view(null);
  }, [telling, id, looks]);
}

function onVisibility(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}
