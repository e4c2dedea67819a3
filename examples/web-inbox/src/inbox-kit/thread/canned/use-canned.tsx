import { useQuery } from '@tanstack/react-query';
import type { CannedResponse, Conversation } from '@tims/sdk';
import { useCallback } from 'react';
import { errorText } from '../../error-text.js';
import { useFollowingEvents } from '../../follow-events.js';
import { useInbox } from '../../inbox.js';
import { toast } from '../../ui.js';
import type { Suggestion } from '../composer/Suggestions.js';
import { cannedLike, readable, typedShortcut } from './variables.js';

const most = 30;
const none: readonly CannedResponse[] = [];

/**
 * Offers canned responses after a `/` that begins the answer.
 *
 * @param onFilled the chosen one, filled in for the conversation as far as that goes
 */
export function useCanned(
  { id, teamId }: Conversation,
  onFilled: (text: string) => void,
): (before: string) => readonly Suggestion[] {
  const { tims } = useInbox();
  useFollowingEvents('canned-responses', ['canned_response.updated']);
  const { data = none } = useQuery({
    queryKey: ['canned-responses'],
    queryFn: async () => {
      const all: CannedResponse[] = [];
      for await (const one of tims.cannedResponses.list({ limit: 100 })) all.push(one);
      return all;
    },
    staleTime: 60_000,
  });
  const use = useCallback(
    async (cannedId: string) => {
      try {
        onFilled((await tims.cannedResponses.render({ id: cannedId, conversationId: id })).text);
      } catch (error) {
        const { title, help } = errorText(error);
        const description = `${title.replace(/\.$/, '')}. ${help}`;
        toast({ title: 'The canned response could not be filled in', description, tone: 'danger' });
      }
    },
    [tims, id, onFilled],
  );
  return useCallback(
    (before) => {
      const typed = typedShortcut(before);
      if (typed === undefined) return [];
      // Another team's are of no use here, though who writes them all sees them.
      const usable = data.filter((one) => one.teamId === null || one.teamId === teamId);
      return cannedLike(usable, typed)
        .slice(0, most)
        .map((one) => ({
          id: one.id,
          replaces: before.length,
          onChoose: () => void use(one.id),
          shown: (
            <>
              <span className="min-w-0 flex-1">
                <span className="flex items-baseline gap-2">
                  <bdi className="shrink-0 font-medium">{one.title}</bdi>
                  <span className="truncate text-2xs text-text-muted">/{one.shortcut}</span>
                </span>
                <span dir="auto" className="block truncate text-text-muted text-xs">
                  {readable(one.text)}
                </span>
              </span>
            </>
          ),
        }));
    },
    [data, teamId, use],
  );
}
