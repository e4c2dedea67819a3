import type { ConversationList } from '@tims/sdk';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { matching } from './search.js';

/** Pages that one press goes on for when it finds nothing. */
const patience = 20;

/** A search over the conversations that are loaded. */
export interface Search {
  readonly text: string;
  setText(text: string): void;
  readonly active: boolean;
  /** What `found` was found by. */
  readonly looked: string;
  readonly found: ConversationList['conversations'];
  /** Older ones are being loaded and searched. */
  readonly hunting: boolean;
  /** Loads older ones until one is found, or there are none. */
  hunt(): void;
  stop(): void;
}

export function useSearch(list: ConversationList | undefined, failed: boolean, loadMore: () => void): Search {
  const [text, setText] = useState('');
  const [goal, setGoal] = useState<{ found: number; loaded: number }>();
  const looked = useDeferredValue(text);
  const conversations = list?.conversations ?? none;
  const found = useMemo(() => matching(conversations, looked), [conversations, looked]);
  const loading = list?.loading ?? false;
  const more = list?.hasMore ?? false;
  const over =
    goal !== undefined &&
    (failed || !more || found.length > goal.found || conversations.length > goal.loaded + patience * 50);

  useEffect(() => {
    if (!goal) return;
    if (over) setGoal(undefined);
    else if (!loading) loadMore();
  }, [goal, over, loading, loadMore]);

  return {
    text,
    setText(next) {
      setGoal(undefined);
      setText(next);
    },
    active: looked.trim() !== '',
    looked: looked.trim(),
    found,
    hunting: goal !== undefined,
    hunt: () => setGoal({ found: found.length, loaded: conversations.length }),
    stop: () => setGoal(undefined),
  };
}

const none: ConversationList['conversations'] = [];
