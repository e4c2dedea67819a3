import { comparable } from '../../kernel/text.js';
import type { AttributeType, AttributeValue, ContactAttribute } from './schema.js';

/** What a check needs to know of an attribute. */
export type AttributeDefinition = Pick<ContactAttribute, 'key' | 'type' | 'options'>;

/** Why a value cannot be taken; the message goes on with the attribute's name and quotes nothing of the value. */
export interface AttributeFault {
  key: string;
  message: string;
}

export interface CheckedAttributes {
  /** By key, as they are stored; null takes the value away. */
  values: Record<string, AttributeValue | null>;
  /** Empty where everything can be taken. */
  faults: AttributeFault[];
}

/**
 * Checks values as JSON has them against the definitions that stand.
 *
 * @example checkAttributes(definitions, { plan: 'gold', renewal: null }) // { values: { plan: 'gold', renewal: null }, faults: [] }
 */
export function checkAttributes(
  definitions: readonly AttributeDefinition[],
  given: Readonly<Record<string, unknown>>,
): CheckedAttributes {
  return check(definitions, given, (definition, value) =>
    value === null ? null : typed[definition.type](value, definition),
  );
}

/**
 * The same of texts, such as the cells of a file: `yes` is true, `1250.50` a number, and an empty text takes the value
 * away.
 *
 * @example readAttributes(definitions, { plan: 'Gold', member: 'yes' }) // { values: { plan: 'gold', member: true }, faults: [] }
 */
export function readAttributes(
  definitions: readonly AttributeDefinition[],
  texts: Readonly<Record<string, string>>,
): CheckedAttributes {
  return check(definitions, texts, (definition, value) => {
    const text = String(value).trim();
    return text === '' ? null : read(text, definition);
  });
}

/** A value, or a fault's message. */
type Checked = { value: AttributeValue } | { message: string };

function check(
  definitions: readonly AttributeDefinition[],
  given: Readonly<Record<string, unknown>>,
  one: (definition: AttributeDefinition, value: unknown) => Checked | null,
): CheckedAttributes {
  const byKey = new Map(definitions.map((definition) => [definition.key, definition]));
  const values: [string, AttributeValue | null][] = [];
  const faults: AttributeFault[] = [];
  for (const [key, value] of Object.entries(given)) {
    const definition = byKey.get(key);
    const checked = definition ? one(definition, value) : { message: 'is no attribute of contacts here' };
    if (checked && 'message' in checked) faults.push({ key, message: checked.message });
    else values.push([key, checked?.value ?? null]);
  }
  return { values: Object.fromEntries(values), faults };
}

const mostText = 1_000;

const typed: Record<AttributeType, (value: unknown, definition: AttributeDefinition) => Checked> = {
  text: (value) => asText(value, mostText, () => true, 'is no text'),
  number: (value) => (typeof value === 'number' && Number.isFinite(value) ? { value } : { message: 'is not a number' }),
  boolean: (value) => (typeof value === 'boolean' ? { value } : { message: 'is neither true nor false' }),
  date: (value) => asText(value, 10, isDay, 'is not a day; write it like 2026-01-31'),
  url: (value) => asText(value, 2_000, isWebAddress, 'is not a web address; it begins with https:// or http://'),
  email: (value) => asText(value, 254, (text) => address.test(text), 'is not an e-mail address'),
  select: (value, { options }) =>
    typeof value === 'string' && options.includes(value)
      ? { value }
      : { message: `is none of the options: ${options.join(', ')}` },
};

function asText(value: unknown, most: number, fits: (text: string) => boolean, message: string): Checked {
  if (typeof value !== 'string') return { message };
  const text = value.trim();
  if (text === '') return { message: 'is empty; null takes the value away' };
  if (text.length > most) return { message: `is longer than ${most} characters` };
  return fits(text) ? { value: text } : { message };
}

function read(text: string, definition: AttributeDefinition): Checked {
  const { type, options } = definition;
  if (type === 'number') {
    return /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(text) ? { value: Number(text) } : { message: 'is not a number' };
  }
  if (type === 'boolean') {
    const word = text.toLowerCase();
    if (yes.has(word)) return { value: true };
    return no.has(word) ? { value: false } : { message: 'is neither yes nor no' };
  }
  if (type === 'select') {
    const meant = options.find((option) => comparable(option) === comparable(text));
    return typed.select(meant, definition);
  }
  return typed[type](text, definition);
}

const yes = new Set(['true', 'yes', 'y', '1']);
const no = new Set(['false', 'no', 'n', '0']);

const address = /^[^\s@<>()",:;[\]\\]{1,64}@[^\s@<>()",:;[\]\\]+\.[^\s@<>()",:;[\]\\.]{2,}$/;

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  // A day that there is not, such as the 30th of February, becomes another one, or none.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** A link that a browser may be given: nothing that runs, and nobody's password. */
function isWebAddress(text: string): boolean {
  if (!/^https?:\/\/[^\s/]/i.test(text) || /\s/.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}
