import type { Conversation, Note } from '@tims/sdk';
import type { Controls } from '../controls.js';
import { may, userName } from '../state/people.js';
import { newPick, type Option, type Pick } from '../state/pick.js';
import { capital } from '../tell.js';
import { cleanLine } from '../text/clean.js';
import { shortAge } from '../text/clock.js';
import { goBack } from './contact-changes.js';
import type { ContactFile } from './contact-file.js';
import { openPick } from './opening.js';

/** The notes about the contact; a new one is written beside one of their conversations. */
export function openContactNotes(controls: Controls, { contact, conversations, notes }: ContactFile, name: string) {
  const { people } = controls.data;
  const mayNote = conversations.filter((one) => may(people, 'conversations:note', one));
  const beside = mayNote.find(({ id }) => id === controls.state.open) ?? mayNote[0];
  const write = beside ? [{ id: 'write', label: 'Write one', detail: 'for whoever sees the contact' }] : [];
  const options = [...write, ...notes.map((note) => noteOption(controls, note))];
  if (options.length === 0) return controls.say(`There are no notes about ${name}.`);
  const subject = contact.id;
  const pick = { kind: 'contact-notes', title: `Notes about ${name}`, options, subject, name, tall: true } as const;
  openPick(controls, newPick({ ...pick, conversationId: beside?.id }));
}

function noteOption({ data }: Controls, { id, authorId, createdAt, text, pinnedAt }: Note): Option {
  const detail = `${shortAge(createdAt, data.now)} · ${cleanLine(text)}`;
  return { id, label: capital(userName(data.people, authorId)), detail, mark: pinnedAt === null ? ' ' : '▲' };
}

export function chooseContactNote(controls: Controls, pick: Pick, { id, detail = '', mark }: Option) {
  const { subject = '', name = '', conversationId } = pick;
  if (id === 'write') return beginContactNote(controls, conversationId ?? '', subject, name);
  const options = [
    mark === '▲' ? { id: 'unpin', label: 'Unpin it' } : { id: 'pin', label: 'Pin it', detail: 'to the top' },
    { id: 'remove', label: 'Remove it', detail: 'yours, or if you lead here' },
  ];
  openPick(controls, newPick({ kind: 'contact-note', title: detail, options, subject, name, ids: [id] }));
}

function beginContactNote(controls: Controls, conversationId: Conversation['id'], contactId: string, name: string) {
  controls.beginWriting(conversationId, { as: 'note', about: { kind: 'contact', contactId, name } });
}

export function changeContactNote(controls: Controls, pick: Pick, act: string) {
  const { notes } = controls.tims;
  const { subject = '', name = '', ids: [id = ''] = [] } = pick;
  const once = { retries: 0 };
  const done = { remove: 'The note is removed.', pin: 'Pinned.', unpin: 'No longer pinned.' }[act];
  controls.perform(
    `note:${id}`,
    async () => {
      if (act === 'remove') await notes.remove({ id }, once);
      else await notes.update({ id, pinned: act === 'pin' }, once);
    },
    () => {
      controls.say(done ?? '', 'good');
      goBack(controls, subject, name, 'notes');
    },
  );
}
