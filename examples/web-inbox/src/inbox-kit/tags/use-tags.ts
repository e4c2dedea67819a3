import { useQuery } from '@tanstack/react-query';
import type { Tag } from '@tims/sdk';
import { useFollowingEvents } from '../follow-events.js';
import { useInbox } from '../inbox.js';

const none: ReadonlyMap<string, Tag> = new Map();

/** The tags that the user knows of, by id. */
export function useTags(): ReadonlyMap<string, Tag> {
  const { tims } = useInbox();
  const { data } = useQuery({
    queryKey: ['tags'],
    queryFn: async () => new Map((await tims.tags.list()).data.map((tag) => [tag.id, tag])),
    staleTime: 60_000,
  });
  return data ?? none;
}

/** Keeps them up to date for as long as the component stands; once is enough for a page. */
export function useTagsFollowing(): void {
  useFollowingEvents('tags', ['tag.updated']);
}

/** Those that a conversation of the team can have, by name. */
export function tagsOf(tags: ReadonlyMap<string, Tag>, teamId: string): Tag[] {
  return [...tags.values()]
    .filter((tag) => tag.teamId === null || tag.teamId === teamId)
    .sort((a, b) => a.name.localeCompare(b.name));
}
