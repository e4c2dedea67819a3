import type { Controls } from '../controls.js';
import type { Pick } from '../state/pick.js';
import { openContact } from './contact.js';
import { askToBlock } from './contact-blocking.js';
import { changeField } from './contact-changes.js';
import { type ContactFile, fieldsOf, nameOf, readContactFile } from './contact-file.js';
import { openContactNotes } from './contact-notes.js';
import { openContactTags } from './contact-tags.js';

/** Does what was chosen of the contact: goes to a conversation, or changes something. */
export function openOfContact(controls: Controls, { subject: contactId = '' }: Pick, id: string) {
  if (id.startsWith('cnv_')) return controls.openConversation(id, 'thread');
  if (contactId === '' || id === '') return;
  controls.perform(
    `contact:${contactId}`,
    () => readContactFile(controls, contactId),
    (file) => {
      // Whoever went on to something else meanwhile is not disturbed.
      if (controls.state.mode.name === 'browse') openPart(controls, file, id);
    },
  );
}

function openPart(controls: Controls, file: ContactFile, id: string) {
  const { contact } = file;
  const name = nameOf(contact);
  const field = fieldsOf(file).find((one) => one.id === id);
  if (id === 'notes') openContactNotes(controls, file, name);
  else if (id === 'tags') openContactTags(controls, file, name);
  else if (id === 'block' || id === 'unblock') askToBlock(controls, contact, name);
  else if (field) changeField(controls, contact, name, field);
  else openContact(controls, contact.id, name);
}
