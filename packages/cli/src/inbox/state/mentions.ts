import { cleanLine } from '../text/clean.js';
import type { People } from './people.js';

/** The most that one note may tell. */
const most = 20;

/** Whom a note tells: everybody whose whole name stands behind an @ in it. */
export function mentionedIn(text: string, { colleagues, me }: People): string[] {
  const lower = text.toLowerCase();
  let left = lower;
  // Of two names of which one begins with the other, the longer one is meant.
  const byLength = [...colleagues].sort((a, b) => b.name.length - a.name.length);
  const found = byLength.filter(({ id, name }) => {
    const called = `@${cleanLine(name).toLowerCase()}`;
    if (id === me.id || !isNamed(left, called)) return false;
    left = left.replaceAll(called, '');
    return true;
  });
  return found.map(({ id }) => id).slice(0, most);
}

/** Not where the name goes on. */
function isNamed(text: string, called: string): boolean {
  for (let at = text.indexOf(called); at >= 0; at = text.indexOf(called, at + 1)) {
    if (!/^[\p{L}\p{N}]/u.test(text.slice(at + called.length))) return true;
  }
  return false;
}
