import { CommandError, exitCodes } from '../../exit-codes.js';
import { keyNamed, nearest, nearestKey } from './key-names.js';
import { type Act, type Binding, type Place, table } from './table.js';

/** The table with the keys of this person. */
export interface Keymap {
  readonly bindings: readonly (Binding & { readonly act: Act })[];
  /** What the key does there. */
  find(place: Place, key: string): Act | undefined;
  /** The first key of an act, as it is shown: `Ctrl+L`; empty where it has none. */
  keyOf(act: Act): string;
}

/**
 * @param chosen `inbox.keys` of the profile file: acts, each with its keys instead of the usual ones. An empty list
 *   leaves the act to the palette.
 * @param where the file, for what is said about its mistakes
 * @throws CommandError where a name is wrong, or one key would do two things in one place
 */
export function createKeymap(chosen: unknown = {}, where = 'the profile file'): Keymap {
  const mine = readChosen(chosen, where);
  const taken = new Set([...mine.values()].flat());
  const bindings = table.map((binding: Binding & { act: Act }) => {
    const keys = mine.get(binding.act);
    if (keys) return { ...binding, keys };
    // A key that was given away is not kept in the same place by what had it before.
    return { ...binding, keys: binding.keys.filter((key) => !taken.has(key) || !givenAway(mine, binding, key)) };
  });
  const places = new Map<string, Act>();
  for (const { act, keys, places: here } of bindings) {
    for (const key of keys) for (const place of here) claim(places, `${place} ${key}`, act, where);
  }
  return {
    bindings,
    find: (place, key) => places.get(`${place} ${key}`),
    keyOf: (act) => keyLabel(bindings.find((binding) => binding.act === act)?.keys[0] ?? ''),
  };
}

/** `ctrl+l` as it stands on the screen. */
export function keyLabel(key: string): string {
  const names: Record<string, string> = { up: '↑', down: '↓', left: '←', right: '→', pageup: 'PgUp', pagedown: 'PgDn' };
  const parts = key === '+' ? [key] : key.replace(/\+\+$/, '+plus').split('+');
  // As it is usually written: Ctrl+L, although nobody holds Shift for it.
  const capital = (part: string) => part.length > 1 || parts[0] === 'ctrl';
  const name = (part: string) => names[part] ?? (capital(part) ? part.charAt(0).toUpperCase() + part.slice(1) : part);
  return parts.map(name).join('+');
}

function readChosen(chosen: unknown, where: string): Map<Act, readonly string[]> {
  if (typeof chosen !== 'object' || chosen === null || Array.isArray(chosen)) {
    throw wrong(where, 'inbox.keys is no object', 'Write it like { "take": "ctrl+t", "reply": ["r", "c"] }.');
  }
  return new Map(
    Object.entries(chosen).map(([name, given]) => {
      const act = table.find((binding) => binding.act === name)?.act;
      if (!act)
        throw wrong(where, `inbox.keys names "${name}", which is nothing that can be done`, meant(nearest(name, acts)));
      const words: unknown[] = Array.isArray(given) ? given : [given];
      return [act, words.map((word) => readKey(word, name, where))];
    }),
  );
}

const acts = table.map(({ act }) => act);

function readKey(word: unknown, act: string, where: string): string {
  const key = typeof word === 'string' ? keyNamed(word) : undefined;
  if (key !== undefined) return key;
  const near = typeof word === 'string' ? nearestKey(word) : undefined;
  throw wrong(where, `inbox.keys.${act} names the key ${JSON.stringify(word)}, which there is not`, meant(near));
}

function givenAway(mine: Map<Act, readonly string[]>, binding: Binding, key: string): boolean {
  return [...mine].some(([act, keys]) => {
    const other: Binding | undefined = table.find((one) => one.act === act);
    return keys.includes(key) && other?.places.some((place) => binding.places.includes(place));
  });
}

function claim(places: Map<string, Act>, spot: string, act: Act, where: string): void {
  const other = places.get(spot);
  if (other && other !== act) {
    throw wrong(
      where,
      `inbox.keys gives the key "${spot.split(' ')[1]}" to "${other}" and to "${act}"`,
      'Give it to one.',
    );
  }
  places.set(spot, act);
}

function meant(near: string | undefined): string {
  return near ? `Did you mean "${near}"?` : 'docs/terminal-inbox.md lists the names.';
}

function wrong(where: string, message: string, help: string): CommandError {
  return new CommandError(exitCodes.usage, `${where}: ${message}.`, help);
}
