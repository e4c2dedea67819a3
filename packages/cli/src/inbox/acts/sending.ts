import type { Conversation, Message } from '@tims/sdk';
import type { Controls } from '../controls.js';
import { browse } from '../state/state.js';
import { oneLineOf } from '../tell.js';
import { clean } from '../text/clean.js';
import { demandReply } from './answering.js';
import { askForMissing } from './canned.js';
import { isCollision, openCollision } from './colliding.js';
import { complete } from './editing.js';
import { saveNote } from './noting.js';

export function send(controls: Controls) {
  const { mode } = controls.state;
  if (mode.name !== 'write' || complete(controls)) return;
  const text = mode.field.text.replace(/\s+$/, '');
  if (text.trim() === '') return controls.say(`There is nothing to ${mode.as === 'note' ? 'note' : 'send'} yet.`);
  if (mode.as === 'note') saveNote(controls, mode, text);
  else if (!askForMissing(controls, mode, text)) sendNow(controls);
}

export function sendNow(controls: Controls) {
  const { state, data, feed, drafts } = controls;
  if (state.mode.name !== 'write' || !state.open) return;
  const text = state.mode.field.text.replace(/\s+$/, '');
  const refusal = demandReply(data.people, data.page, controls.keymap);
  if (refusal) return controls.say(refusal, 'bad');
  feed.outbox.send({ conversationId: state.open, text });
  feed.live.typing(state.open, false);
  // Only after the outbox has it: whatever happens in between, it is in one of the two.
  drafts.set(state.open, '');
  drafts.flush();
  controls.set({ ...controls.state, mode: browse, scroll: undefined });
  if (data.connection.state !== 'live') controls.say('It waits for the connection and is sent once.');
}

/** What was refused goes out as a new message; else what the provider failed at last. */
export function sendAgain(controls: Controls, { id }: Conversation) {
  const { feed, data } = controls;
  const refused = feed.outbox.getSnapshot().find((entry) => entry.conversationId === id && entry.state === 'refused');
  if (refused && isCollision(refused)) return openCollision(controls, refused);
  if (refused) {
    feed.outbox.retry(refused.key);
    return controls.say('It is tried again.');
  }
  const failed = data.page?.messages.findLast(({ state }) => state === 'failed');
  if (failed?.content.type !== 'text') return controls.say('Nothing failed here.');
  const refusal = demandReply(data.people, data.page, controls.keymap);
  if (refusal) return controls.say(refusal, 'bad');
  feed.outbox.send({ conversationId: id, text: failed.content.text });
  controls.say('Sent again, as a new message.');
}

/** What waits here is taken back at once; what the server has, as long as it gives time to think again. */
export function takeBack(controls: Controls, { id }: Conversation) {
  const { feed, tims, data } = controls;
  const last = feed.outbox.getSnapshot().findLast((entry) => entry.conversationId === id && entry.state !== 'sent');
  const taken = last && feed.outbox.discard(last.key);
  if (taken) return intoDraft(controls, id, taken.text);
  const message = data.page?.messages.findLast((one) => withdrawable(one, data.people.me.id, data.now));
  if (!message) {
    return controls.say(
      last ? 'It may be on its way already, so it cannot be taken back.' : 'Nothing waits to be sent here.',
    );
  }
  controls.perform(
    `withdraw:${message.id}`,
    () => tims.messages.withdraw({ id: message.id }, { retries: 0 }),
    () => intoDraft(controls, id, message.content.type === 'text' ? clean(message.content.text) : ''),
  );
}

function intoDraft(controls: Controls, id: string, text: string) {
  const { drafts } = controls;
  drafts.set(id, [drafts.get(id), text].filter(Boolean).join('\n'));
  drafts.flush();
  controls.set({ ...controls.state });
  controls.say('Taken back: it is in the draft.');
}

/** Mine, and the server still waits with it. */
export function withdrawable({ author, withdrawableUntil }: Message, me: string, now: number): boolean {
  return author.id === me && withdrawableUntil !== null && Date.parse(withdrawableUntil) > now;
}

export function markRead(controls: Controls, { id, unreadCount }: Conversation) {
  if (unreadCount === 0) return controls.say('Nothing is unread in it.');
  const { tims, say, data } = controls;
  tims.conversations.read({ id }, { retries: 0 }).then(
    () => say('Marked read.', 'good'),
    (error: unknown) => say(oneLineOf(error, data.people), 'bad'),
  );
}
