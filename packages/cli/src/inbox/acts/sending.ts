import type { Conversation } from '@tims/sdk';
import type { Controls } from '../controls.js';
import { browse } from '../state/state.js';
import { oneLineOf } from '../tell.js';
import { demandReply } from './answering.js';

export function send(controls: Controls) {
  const { state, data, feed, drafts } = controls;
  if (state.mode.name !== 'write' || !state.open) return;
  const text = state.mode.field.text.replace(/\s+$/, '');
  if (text.trim() === '') return controls.say('There is nothing to send yet.');
  const refusal = demandReply(data.people, data.page, controls.keymap);
  if (refusal) return controls.say(refusal, 'bad');
  feed.outbox.send({ conversationId: state.open, text });
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

export function takeBack(controls: Controls, { id }: Conversation) {
  const { feed, drafts, state } = controls;
  const last = feed.outbox.getSnapshot().findLast((entry) => entry.conversationId === id && entry.state !== 'sent');
  const taken = last && feed.outbox.discard(last.key);
  if (!taken) {
    return controls.say(
      last ? 'It may be on its way already, so it cannot be taken back.' : 'Nothing waits to be sent here.',
    );
  }
  drafts.set(id, [drafts.get(id), taken.text].filter(Boolean).join('\n'));
  drafts.flush();
  controls.set({ ...state });
  controls.say('Taken back: it is in the draft.');
}

export function markRead(controls: Controls, { id, unreadCount }: Conversation) {
  if (unreadCount === 0) return controls.say('Nothing is unread in it.');
  const { tims, say, data } = controls;
  tims.conversations.read({ id }, { retries: 0 }).then(
    () => say('Marked read.', 'good'),
    (error: unknown) => say(oneLineOf(error, data.people), 'bad'),
  );
}
