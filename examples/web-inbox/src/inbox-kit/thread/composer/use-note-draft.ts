import { useCallback, useState } from 'react';
import { useInbox } from '../../inbox.js';
import { draftKey, readDraft, writeDraft } from './drafts.js';

/** Whether a note about it was begun here. */
export function hasNoteDraft(userId: string, aboutId: string): boolean {
  return readDraft(keyOf(userId, aboutId)).text !== '';
}

/** What was begun about somebody who is not there any more goes. */
export function forgetNoteDraft(userId: string, aboutId: string): void {
  writeDraft(keyOf(userId, aboutId), { text: '', version: 0, unsaved: false });
}

const keyOf = (userId: string, aboutId: string) => `${draftKey(userId, aboutId)}:note`;

/**
 * A note that is being written: kept in this browser alone, apart from the answer.
 *
 * @param aboutId the conversation or the contact
 */
export function useNoteDraft(aboutId: string): [string, (text: string) => void] {
  const { me } = useInbox();
  const key = keyOf(me.id, aboutId);
  const [text, setText] = useState(() => readDraft(key).text);
  const change = useCallback(
    (next: string) => {
      writeDraft(key, { text: next, version: 0, unsaved: false });
      setText(next);
    },
    [key],
  );
  return [text, change];
}
