import { useCallback, useState } from 'react';
import { useColleagues, useInbox } from '../../inbox.js';
import { Avatar } from '../../ui.js';
import type { Suggestion } from '../composer/Suggestions.js';
import { namedLike, typedName } from './mentions.js';

const most = 8;

/**
 * Offers colleagues after an `@`, and knows who was chosen.
 *
 * @param before ids of those who were mentioned already
 */
export function useMentions(before: readonly string[] = []) {
  const { me } = useInbox();
  const colleagues = useColleagues();
  const [chosen] = useState(() => new Set(before));
  const suggest = useCallback(
    (text: string): readonly Suggestion[] => {
      const typed = typedName(text);
      if (typed === undefined) return [];
      const people = namedLike(
        [...colleagues.values()].filter(({ id }) => id !== me.id),
        typed,
      );
      // A name that stands there in full wants no more choosing.
      if (people.some(({ name, id }) => chosen.has(id) && typed.startsWith(name))) return [];
      return people.slice(0, most).map((one) => ({
        id: one.id,
        replaces: typed.length,
        insert: `${one.name} `,
        shown: (
          <>
            <Avatar size="sm" name={one.name} id={one.id} online={one.online} />
            <bdi className="min-w-0 flex-1 truncate">{one.name}</bdi>
          </>
        ),
        onChoose: () => void chosen.add(one.id),
      }));
    },
    [colleagues, me.id, chosen],
  );
  return { suggest, chosen };
}
