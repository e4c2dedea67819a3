/** A variable as it stands in a text. */
export interface Variable {
  name: string;
  /** What stands in for it where it has no value. */
  fallback: string | undefined;
  /** Where it begins, in characters from 0. */
  at: number;
  /** As it was written. */
  written: string;
}

export const variableNames = [
  'contact.name',
  'contact.first_name',
  'user.name',
  'user.first_name',
  'team.name',
  'organization.name',
] as const;

const attribute = /^contact\.attributes\.[a-z][a-z0-9_-]{0,31}$/;

/** Whether there is a variable of this name; which attributes contacts have is not known here. */
export function isVariable(name: string): boolean {
  return variableNames.some((one) => one === name) || attribute.test(name);
}

/**
 * What stands between `{{` and `}}`, in order. One that never ends goes to the end of the text: its name is none, so it
 * is refused with its place.
 */
export function variablesIn(text: string): Variable[] {
  const found: Variable[] = [];
  for (let at = text.indexOf('{{'); at !== -1; ) {
    const end = text.indexOf('}}', at + 2);
    const after = end === -1 ? text.length : end + 2;
    const inner = end === -1 ? text.slice(at) : text.slice(at + 2, end);
    const bar = inner.indexOf('|');
    found.push({
      name: (bar === -1 ? inner : inner.slice(0, bar)).trim(),
      fallback: bar === -1 ? undefined : inner.slice(bar + 1).trim(),
      at,
      written: text.slice(at, after),
    });
    at = text.indexOf('{{', after);
  }
  return found;
}

/** Puts values where variables stand. A value is text and nothing else: what looks like a variable in it stays so. */
export function render(
  text: string,
  fill: (name: string) => string | null | undefined,
): { text: string; missing: string[] } {
  const missing = new Set<string>();
  let rendered = '';
  let from = 0;
  for (const { name, fallback, at, written } of variablesIn(text)) {
    const value = fill(name)?.trim() || fallback;
    if (value === undefined) missing.add(name);
    rendered += text.slice(from, at) + (value ?? written);
    from = at + written.length;
  }
  return { text: rendered + text.slice(from), missing: [...missing] };
}

/** `line 2, column 5`, for people: both from 1. */
export function placeIn(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n');
  return `line ${lines.length}, column ${[...(lines.at(-1) ?? '')].length + 1}`;
}
