import type { Aside, Conversation, FollowUp } from '@tims/sdk';
import type { Controls } from '../controls.js';
import { type Ask, newAsk } from '../state/ask.js';
import { contactName, userName } from '../state/people.js';
import { newPick, type Option } from '../state/pick.js';
import { readWhen, usualTimes } from '../state/when.js';
import { cleanLine } from '../text/clean.js';
import { moment } from '../text/clock.js';
import { allowed } from './answering.js';
import { openAsk, openPick } from './opening.js';

const examples = '30m · 2h · 3d · 14:30 · tomorrow 9 · fri 15:00 · 2026-11-25 9:00';

/** Brings the conversation back at a time; `f tomorrow 9` asks no more. */
export function remindMe(controls: Controls, conversation: Conversation, when?: string) {
  if (!allowed(controls, 'conversations:follow_up', conversation, 'follow it up')) return;
  const conversationId = conversation.id;
  if (when) return askAbout(controls, conversationId, when, false);
  const title = `Come back to ${contactName(conversation)}`;
  openPick(controls, newPick({ kind: 'remind', title, options: times(controls), conversationId }));
}

/** It waits for its customer, or for a time. */
export function pend(controls: Controls, conversation: Conversation) {
  if (conversation.lifecycle !== 'open') return controls.say(`It is ${conversation.lifecycle} already.`);
  if (!allowed(controls, 'conversations:close', conversation, 'put it aside')) return;
  const first = { id: 'customer', label: 'Until the customer writes' };
  const title = `${contactName(conversation)} is pending`;
  const options = [first, ...times(controls)];
  openPick(controls, newPick({ kind: 'pend', title, options, conversationId: conversation.id }));
}

function times({ data }: Controls): Option[] {
  const usual = usualTimes(data.now).map(({ id, label, at }) => ({ id, label, detail: moment(at, data.now) }));
  return [...usual, { id: 'other', label: 'At another time …' }];
}

/** The times were made when the list was opened; a moment later they are made again. */
function timeOf({ data }: Controls, id: string): Date | undefined {
  return usualTimes(data.now).find((one) => one.id === id)?.at;
}

export function remind(controls: Controls, conversationId: string, choice: string) {
  if (choice === 'other') return askTime(controls, 'remind-at', conversationId, '', false);
  askAbout(controls, conversationId, timeOf(controls, choice)?.toISOString() ?? '', false);
}

export function pendUntil(controls: Controls, conversationId: string, choice: string) {
  if (choice === 'other') return askTime(controls, 'remind-at', conversationId, '', true);
  if (choice !== 'customer') {
    return askAbout(controls, conversationId, timeOf(controls, choice)?.toISOString() ?? '', true);
  }
  controls.change(
    conversationId,
    () => controls.tims.conversations.pend({ id: conversationId }, { retries: 0 }),
    () => 'It waits for its customer.',
  );
}

function askTime(controls: Controls, kind: 'remind-at' | 'snooze-to', id: string, subject: string, pending: boolean) {
  openAsk(controls, newAsk({ kind, title: 'When?', hint: examples, conversationId: id, subject, pending }));
}

export function remindAt(controls: Controls, ask: Ask, text: string) {
  askAbout(controls, ask.conversationId, text, ask.pending ?? false, ask);
}

/** @param when an instant, or as somebody types a time */
function askAbout(controls: Controls, conversationId: string, when: string, pending: boolean, asked?: Ask) {
  const { now } = controls.data;
  const at = /T.*Z$/.test(when) ? new Date(when) : readWhen(when, now);
  if (!at) {
    // What was typed stays, to be mended.
    if (asked) openAsk(controls, asked);
    return controls.say(`"${when}" is no time to come. Write it like ${examples}.`, 'bad');
  }
  const title = `${moment(at, now)}: what about?`;
  const hint = 'shown when it is due; empty for nothing';
  const subject = at.toISOString();
  openAsk(controls, newAsk({ kind: 'remind-about', title, hint, conversationId, subject, pending }));
}

