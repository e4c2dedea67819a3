import type { Conversation } from '@tims/sdk';
import type { Controls } from '../controls.js';
import { contactName, reasonName, reasonsOf } from '../state/people.js';
import { newPick } from '../state/pick.js';
import { cleanLine } from '../text/clean.js';
import { allowed } from './answering.js';
import { changeMany } from './bulk.js';
import { openPick } from './opening.js';

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

export function takeMany(controls: Controls, conversations: readonly Conversation[]) {
  changeMany(controls, { act: 'take', ids: idsOf(conversations) }, 'are yours now');
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

export function reopenMany(controls: Controls, conversations: readonly Conversation[]) {
  changeMany(controls, { act: 'reopen', ids: idsOf(conversations) }, 'are open again');
}

export function close(controls: Controls, conversation: Conversation, reason?: string) {
  if (conversation.status === 'closed') return controls.say('It is closed already.');
  if (!allowed(controls, 'conversations:close', conversation, 'close it')) return;
  if (reason) return closeWith(controls, [conversation.id], reason);
  askReason(controls, [conversation], `Close ${contactName(conversation)}: why?`);
}

export function closeMany(controls: Controls, conversations: readonly Conversation[], reason?: string) {
  if (reason) return closeWith(controls, idsOf(conversations), reason);
  askReason(controls, conversations, `Close ${conversations.length}: why?`);
}

/** The reasons that go with all of them. */
function askReason(controls: Controls, conversations: readonly Conversation[], title: string) {
  const teams = [...new Set(conversations.map(({ teamId }) => teamId))];
  const [first = [], ...others] = teams.map((teamId) => reasonsOf(controls.feed.people, teamId));
  const options = first
    .filter(({ id }) => others.every((reasons) => reasons.some((one) => one.id === id)))
    .map(({ key, name }) => ({ id: key, label: cleanLine(name) }));
  openPick(controls, newPick({ kind: 'close', title, options, ids: idsOf(conversations) }));
}

/** @param reason the key of a reason, or its name as somebody typed it */
export function closeWith(controls: Controls, ids: readonly string[], reason: string) {
  const { tims, feed } = controls;
  const [id = '', ...more] = ids;
  const given = reason.slice(0, 200);
  if (more.length > 0) return changeMany(controls, { act: 'close', ids: [...ids], reason: given }, 'closed');
  controls.change(
    id,
    () => tims.conversations.close({ id, reason: given }, { retries: 0 }),
    () => `Closed: ${reasonName(feed.people, reason)}.`,
  );
}

export function idsOf(conversations: readonly Conversation[]): string[] {
  return conversations.map(({ id }) => id);
}
