import type { Conversation } from '@tims/sdk';
import type { Controls } from '../controls.js';
import { type Ask, newAsk } from '../state/ask.js';
import { type Colleague, contactName, type People, teamName, userName } from '../state/people.js';
import { newPick, type Option } from '../state/pick.js';
import { capital } from '../tell.js';
import { cleanLine } from '../text/clean.js';
import { fieldOf } from '../text/field.js';
import { allowed } from './answering.js';
import { changeMany } from './bulk.js';
import { idsOf } from './changing.js';
import { openAsk, openPick } from './opening.js';

export function assign(controls: Controls, conversation: Conversation, whom?: string) {
  if (!mayHandOn(controls, conversation)) return;
  const options = assignees(controls.data.people, conversation);
  const title = `Give ${contactName(conversation)} to`;
  openPick(controls, newPick({ kind: 'assign', title, options, ids: [conversation.id] }, fieldOf(whom ?? '')));
}

export function assignMany(controls: Controls, conversations: readonly Conversation[], whom?: string) {
  controls.feed.refreshPeople();
  const options = assignees(controls.data.people, undefined);
  const title = `Give ${conversations.length} to`;
  openPick(controls, newPick({ kind: 'assign', title, options, ids: idsOf(conversations) }, fieldOf(whom ?? '')));
}

/** The same with a word to whoever takes over. */
export function transfer(controls: Controls, conversation: Conversation, whom?: string) {
  if (!mayHandOn(controls, conversation)) return;
  const options = assignees(controls.data.people, conversation).filter(({ id }) => id !== 'queue');
  const title = `Transfer ${contactName(conversation)} to`;
  const conversationId = conversation.id;
  openPick(controls, newPick({ kind: 'transfer', title, options, conversationId }, fieldOf(whom ?? '')));
}

function mayHandOn(controls: Controls, conversation: Conversation): boolean {
  if (conversation.status === 'closed') {
    controls.say(`It is closed. ${controls.keymap.keyOf('reopen')} opens it again.`, 'bad');
    return false;
  }
  // Who is online may have changed since.
  controls.feed.refreshPeople();
  return allowed(controls, 'conversations:assign', conversation, 'assign it');
}

/** Colleagues, those online first, then the queues; for several conversations everybody is named. */
function assignees(people: People, conversation: Conversation | undefined): Option[] {
  const { me, teams } = people;
  const { assigneeId = '', teamId = '' } = conversation ?? {};
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
  const itsQueue = teamId ? teamName(people, teamId) : 'each to its own';
  return [
    ...(assigneeId === me.id ? [] : [{ id: `user:${me.id}`, label: 'Me', detail: cleanLine(me.name), mark: '●' }]),
    ...others.sort(byName).map(colleague),
    ...(assigneeId === null ? [] : [{ id: 'queue', label: 'Back to its queue', detail: itsQueue }]),
    ...teams
      .filter(({ id }) => id !== teamId)
      .map(({ id, key, name }) => ({ id: `team:${id}`, label: `Queue of ${cleanLine(name)}`, detail: key })),
  ];
}

export function assignTo(controls: Controls, ids: readonly string[], option: Option) {
  const { tims } = controls;
  const to = targetOf(option.id);
  const done = handedTo(controls.data.people, option.id);
  const [id = '', ...more] = ids;
  if (more.length > 0) return changeMany(controls, { act: 'assign', ids: [...ids], ...to }, `given: ${done}`);
  controls.change(
    id,
    () => tims.conversations.assign({ id, ...to }, { retries: 0 }),
    () => `${capital(done)}.`,
  );
}

export function askToTransfer(controls: Controls, conversationId: string, option: Option) {
  const title = `To ${option.label}: what should they know?`;
  const hint = 'kept as a note; empty for none';
  openAsk(controls, newAsk({ kind: 'transfer-note', title, hint, conversationId, subject: option.id }));
}

export function transferTo(controls: Controls, { conversationId: id, subject }: Ask, note: string) {
  const { tims } = controls;
  const done = handedTo(controls.data.people, subject);
  controls.change(
    id,
    () => tims.conversations.transfer({ id, ...transferTarget(subject), ...(note ? { note } : {}) }, { retries: 0 }),
    () => `${capital(done)}${note ? ', with your note' : ''}.`,
  );
}

function targetOf(choice: string) {
  const [kind, target = ''] = choice.split(':');
  return kind === 'user' ? { assigneeId: target } : kind === 'team' ? { teamId: target } : { assigneeId: null };
}

function transferTarget(choice: string) {
  const [kind, target = ''] = choice.split(':');
  return kind === 'user' ? { assigneeId: target } : { teamId: target };
}

function handedTo(people: People, choice: string): string {
  const [kind, target = ''] = choice.split(':');
  if (kind === 'user') return `${userName(people, target)} ${target === people.me.id ? 'have' : 'has'} it now`;
  return kind === 'team' ? `it waits in the queue of ${teamName(people, target)} now` : 'it is back in its queue';
}
