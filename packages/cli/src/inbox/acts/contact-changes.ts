import { type Contact, isTimsError, TimsApiError } from '@tims/sdk';
import type { Controls } from '../controls.js';
import { type Ask, newAsk } from '../state/ask.js';
import { newPick, type Option, type Pick } from '../state/pick.js';
import { oneLineOf } from '../tell.js';
import { fieldOf } from '../text/field.js';
import { openContact } from './contact.js';
import { type ContactField, type ContactValue, wordOf } from './contact-fields.js';
import { openAsk, openPick } from './opening.js';

/** A field that is being changed, and what it held when that began. */
interface Change {
  readonly contactId: string;
  readonly name: string;
  readonly field: ContactField;
  readonly began: ContactValue;
}

/** What the question or the list is about that is open: one is asked at a time. */
const changes = new WeakMap<Controls, Change>();

/** Others change it, too: each time it is read anew. */
const mostTries = 3;

/** Asks for another value: one of several, or a line of text. */
export function changeField(controls: Controls, contact: Contact, name: string, field: ContactField) {
  begin(controls, { contactId: contact.id, name, field, began: field.of(contact) });
}

function begin(controls: Controls, change: Change, typed?: string) {
  changes.set(controls, change);
  const { contactId, name, field, began } = change;
  const title = `${field.label} of ${name}`;
  if (field.choices) {
    const options = field.choices.map(({ value, label }, index) => ({
      id: String(index),
      label,
      mark: value === began ? '✓' : ' ',
    }));
    return openPick(controls, newPick({ kind: 'contact-value', title, options, subject: contactId }));
  }
  const text = typed ?? (began === null ? '' : wordOf(began));
  const ask = { kind: 'contact-value', title, hint: field.hint, conversationId: '', subject: contactId } as const;
  openAsk(controls, newAsk(ask, fieldOf(text)));
}

export function chooseValue(controls: Controls, { subject }: Pick, { id }: Option) {
  const change = changes.get(controls);
  const choice = change?.field.choices?.[Number(id)];
  if (change && choice && change.contactId === subject) save(controls, change, choice.value);
}

export function typeValue(controls: Controls, ask: Ask, text: string) {
  const change = changes.get(controls);
  if (!change || change.contactId !== ask.subject) return;
  const value = change.field.read(text);
  if (value !== undefined) return save(controls, change, value, text);
  openAsk(controls, ask);
  controls.say(`"${text}" is no value for it: ${change.field.hint}.`, 'bad');
}

/**
 * What colleagues change elsewhere in the contact meanwhile stays; what they changed in the same field is not overwritten
 * before whoever saves has seen it.
 */
function save(controls: Controls, change: Change, value: ContactValue, typed?: string) {
  const { contactId, name, field, began } = change;
  controls.perform(
    `contact:${contactId}:${field.id}`,
    () => saved(controls, change, value).catch((error: unknown) => refusalOf(controls, error, change)),
    (outcome) => {
      if (outcome === true) {
        controls.say(value === began ? 'It was that already.' : `${field.label}: ${wordOf(value)}.`, 'good');
        return goBack(controls, contactId, name, field.id);
      }
      // What was typed stays, to be mended; a second time it is meant.
      const now = 'now' in outcome ? { ...change, began: outcome.now } : change;
      if (controls.state.mode.name === 'browse') begin(controls, now, typed);
      controls.say(outcome.message, 'bad');
    },
  );
}

type Outcome = true | { readonly message: string } | { readonly message: string; readonly now: ContactValue };

async function saved(
  { tims }: Controls,
  { contactId: id, field, began }: Change,
  value: ContactValue,
): Promise<Outcome> {
  for (let tries = 1; ; tries++) {
    const contact = await tims.contacts.get({ id }, { retries: 0 });
    const now = field.of(contact);
    if (now === value) return true;
    if (now !== began) return overtaken(now);
    try {
      await tims.contacts.update({ id, ...field.patch(value), version: contact.version }, { retries: 0 });
      return true;
    } catch (error) {
      if (!isTimsError(error, 'conflict') || tries === mostTries) throw error;
    }
  }
}

function overtaken(now: ContactValue): Outcome {
  const what = now === null ? 'took it away' : `changed it to "${wordOf(now)}"`;
  return { message: `A colleague ${what} meanwhile. Save it again to replace that.`, now };
}

/** The server says of a value what is wrong with it. */
function refusalOf({ data }: Controls, error: unknown, { field }: Change): Outcome {
  const [fault] = isTimsError(error, 'attributes_invalid') && error instanceof TimsApiError ? error.errors : [];
  return { message: fault ? `${field.label} ${fault.message}.` : oneLineOf(error, data.people) };
}

/** To the contact again, unless something else was begun meanwhile. */
export function goBack(controls: Controls, contactId: string, name: string, at: string) {
  if (controls.state.mode.name === 'browse') openContact(controls, contactId, name, at);
}
