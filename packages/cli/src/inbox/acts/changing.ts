import type { Conversation } from '@tims/sdk';
import type { Controls } from '../controls.js';
import { contactName, reasonName, reasonsOf } from '../state/people.js';
import { newPick } from '../state/pick.js';
import { cleanLine } from '../text/clean.js';
import { allowed } from './answering.js';

export function take(controls: Controls, conversation: Conversation) {
  const { tims, data, feed, keymap } = controls;
  const { id, assigneeId, status } = conversation;
  if (assigneeId === data.people.me.id && status === 'assigned') return controls.say('It is yours already.');
  if (status === 'closed') return controls.say(`It is closed. ${keymap.keyOf('reopen')} opens it again.`, 'bad');
  if (!allowed(controls, 'conversations:take', conversation, 'take it')) return;
  controls.change(
    id,
    async () => {
      const taken = await tims.conversations.take({ id }, { retries: 0 });
      // What was a preview is whole now; without it the answer would still be refused.
      if (data.page?.preview) await feed.store.open(id).catch(() => undefined);
      return taken;
    },
    () => {
      controls.openConversation(id, 'thread');
      return `Yours now. ${keymap.keyOf('reply')} answers.`;
    },
  );
}

export function reopen(controls: Controls, conversation: Conversation) {
  const { tims } = controls;
  const { id, status } = conversation;
  if (status !== 'closed') return controls.say('It is not closed.');
  if (!allowed(controls, 'conversations:reopen', conversation, 'open it again')) return;
  controls.change(
    id,
    () => tims.conversations.reopen({ id }, { retries: 0 }),
    () => 'Open again.',
  );
}

export function close(controls: Controls, conversation: Conversation, reason?: string) {
  if (conversation.status === 'closed') return controls.say('It is closed already.');
  if (!allowed(controls, 'conversations:close', conversation, 'close it')) return;
  if (reason) return closeWith(controls, conversation.id, reason);
  const pick = newPick({
    kind: 'close',
    title: `Close ${contactName(conversation)}: why?`,
    options: reasonsOf(controls.feed.people, conversation.teamId).map(({ key, name }) => ({
      id: key,
      label: cleanLine(name),
    })),
    conversationId: conversation.id,
  });
  controls.set({ ...controls.state, mode: { name: 'pick', pick } });
}

/** @param reason the key of a reason, or its name as somebody typed it */
export function closeWith(controls: Controls, id: string, reason: string) {
  const { tims, feed } = controls;
  controls.change(
    id,
    () => tims.conversations.close({ id, reason: reason.slice(0, 200) }, { retries: 0 }),
    () => `Closed: ${reasonName(feed.people, reason)}.`,
  );
}
