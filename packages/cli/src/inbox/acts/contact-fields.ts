import type { Contact, ContactAttribute, ContactPatch } from '@tims/sdk';
import { cleanLine } from '../text/clean.js';

export type ContactValue = string | number | boolean | null;

/** One thing of a contact that can be changed by itself. */
export interface ContactField {
  /** How it is named in an option: `name`, `kind`, `attribute:plan`. */
  readonly id: string;
  readonly label: string;
  /** What it can be; undefined where a text is typed. */
  readonly choices?: readonly { readonly value: ContactValue; readonly label: string }[];
  readonly hint: string;
  of(contact: Contact): ContactValue;
  patch(value: ContactValue): ContactPatch;
  /** Undefined where the text is none of its type. */
  read(text: string): ContactValue | undefined;
}

const none = 'empty takes it away';

export const nameField: ContactField = {
  id: 'name',
  label: 'Name',
  hint: none,
  of: ({ name }) => name,
  patch: (value) => ({ name: value === null ? null : String(value) }),
  read: (text) => (text === '' ? null : text.slice(0, 200)),
};

export function kindField(kinds: readonly string[]): ContactField {
  return {
    id: 'kind',
    label: 'Kind',
    hint: '',
    choices: kinds.map((kind) => ({ value: kind, label: cleanLine(kind) })),
    of: ({ kind }) => kind,
    patch: (value) => ({ kind: String(value) }),
    read: (text) => text,
  };
}

const hints: Readonly<Record<ContactAttribute['type'], string>> = {
  text: none,
  number: `a number, such as 1250.50; ${none}`,
  boolean: none,
  date: `a day, such as 2027-01-31; ${none}`,
  url: `https://…; ${none}`,
  email: `an e-mail address; ${none}`,
  select: none,
};

export function attributeField({ key, name, type, options }: ContactAttribute): ContactField {
  const notSet = { value: null, label: 'Not set' };
  const yesOrNo = [{ value: true, label: 'Yes' }, { value: false, label: 'No' }, notSet];
  const offered = [...options.map((value) => ({ value, label: cleanLine(value) })), notSet];
  const choices = type === 'boolean' ? yesOrNo : type === 'select' ? offered : undefined;
  return {
    id: `attribute:${key}`,
    label: cleanLine(name),
    hint: hints[type],
    ...(choices ? { choices } : {}),
    of: ({ attributes }) => attributes[key] ?? null,
    patch: (value) => ({ attributes: { [key]: value } }),
    read(text) {
      if (text === '') return null;
      if (type !== 'number') return text;
      return Number.isFinite(Number(text)) ? Number(text) : undefined;
    },
  };
}

/** A value as it is shown. */
export function wordOf(value: ContactValue): string {
  if (value === null) return 'not set';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return cleanLine(String(value));
}
