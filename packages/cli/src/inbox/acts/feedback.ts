import type { Conversation } from '@tims/sdk';
import type { Controls } from '../controls.js';
import type { Colleague } from '../state/people.js';
import { newPick } from '../state/pick.js';
import { cleanLine } from '../text/clean.js';
import { fieldOf } from '../text/field.js';
import { allowed } from './answering.js';
import { openPick } from './opening.js';

/** Whose work it is about is asked first: whoever answers here, then their team, then the others. */
export function askFeedback(controls: Controls, conversation: Conversation, whom?: string) {
  if (!allowed(controls, 'feedback:write', conversation, 'write feedback on it')) return;
  const { me, colleagues } = controls.data.people;
  const { id: conversationId, assigneeId, teamId } = conversation;
  const rank = ({ id, teams, name }: Colleague) =>
    `${id === assigneeId ? 0 : teams.some((team) => team.id === teamId) ? 1 : 2} ${name.toLowerCase()}`;
  const options = colleagues
    .filter(({ id }) => id !== me.id)
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
    .map(({ id, name, role }) => ({
      id,
      label: cleanLine(name),
      detail: [id === assigneeId ? 'answers here' : '', role.replaceAll('_', ' ')].filter(Boolean).join(' · '),
    }));
  if (options.length === 0) return controls.say('There is no colleague yet whom it could be for.');
  openPick(
    controls,
    newPick({ kind: 'feedback', title: 'Feedback for', options, conversationId }, fieldOf(whom ?? '')),
  );
}

export function beginFeedback(controls: Controls, conversationId: string, userId: string) {
  controls.beginWriting(conversationId, { as: 'note', about: { kind: 'feedback', userId } });
}
