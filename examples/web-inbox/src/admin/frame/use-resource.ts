import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { trailing } from '../../app/counts.js';

/** What the pages list, by the name under which it is kept. */
export type ResourceName =
  | 'users'
  | 'invitations'
  | 'teams'
  | 'roles'
  | 'channels'
  | 'channel-kinds'
  | 'contact-imports'
  | 'tags'
  | 'canned-responses'
  | 'close-reasons'
  | 'keys'
  | 'settings';

export interface Resource<T> {
  /** Undefined until it is there. */
  readonly data: T | undefined;
  /** Why it is not there. */
  readonly error: unknown;
  readonly busy: boolean;
  retry(): void;
}

/** What a page shows: asked for when it is opened, and again when somebody changed it. */
export function useResource<T>(name: ResourceName, load: () => Promise<T>, enabled = true): Resource<T> {
  const { data, error, isFetching, refetch } = useQuery({ queryKey: keyOf(name), queryFn: load, enabled });
  return { data, error: data === undefined ? error : undefined, busy: isFetching, retry: () => void refetch() };
}

/** After a change of one's own: shown at once, here and where the inbox shows it too. */
export function useRefresh(): (...names: ResourceName[]) => void {
  const queries = useQueryClient();
  return (...names) => {
    for (const name of names) for (const queryKey of keysOf(name)) void queries.invalidateQueries({ queryKey });
  };
}

const keyOf = (name: ResourceName) => ['admin', name];

/** The inbox keeps some of it under names of its own. */
function keysOf(name: ResourceName): readonly (readonly string[])[] {
  return [keyOf(name), [name], ...(name === 'users' ? [['directory']] : [])];
}

/** What an event of each kind changes. */
const changed: Readonly<Record<string, readonly ResourceName[]>> = {
  user: ['users', 'teams'],
  team: ['teams', 'users'],
  role: ['roles'],
  invitation: ['invitations'],
  channel: ['channels'],
  import: ['contact-imports'],
  tag: ['tags'],
  canned_response: ['canned-responses'],
  close_reason: ['close-reasons'],
  key: ['keys'],
  settings: ['settings'],
};

const pause = 1_000;

/** Keeps what the pages show up to date while others work; used once. */
export function useFollowing(): void {
  const { connection } = useAppInbox();
  const queries = useQueryClient();
  useEffect(() => {
    const waiting = new Set<ResourceName>();
    const poke = trailing(() => {
      for (const name of waiting) for (const queryKey of keysOf(name)) void queries.invalidateQueries({ queryKey });
      waiting.clear();
    }, pause);
    const unsubscribe = connection.onItems((items) => {
      for (const item of items) {
        if (item.type === 'resync_required') void queries.invalidateQueries();
        if (item.type !== 'event') continue;
        for (const name of changed[item.event.type.split('.')[0] ?? ''] ?? []) waiting.add(name);
      }
      if (waiting.size > 0) poke.soon();
    });
    return () => {
      unsubscribe();
      poke.cancel();
    };
  }, [connection, queries]);
}
