import type { Contact } from '@tims/sdk';

/** What has to be typed before somebody is erased. */
export interface Typed {
  readonly label: string;
  /** Any of them. */
  readonly words: readonly string[];
}

/** The contact's name or one of its addresses; a word where it has neither. */
export function typedFor({ name, identities }: Contact): Typed {
  const called = name?.trim() || undefined;
  const addresses = identities.flatMap(({ keys }) => keys.map(({ value }) => value));
  const [first] = addresses;
  const words = [...(called === undefined ? [] : [called]), ...addresses];
  if (called !== undefined) {
    return { label: `Type their name, “${called}”${first === undefined ? '' : ', or their number'}, to go on`, words };
  }
  if (first !== undefined) return { label: `Type their number or address, “${first}”, to go on`, words };
  return { label: 'They have no name and no address. Type “erase” to go on', words: ['erase'] };
}

export function isTyped({ words }: Typed, typed: string): boolean {
  const said = plain(typed);
  return said !== '' && words.some((word) => plain(word) === said || isSameNumber(word, typed));
}

/** However it is written: without the plus, and with spaces in between. */
function isSameNumber(word: string, typed: string): boolean {
  return numberOf(word) !== undefined && numberOf(word) === numberOf(typed);
}

function numberOf(text: string): string | undefined {
  return /^\+?[\d\s()./-]{5,}$/.test(text.trim()) ? text.replace(/\D/g, '') : undefined;
}

function plain(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleLowerCase();
}
