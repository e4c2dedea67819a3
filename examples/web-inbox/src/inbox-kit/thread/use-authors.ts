import type { Message } from '@tims/sdk';
import { useCallback } from 'react';
import { useColleagues, useInbox } from '../inbox.js';
import { colleagueName } from './names.js';

/**
 * Who says a message, as the reader knows them.
 *
 * @param name what the person outside is called
 */
export function useAuthors(name: string): (message: Message) => string {
  const { me } = useInbox();
  const colleagues = useColleagues();
  return useCallback(
    ({ author }: Message) => {
      if (author.type === 'contact') return name;
      return author.type === 'user' ? colleagueName(colleagues, me, author.id) : 'Your company';
    },
    [colleagues, me, name],
  );
}
