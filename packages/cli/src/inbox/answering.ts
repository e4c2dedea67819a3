import type { Conversation, OpenConversation } from '@tims/sdk';
import type { Controls } from './controls.js';
import type { Keymap } from './keys/keymap.js';
import {
  type Colleague,
  contactName,
  may,
  type People,
  reasonName,
  reasonsOf,
  teamName,
  userName,
} from './state/people.js';
import { newPick, type Option } from './state/pick.js';
import { capital } from './tell.js';
import { cleanLine } from './text/clean.js';
import { fieldOf } from './text/field.js';

/** Why no answer can be given now, and what to do instead; undefined where one can. */
export function demandReply(people: People, page: OpenConversation | undefined, keymap: Keymap): string | undefined {
  if (!page) return 'The conversation is not loaded yet.';
  const { conversation, preview, canSend } = page;
  const { lifecycle, assigneeId, status } = conversation;
  if (lifecycle === 'closed') return `It is closed. ${keymap.keyOf('reopen')} opens it again.`;
  if (preview) return `Take it first, with ${keymap.keyOf('take')}: until then you see the last messages only.`;
  if (!may(people, 'conversations:reply', conversation)) {
    if (status === 'queued') return `Take it first, with ${keymap.keyOf('take')}.`;
    return `${capital(userName(people, assigneeId) || 'Nobody')} has it; your role answers only what is yours.`;
  }
  if (!canSend.allowed.includes('text')) return cleanLine(canSend.reason ?? 'The channel takes no text now.');
  return undefined;
}

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

export function assign(controls: Controls, conversation: Conversation, whom?: string) {
  if (conversation.status === 'closed') {
    return controls.say(`It is closed. ${controls.keymap.keyOf('reopen')} opens it again.`, 'bad');
  }
  if (!allowed(controls, 'conversations:assign', conversation, 'assign it')) return;
  // Who is online may have changed since.
  controls.feed.refreshPeople();
  const pick = newPick(
    {
      kind: 'assign',
      title: `Give ${contactName(conversation)} to`,
      options: assignees(controls.data.people, conversation),
      conversationId: conversation.id,
    },
    fieldOf(whom ?? ''),
  );
  controls.set({ ...controls.state, mode: { name: 'pick', pick } });
}

/** Colleagues, those online first, then the queues. */
function assignees(people: People, { assigneeId, teamId }: Conversation): Option[] {
  const { me, teams } = people;
  const others = people.colleagues.filter(({ id }) => id !== me.id && id !== assigneeId);
  const byName = (a: Colleague, b: Colleague) => Number(b.online) - Number(a.online) || (a.name < b.name ? -1 : 1);
  const colleague = ({ id, name, role, teams: theirs, online }: Colleague): Option => ({
    id: `user:${id}`,
    label: cleanLine(name),
    detail: [
      online ? 'online' : '',
      role.replaceAll('_', ' '),
      theirs.map((team) => teamName(people, team.id)).join(', '),
    ]
      .filter(Boolean)
      .join(' · '),
    mark: online ? '●' : '○',
  });
  return [
    ...(assigneeId === me.id ? [] : [{ id: `user:${me.id}`, label: 'Me', detail: cleanLine(me.name), mark: '●' }]),
    ...others.sort(byName).map(colleague),
    ...(assigneeId === null ? [] : [{ id: 'queue', label: 'Back to its queue', detail: teamName(people, teamId) }]),
    ...teams
      .filter(({ id }) => id !== teamId)
      .map(({ id, key, name }) => ({ id: `team:${id}`, label: `Queue of ${cleanLine(name)}`, detail: key })),
  ];
}

export function assignTo(controls: Controls, id: string, option: Option) {
  const { tims, data } = controls;
  const [kind, target = ''] = option.id.split(':');
  const to = kind === 'user' ? { assigneeId: target } : kind === 'team' ? { teamId: target } : { assigneeId: null };
  const done =
    kind === 'user'
      ? `${capital(userName(data.people, target))} ${target === data.people.me.id ? 'have' : 'has'} it now.`
      : kind === 'team'
        ? `It waits in the queue of ${teamName(data.people, target)} now.`
        : 'It is back in its queue.';
  controls.change(
    id,
    () => tims.conversations.assign({ id, ...to }, { retries: 0 }),
    () => done,
  );
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

type Permission = Parameters<typeof may>[1];

function allowed(controls: Controls, permission: Permission, conversation: Conversation, what: string): boolean {
  const { people } = controls.data;
  if (may(people, permission, conversation)) return true;
  const scope = people.me.permissions[permission];
  const role = people.me.role.replaceAll('_', ' ');
  controls.say(
    scope ? `As ${role} you may ${what} only where it is yours or your team's.` : `As ${role} you may not ${what}.`,
    'bad',
  );
  return false;
}
