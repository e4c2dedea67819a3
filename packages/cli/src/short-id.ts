import { CommandError, exitCodes } from './exit-codes.js';

/** What can be found by a part of its id, or by a name that people know it by. */
export interface Findable {
  id: string;
}

/** More than this are not looked through: whoever has so many names them by their whole id. */
const searched = 1_000;

/**
 * The id that was meant: a whole one as it is; else the one among `candidates` that ends or begins with what was given,
 * with or without its prefix, or is called that.
 *
 * @param kind the id's prefix, e.g. `cnv`
 * @param namesOf other names of a candidate, compared without regard to case: a team's key, a user's e-mail
 */
export async function findId<T extends Findable>(
  given: string,
  kind: string,
  what: string,
  candidates: () => AsyncIterable<T> | Iterable<T>,
  namesOf: (candidate: T) => readonly (string | null)[] = () => [],
): Promise<string> {
  const word = given.trim().toLowerCase();
  if (new RegExp(`^${kind}_[0-9a-z]{26}$`).test(word)) return word;
  const part = word.startsWith(`${kind}_`) ? word.slice(kind.length + 1) : word;
  const called: T[] = [];
  const alike: T[] = [];
  let looked = 0;
  for await (const candidate of candidates()) {
    const bare = candidate.id.slice(kind.length + 1);
    if (namesOf(candidate).some((name) => name?.toLowerCase() === word)) called.push(candidate);
    else if (part !== '' && (bare.endsWith(part) || bare.startsWith(part))) alike.push(candidate);
    looked += 1;
    if (looked >= searched) break;
  }
  // A team that is called "cx" is meant, and not one whose id happens to end so.
  const found = called.length > 0 ? called : alike;
  const [one, another] = found;
  if (one && !another) return one.id;
  if (one) {
    const list = found
      .slice(0, 5)
      .map(({ id }) => id)
      .join(', ');
    throw new CommandError(
      exitCodes.usage,
      `"${given}" fits more than one ${what}: ${list}${found.length > 5 ? ', …' : ''}.`,
      'Give more of the id.',
    );
  }
  const help = looked >= searched ? `Only the last ${searched} were looked through; give the whole id.` : undefined;
  throw new CommandError(exitCodes.notFound, `There is no ${what} "${given}".`, help);
}

/** The last characters of each id: as few as tell them apart, and at least six. The end of an id is chance. */
export function shortIds(ids: readonly string[]): (id: string) => string {
  let length = 6;
  while (length < 26 && new Set(ids.map((id) => id.slice(-length))).size < new Set(ids).size) length += 1;
  return (id) => id.slice(-length);
}
