import { useCallback, useState } from 'react';
import { useInbox } from '../../inbox.js';
import { draftKey, readDraft, writeDraft } from './drafts.js';

/** A note that is being written: kept in this browser alone, apart from the answer. */
export function useNoteDraft(conversationId: string): [string, (text: string) => void] {
  const { me } = useInbox();
  const key = `${draftKey(me.id, conversationId)}:note`;
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
