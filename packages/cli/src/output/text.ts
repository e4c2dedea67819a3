import { stripVTControlCharacters } from 'node:util';

/**
 * Text of customers as a terminal may show it: no control sequences, nothing that turns the writing direction of what
 * stands beside it. Line breaks stay.
 */
export function safeText(text: string): string {
  return stripVTControlCharacters(text.replace(/\r\n?/g, '\n'))
    .replace(/\t/g, ' ')
    .replace(/(?!\n)\p{Cc}/gu, '')
    .replace(/[\u202A-\u202E\u2066-\u2069\u2028\u2029\uFEFF]/g, '');
}

/** The same on one line. */
export function oneLine(text: string): string {
  return safeText(text).replace(/\s+/g, ' ').trim();
}
