import type { OpenConversation } from '@tims/sdk';
import type { Controls } from './controls.js';
import type { ThreadLine } from './view/message-lines.js';

/** Opens a conversation at one thing in it, loading what is older until it is there. */
export interface Leap {
  to(conversationId: string, item: string): void;
  look(): void;
}

/** The most pages that are loaded for it. */
const mostPages = 40;

export function createLeap(controls: Controls, linesNow: () => readonly ThreadLine[]): Leap {
  let wanted: { id: string; item: string; pages: number; loaded: number } | undefined;

  function look(): void {
    if (!wanted) return;
    const { state, data } = controls;
    if (state.open !== wanted.id) wanted = undefined;
    else if (data.page && data.aside) {
      if (linesNow().some(({ item }) => item === wanted?.item)) land(wanted.item);
      else olderOrNothing(data.page);
    }
  }

  function olderOrNothing({ messages, hasOlder }: OpenConversation): void {
    if (!wanted) return;
    if (!hasOlder || wanted.pages >= mostPages) {
      wanted = undefined;
      controls.say('It stands further back than can be shown here, or is gone.');
    } else if (messages.length !== wanted.loaded && controls.feed.loadOlder(wanted.id)) {
      // A page that did not come yet is not asked for again.
      wanted = { ...wanted, pages: wanted.pages + 1, loaded: messages.length };
    }
  }

  function land(item: string): void {
    wanted = undefined;
    controls.set({ ...controls.state, scroll: { item, line: 0 } });
    // Near the end, the newest are followed.
    controls.scrollThread(0);
  }

  return {
    to(id, item) {
      controls.openConversation(id, 'thread');
      wanted = { id, item, pages: 0, loaded: -1 };
      look();
    },
    look,
  };
}
