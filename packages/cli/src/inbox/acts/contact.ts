import { type Contact, type Conversation, isTimsError } from '@tims/sdk';
import type { Controls } from '../controls.js';
import { contactName, holder, type People, tagsOf } from '../state/people.js';
import { chosenOption, matching, newPick, type Option } from '../state/pick.js';
import { browse } from '../state/state.js';
import { cleanLine } from '../text/clean.js';
import { moment, shortAge } from '../text/clock.js';
import { type ContactField, wordOf } from './contact-fields.js';
import { type ContactFile, fieldsOf, mayChange, nameOf, readContactFile } from './contact-file.js';
import { openPick, refreshPick } from './opening.js';

/**
 * Who the customer is, what is known of them, and what else they wrote; each can be chosen.
 *
 * @param at how the option begins that the cursor goes to: usually the first conversation
 */
export function openContact(controls: Controls, contactId: string, name: string, at = 'cnv_') {
  const options = [{ id: '', label: 'Loading …' }];
  openPick(controls, newPick({ kind: 'contact', title: name, options, subject: contactId, tall: true }));
  readContactAgain(controls, { subject: contactId }, at);
}

/** @param at how the option begins that the cursor goes to; without it, it stays where it is */
export function readContactAgain(controls: Controls, { subject: contactId = '' }: { subject?: string }, at?: string) {
  controls.perform(
    `contact:${contactId}`,
    () => readContactFile(controls, contactId).catch(unlessHidden),
    (file) => {
      if (!file) return closeHidden(controls, contactId);
      refreshPick(controls, 'contact', (pick) => {
        if (pick.subject !== contactId) return pick;
        const options = optionsOf(controls, file);
        const before = chosenOption(pick);
        const next = { ...pick, title: nameOf(file.contact), options };
        const isThere = ({ id, label }: Option) =>
          at ? id.startsWith(at) : id === before?.id && label === before.label;
        return { ...next, chosen: Math.max(0, matching(next).findIndex(isThere)) };
      });
    },
  );
}

function unlessHidden(error: unknown): undefined {
  if (!isTimsError(error, 'not_found') && !isTimsError(error, 'forbidden')) throw error;
  return undefined;
}

function closeHidden(controls: Controls, contactId: string) {
  const { mode } = controls.state;
  if (mode.name !== 'pick' || mode.pick.kind !== 'contact' || mode.pick.subject !== contactId) return;
  controls.set({ ...controls.state, mode: browse });
  controls.say('Who it is with is shown once you have taken it.', 'bad');
}

function optionsOf(controls: Controls, file: ContactFile): Option[] {
  const { people, now } = controls.data;
  const { contact, conversations } = file;
  const changeable = mayChange(people, file);
  return [
    ...fieldsOf(file).flatMap((field) => fieldOption(field, contact, changeable)),
    ...facts(people, file, now, changeable),
    ...(changeable ? [blockOption(contact)] : []),
    ...conversations.map((one) => conversationOption(people, one, now)),
  ];
}

/** What cannot be changed is shown where there is something, and leads nowhere. */
function fieldOption(field: ContactField, contact: Contact, changeable: boolean): Option[] {
  const value = field.of(contact);
  if (!changeable && value === null) return [];
  return [{ id: changeable ? field.id : '', label: field.label, detail: wordOf(value) }];
}

function facts(people: People, { contact, notes }: ContactFile, now: number, changeable: boolean): Option[] {
  const { tags, identities, createdAt, blockedAt } = contact;
  const fact = (label: string, detail: string, id = ''): Option[] => (detail ? [{ id, label, detail }] : []);
  const addresses = identities.flatMap(({ keys, username }) => [
    ...keys.map(({ value }) => cleanLine(value)),
    ...(username ? [`@${cleanLine(username)}`] : []),
  ]);
  const optedOut = identities.find(({ optedOutAt }) => optedOutAt !== null)?.optedOutAt;
  const named = tagsOf(people, tags).map(({ name }) => cleanLine(name));
  const [lastNote] = notes;
  const noted = lastNote ? `${notes.length} · ${cleanLine(lastNote.text)}` : 'none yet';
  return [
    ...fact('Tags', named.join(', ') || 'none', changeable ? 'tags' : ''),
    ...fact('Notes', noted, 'notes'),
    ...fact('Reached at', [...new Set(addresses)].join(', ')),
    ...fact('Known since', moment(new Date(createdAt), now)),
    ...fact('Opted out', optedOut ? moment(new Date(optedOut), now) : ''),
    ...fact('Blocked', blockedAt ? `${moment(new Date(blockedAt), now)}; nobody hears from them` : ''),
  ];
}

function blockOption({ blockedAt }: Contact): Option {
  return blockedAt === null
    ? { id: 'block', label: 'Block them', detail: 'what goes on is closed, and nothing can be sent' }
    : { id: 'unblock', label: 'Unblock them', detail: 'their next message comes in as before' };
}

function conversationOption(people: People, conversation: Conversation, now: number): Option {
  const { id, status, channel, lastMessage, lastActivityAt, unreadCount } = conversation;
  return {
    id,
    label: `${cleanLine(channel.name)}, ${shortAge(lastActivityAt, now)}`,
    detail: `${holder(people, conversation)} · ${cleanLine(lastMessage?.preview ?? '')}`,
    mark: status === 'closed' ? '×' : unreadCount > 0 ? '●' : '○',
  };
}

export function openContactOf(controls: Controls, conversation: Conversation) {
  openContact(controls, conversation.contact.id, contactName(conversation));
}
