import { fromJson } from '../../kernel/json.js';

/** What a message says in words, of whatever type it is: its own text, a caption, a file's name, a place's address. */
export function messageText(content: string, revokedAt: number | null): string {
  if (revokedAt !== null) return '';
  const said = fromJson<Record<string, unknown>>(content);
  const media = said.media as { filename?: unknown } | undefined; // as its schema has it; what is no text is left out
  const contacts = Array.isArray(said.contacts) ? said.contacts : [];
  return lines([
    ...['text', 'caption', 'title', 'description', 'name', 'address', 'body'].map((name) => said[name]),
    media?.filename,
    ...contacts.flatMap((one: Record<string, unknown>) => [one.name, one.phones, one.emails].flat()),
  ]);
}

export interface ContactTexts {
  name: string | null;
  /** JSON of the values that the organization keeps of its contacts. */
  attributes: string | null;
  /** What the person calls themselves on each channel. */
  names: readonly (string | null)[];
}

export function contactText({ name, attributes, names }: ContactTexts): string {
  const values = attributes === null ? [] : Object.values(fromJson<Record<string, unknown>>(attributes));
  return lines([name, ...names, ...values.flat()]);
}

function lines(parts: readonly unknown[]): string {
  const texts = parts.filter((part): part is string => typeof part === 'string' && part !== '');
  return [...new Set(texts)].join('\n');
}