export function remindAbout(controls: Controls, { conversationId: id, subject: dueAt, pending }: Ask, text: string) {
  const { tims, data } = controls;
  controls.perform(
    `follow-up:${id}`,
    () => tims.followUps.create({ id, dueAt, text: text || null, ...(pending ? { pending } : {}) }, { retries: 0 }),
    (followUp) => {
      show(controls, followUp);
      const when = moment(new Date(followUp.dueAt), data.now);
      controls.say(pending ? `Pending until ${when}, or until the customer writes.` : `It comes back ${when}.`, 'good');
    },
  );
}

/** What is to be done about the conversation: one is done or moved at once, of several one is chosen. */
export function openFollowUps(controls: Controls, { id }: Conversation) {
  controls.perform(
    `follow-ups:${id}`,
    () => controls.tims.followUps.list({ conversationId: id, limit: 100 }, { retries: 0 }),
    ({ data: followUps }) => {
      const [first, ...more] = followUps;
      if (!first) return controls.say(`Nothing is to be followed up. ${controls.keymap.keyOf('remind')} makes it so.`);
      const options = followUps.map((one) => optionOf(controls, one));
      if (more.length === 0 && options[0]) return chooseFollowUp(controls, id, options[0]);
      openPick(controls, newPick({ kind: 'follow-ups', title: 'Follow-ups', options, conversationId: id }));
    },
  );
}

function optionOf({ data }: Controls, { id, due, dueAt, text, userId }: FollowUp): Option {
  const whose = userId === data.people.me.id ? '' : `for ${userName(data.people, userId)}`;
  const detail = [cleanLine(text ?? ''), whose].filter(Boolean).join(' · ');
  return { id, label: moment(new Date(dueAt), data.now), detail, mark: due ? '●' : '○' };
}

export function chooseFollowUp(controls: Controls, conversationId: string, option: Option) {
  const later = times(controls).map((one) => ({ ...one, label: one.label.replace(/^(\w)/, (c) => c.toLowerCase()) }));
  const options = [
    { id: 'done', label: 'Done' },
    ...later.map(({ id, label, detail = '' }) => ({ id, label: `Again ${label}`, detail })),
  ];
  const title = [option.label, option.detail].filter(Boolean).join(': ');
  openPick(controls, newPick({ kind: 'follow-up', title, options, conversationId, subject: option.id }));
}

export function changeFollowUp(controls: Controls, conversationId: string, id: string, choice: string) {
  if (choice === 'other') return askTime(controls, 'snooze-to', conversationId, id, false);
  const at = timeOf(controls, choice);
  update(controls, id, choice === 'done' || !at ? { done: true } : { dueAt: at.toISOString() });
}

export function snoozeTo(controls: Controls, ask: Ask, text: string) {
  const at = readWhen(text, controls.data.now);
  if (at) return update(controls, ask.subject, { dueAt: at.toISOString() });
  openAsk(controls, ask);
  controls.say(`"${text}" is no time to come. Write it like ${examples}.`, 'bad');
}

function update(controls: Controls, id: string, patch: { done: true } | { dueAt: string }) {
  const { tims, data } = controls;
  controls.perform(
    `follow-up:${id}`,
    () => tims.followUps.update({ id, ...patch }, { retries: 0 }),
    (after) => {
      show(controls, after);
      controls.say('done' in patch ? 'Done.' : `It comes back ${moment(new Date(after.dueAt), data.now)}.`, 'good');
    },
  );
}

function show({ feed }: Controls, followUp: FollowUp) {
  feed.asides.change(followUp.conversationId, (aside) => ({ ...aside, followUps: withFollowUp(aside, followUp) }));
}

function withFollowUp({ followUps }: Aside, followUp: FollowUp): FollowUp[] {
  const others = followUps.filter(({ id }) => id !== followUp.id);
  const all = followUp.doneAt === null ? [...others, followUp] : others;
  return all.sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
}
