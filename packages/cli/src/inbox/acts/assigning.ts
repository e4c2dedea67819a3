import type { Conversation } from '@tims/sdk';
import type { Controls } from '../controls.js';
import { type Colleague, contactName, type People, teamName, userName } from '../state/people.js';
import { newPick, type Option } from '../state/pick.js';
import { capital } from '../tell.js';
import { cleanLine } from '../text/clean.js';
import { fieldOf } from '../text/field.js';
import { allowed } from './answering.js';

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
