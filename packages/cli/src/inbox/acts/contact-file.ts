import { type Contact, type ContactAttribute, type Conversation, isTimsError, type Note } from '@tims/sdk';
import type { Controls } from '../controls.js';
import { may, type People } from '../state/people.js';
import { cleanLine } from '../text/clean.js';
import { attributeField, type ContactField, kindField, nameField } from './contact-fields.js';

/** A contact, and what stands beside it. */
export interface ContactFile {
  readonly contact: Contact;
  /** Those that are seen, the last active first. */
  readonly conversations: readonly Conversation[];
  /** What the organization writes down of people. */
  readonly attributes: readonly ContactAttribute[];
  /** The pinned ones first, then the newest. */
  readonly notes: readonly Note[];
  readonly kinds: readonly string[];
}

const limit = 50;

export async function readContactFile(controls: Controls, id: string): Promise<ContactFile> {
  const { tims } = controls;
  const once = { retries: 0 };
  const [contact, conversations, attributes, notes, kinds] = await Promise.all([
    tims.contacts.get({ id }, once),
    tims.conversations.list({ contactId: id, limit }, once),
    tims.contactAttributes.list({}, once),
    tims.notes.listOfContact({ id, limit }, once),
    kindsKnown(controls),
  ]);
  return {
    contact,
    conversations: conversations.data,
    attributes: attributes.data,
    notes: notes.data,
    kinds: kinds.includes(contact.kind) ? kinds : [...kinds, contact.kind],
  };
}

/**
 * Whoever may read the settings knows all kinds; others those that everybody has at first, and those of whom they have
 * seen.
 */
async function kindsKnown({ tims, data }: Controls): Promise<readonly string[]> {
  const seen = [...new Set(['customer', 'tutor', ...data.rows.map(({ contact }) => contact.kind)])].sort();
  if (!data.people.me.permissions['settings:read']) return seen;
  try {
    return (await tims.settings.get({}, { retries: 0 })).contactKinds;
  } catch (error) {
    if (isTimsError(error, 'forbidden')) return seen;
    throw error;
  }
}

/** What can be changed of it, in the order in which it is shown. */
export function fieldsOf({ attributes, kinds }: ContactFile): ContactField[] {
  return [nameField, kindField(kinds), ...attributes.map(attributeField)];
}

/** Whoever may with one of their conversations; what was linked to another contact is changed there. */
export function mayChange(people: People, { contact, conversations }: ContactFile): boolean {
  if (contact.mergedInto !== null) return false;
  const everybody = people.me.permissions['contacts:write'] === 'all';
  return everybody || conversations.some((one) => may(people, 'contacts:write', one));
}

export function nameOf({ name }: Contact): string {
  return cleanLine(name ?? '') || 'Unknown';
}
