import { useQuery } from '@tanstack/react-query';
import type { Conversation, Note, Notification, NotificationsSnapshot } from '@tims/sdk';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useConnection } from '../../inbox-kit/inbox.js';
import { useAppInbox } from '../app-inbox.js';

/** What the reader was told, as it stands. */
export function useNotifications(): NotificationsSnapshot {
  const { notifications } = useAppInbox();
  return useSyncExternalStore(notifications.subscribe, notifications.getSnapshot);
}

/** Loads them as soon as the connection is there, and again when it is back. Used once. */
export function useNotificationsLoading(): void {
  const { notifications } = useAppInbox();
  const { state } = useConnection();
  useEffect(() => {
    // What fails is loaded with the next connection; the panel says so and offers a try.
    if (state === 'live') notifications.load().catch(() => undefined);
  }, [notifications, state]);
}

/** Loads them because somebody looks: with the failure to show. */
export function useLoadingNow(work: () => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const go = useCallback(() => {
    setBusy(true);
    setError(undefined);
    work().then(
      () => setBusy(false),
      (failure: unknown) => {
        setBusy(false);
        setError(failure);
      },
    );
  }, [work]);
  return { busy, error, go };
}

/** What notifications speak of. */
export interface Spoken {
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly notes: ReadonlyMap<string, Note>;
}

const nothing: Spoken = { conversations: new Map(), notes: new Map() };

/** The conversations and notes that they name, as far as the reader may still see them. */
export function useSpokenOf(notifications: readonly Notification[]): Spoken {
  const { tims } = useAppInbox();
  const names = namesOf(notifications);
  const { data } = useQuery({
    queryKey: ['spoken-of', ...names.conversations, ...names.notes],
    enabled: notifications.length > 0,
    queryFn: () => spokenOf(tims, notifications),
    placeholderData: (before: Spoken | undefined) => before,
    staleTime: 30_000,
  });
  return data ?? nothing;
}

export async function spokenOf(
  tims: ReturnType<typeof useAppInbox>['tims'],
  notifications: readonly Notification[],
): Promise<Spoken> {
  const names = namesOf(notifications);
  const [conversations, notes] = await Promise.all([
    inBatches(names.conversations, async (ids) => (await tims.conversations.list({ ids })).data),
    inBatches(names.notes, async (ids) => (await tims.notes.byIds({ ids })).data),
  ]);
  return { conversations: byId(conversations), notes: byId(notes) };
}

function namesOf(notifications: readonly Notification[]): { conversations: string[]; notes: string[] } {
  const notes = notifications.filter(({ kind }) => kind === 'mention' || kind === 'feedback');
  return {
    conversations: [...new Set(notifications.flatMap(({ conversationId }) => conversationId ?? []))],
    notes: [...new Set(notes.map(({ entityId }) => entityId))],
  };
}

/** What the server gives for ids at once. */
const batch = 100;

async function inBatches<T>(ids: readonly string[], fetch: (ids: string) => Promise<T[]>): Promise<T[]> {
  const all: T[] = [];
  for (let from = 0; from < ids.length; from += batch) {
    all.push(...(await fetch(ids.slice(from, from + batch).join(','))));
  }
  return all;
}

const byId = <T extends { id: string }>(all: readonly T[]) => new Map(all.map((one) => [one.id, one]));
