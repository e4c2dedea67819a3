import type { Event } from '@tims/sdk';
import { readContactAgain } from './acts/contact.js';
import { readMessageTagsAgain } from './acts/message-tags.js';
import { readWatchersAgain } from './acts/watching.js';
import type { Controls } from './controls.js';
import type { Pick, PickKind } from './state/pick.js';

/** A list to choose from that is open is read again when somebody else changes what it shows. */
interface Followed {
  readonly concerns: (pick: Pick, event: Event) => boolean;
  readonly again: (controls: Controls, pick: Pick) => void;
}

const ofContact = ({ subject }: Pick, { type, entityId, changes }: Event) =>
  (type === 'contact.updated' && entityId === subject) ||
  (type.startsWith('note.') && changes?.contactId === subject) ||
  type === 'attribute.updated';

const followed: Partial<Record<PickKind, Followed>> = {
  contact: { concerns: ofContact, again: readContactAgain },
  'message-tag': {
    concerns: ({ subject }, event) => event.type === 'message.updated' && event.entityId === subject,
    again: readMessageTagsAgain,
  },
  watchers: {
    concerns: ({ conversationId }, event) =>
      event.type === 'conversation.updated' && event.conversationId === conversationId,
    again: readWatchersAgain,
  },
};

/** Of many changes at once, what they change is read once. */
const pauseMs = 200;

/** @returns what ends it */
export function followPicks(controls: Controls): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function again(): void {
    timer = undefined;
    const pick = openPick();
    if (pick) followed[pick.kind]?.again(controls, pick);
  }

  function openPick(): Pick | undefined {
    const { mode } = controls.state;
    return mode.name === 'pick' ? mode.pick : undefined;
  }

  const stop = controls.feed.live.subscribe((items) => {
    const pick = openPick();
    const following = pick && followed[pick.kind];
    if (!following) return;
    const concerned = items.some(
      (item) =>
        item.type === 'resync_required' ||
        item.type === 'ready' ||
        (item.type === 'event' && following.concerns(pick, item.event)),
    );
    if (concerned) timer ??= setTimeout(again, pauseMs);
  });

  return () => {
    stop();
    clearTimeout(timer);
  };
}
