import type { Contact } from '@tims/sdk';
import type { Controls } from '../controls.js';
import { newPick, type Pick } from '../state/pick.js';
import { goBack } from './contact-changes.js';
import { openPick } from './opening.js';

/** Says what comes of it first. */
export function askToBlock(controls: Controls, { id: subject, blockedAt }: Contact, name: string) {
  const isBlocked = blockedAt !== null;
  const does = isBlocked
    ? { id: 'unblock', label: 'Unblock', detail: 'their next message comes in as before; what came meanwhile stays' }
    : { id: 'block', label: 'Block', detail: 'what goes on is closed, whoever has it; what they write wakes nobody' };
  const options = [{ id: 'leave', label: 'Leave it as it is' }, does];
  const title = `${isBlocked ? 'Unblock' : 'Block'} ${name}?`;
  openPick(controls, newPick({ kind: 'contact-block', title, options, subject, name }));
}

export function decideBlock(controls: Controls, { subject: id = '', name = '' }: Pick, choice: string) {
  if (choice === 'leave') return goBack(controls, id, name, 'cnv_');
  const blocked = choice === 'block';
  controls.perform(
    `contact:${id}:block`,
    () => controls.tims.contacts.update({ id, blocked }, { retries: 0 }),
    () => {
      controls.say(`${name} is ${blocked ? 'blocked: nobody hears from them' : 'heard again'}.`, 'good');
      goBack(controls, id, name, blocked ? 'unblock' : 'block');
    },
  );
}
