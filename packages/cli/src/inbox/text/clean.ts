import { oneLine, safeText } from '../../output/text.js';

/** More marks than any script puts on one letter. */
const tooManyMarks = /(\p{M}{6})\p{M}+/gu;

/** What somebody outside wrote, as it may be shown; line breaks stay. */
export function clean(text: string): string {
  return safeText(text).replace(tooManyMarks, '$1');
}

/** The same on one line. */
export function cleanLine(text: string): string {
  return oneLine(text).replace(tooManyMarks, '$1');
}

/** What may be written: no control characters but line breaks. */
export function printable(text: string): string {
  return text.replace(/\t/g, '  ').replace(/(?!\n)\p{Cc}/gu, '');
}
