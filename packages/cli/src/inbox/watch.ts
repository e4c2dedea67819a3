import type { Conversation } from '@tims/sdk';
import type { Controls } from './controls.js';
import type { Data } from './data.js';
import { contactName, userName } from './state/people.js';
import { browse, showConversation } from './state/state.js';
import { capital } from './tell.js';

/** Looks at the open conversation from one moment to the next: what others did with it, what is new, what was read. */
export interface Watch {
  look(data: Data): void;
  /** Another conversation is opened. */
  begin(id: string): void;
  /** What we did ourselves is no news. */
  did(conversation: Conversation): void;
  /** The first message that was unread when the conversation was opened. */
  unreadFrom(id: string): string | undefined;
  /** How many messages came since the newest was last on the screen. */
  fresh(data: Data): number;
}

interface Seen {
  readonly id: string;
  readonly assigneeId: string | null;
  readonly unreadFrom: string | undefined;
  /** The newest message that was on the screen. */
  readonly last: string | undefined;
}

type Needs = Pick<Controls, 'state' | 'set' | 'say' | 'drafts' | 'tims'>;

/** @param isBusy whether we are changing the conversation ourselves at the moment */
export function createWatch(controls: Needs, isBusy: (id: string) => boolean): Watch {
  let seen: Seen | undefined;
  let markedRead = '';

  function look(data: Data): void {
    const { open, scroll } = controls.state;
    const { page, pageProblem, items, connection } = data;
    if (!open) return;
    const before = seen?.id === open ? seen : undefined;
    if (!page) {
      if (before && (pageProblem !== undefined || connection.state === 'live')) takenAway(open);
      return;
    }
    const { assigneeId } = page.conversation;
    seen = {
      id: open,
      assigneeId,
      unreadFrom: before ? before.unreadFrom : firstUnread(page.messages, page.conversation),
      last: before && scroll ? before.last : items.findLast(({ type }) => type === 'message')?.id,
    };
    if (before && before.assigneeId !== assigneeId && !isBusy(open)) tellHolder(data, page.conversation, before);
    markRead(data);
  }

  function tellHolder({ people }: Data, conversation: Conversation, before: Seen): void {
    const { id, assigneeId } = conversation;
    if (assigneeId === people.me.id) controls.say(`${contactName(conversation)} was given to you.`, 'good');
    else if (controls.state.pane !== 'thread') return;
    else if (assigneeId) controls.say(`${capital(userName(people, assigneeId))} has it now.${draftNote(id)}`, 'bad');
    else if (before.assigneeId === people.me.id) controls.say(`It was put back into its queue.${draftNote(id)}`, 'bad');
  }

  function takenAway(id: string): void {
    seen = undefined;
    const { state } = controls;
    const writing = state.mode.name === 'write';
    const next = showConversation({ ...state, pane: 'list', mode: writing ? browse : state.mode }, undefined);
    controls.set(next);
    // Beside the list it was only passed by; then the next one simply takes its place.
    if (state.pane === 'list' && !writing) return;
    controls.say(`It was given to somebody else, so you no longer see it.${draftNote(id)}`, 'bad');
  }

  function draftNote(id: string): string {
    return controls.drafts.has(id) ? ' Your draft is kept.' : '';
  }

  /** What is yours and on the screen has been read. */
  function markRead({ page, people, connection }: Data): void {
    const { pane, scroll } = controls.state;
    if (!page || page.preview || pane !== 'thread' || scroll || connection.state !== 'live') return;
    const { conversation, messages } = page;
    const last = messages.at(-1)?.id;
    if (!last || last === markedRead) return;
    if (conversation.unreadCount === 0 || conversation.assigneeId !== people.me.id) return;
    markedRead = last;
    // Nothing hangs on it: the next message marks this one, too.
    controls.tims.conversations.read({ id: conversation.id, messageId: last }, { retries: 0 }).catch(() => undefined);
  }

  return {
    look,
    begin(id) {
      if (seen?.id !== id) seen = undefined;
    },
    did({ id, assigneeId }) {
      if (seen?.id === id) seen = { ...seen, assigneeId };
    },
    unreadFrom: (id) => (seen?.id === id ? seen.unreadFrom : undefined),
    fresh({ items }) {
      const last = seen?.last;
      if (!controls.state.scroll || !last) return 0;
      const at = items.findIndex(({ id }) => id === last);
      return at === -1 ? 0 : items.slice(at + 1).filter(({ type }) => type === 'message').length;
    },
  };
}

/** The oldest of the messages that nobody had read. */
function firstUnread(messages: readonly { id: string; direction: string }[], { unreadCount }: Conversation) {
  if (unreadCount === 0) return undefined;
  return messages.filter(({ direction }) => direction === 'inbound').at(-unreadCount)?.id;
}
