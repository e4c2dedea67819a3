import { useState } from 'react';
import { useInbox } from '../../inbox-kit/inbox.js';

/** The kinds of contacts in what was loaded when the filters were opened, beside those that everybody has. */
export function useContactKinds(): readonly string[] {
  const { store } = useInbox();
  const [kinds] = useState(() => {
    const found = new Set(['customer', 'tutor']);
    for (const { conversations } of store.getSnapshot().lists.values()) {
      for (const { contact } of conversations) found.add(contact.kind);
    }
    return [...found].sort();
  });
  return kinds;
}
