import type { Message, Outgoing } from '@tims/sdk';
import { contentText } from '../../output/content.js';
import type { Controls } from '../controls.js';
import { userName } from '../state/people.js';
import { newPick } from '../state/pick.js';
import { capital } from '../tell.js';
import { cleanLine } from '../text/clean.js';
import { openPick } from './opening.js';

/** Whether somebody else answered before it went out. */
export function isCollision({ state, error }: Outgoing): boolean {
  return state === 'refused' && error?.code === 'conversation_answered';
}

/** What was said meanwhile stands above; here is asked what becomes of what was written. */
export function openCollision(controls: Controls, outgoing: Outgoing) {
  const { page, people } = controls.data;
  const theirs = page?.messages.findLast((message) => isOfColleague(message, people.me.id));
  const who = theirs ? capital(userName(people, theirs.author.id)) : 'Somebody else';
  const said = theirs ? `: ${cleanLine(contentText(theirs.content))}` : '';
  const options = [
    { id: 'edit', label: 'Edit it', detail: `yours: ${cleanLine(outgoing.text)}` },
    { id: 'send', label: 'Send it all the same' },
    { id: 'drop', label: 'Throw it away' },
  ];
  const title = `Not sent: ${who} answered${said}`;
  openPick(controls, newPick({ kind: 'collision', title, options, subject: outgoing.key }));
}

function isOfColleague({ author, direction }: Message, me: string): boolean {
  return direction === 'outbound' && author.type === 'user' && author.id !== me;
}

export function decideCollision(controls: Controls, key: string, choice: string) {
  const { outbox } = controls.feed;
  if (choice === 'send') {
    outbox.retry(key, { force: true });
    return controls.say('Sent all the same.');
  }
  const taken = outbox.discard(key);
  if (!taken) return controls.say('It is on its way already.', 'bad');
  if (choice === 'drop') return controls.say('Thrown away.');
  controls.beginWriting(taken.conversationId, { as: 'answer', insert: taken.text });
}
