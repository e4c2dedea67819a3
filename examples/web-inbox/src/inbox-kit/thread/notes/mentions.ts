/** As many as a note can have. */
const mostMentions = 20;

/** Somebody who can be mentioned. */
interface Named {
  readonly id: string;
  readonly name: string;
}

/** What is typed of a name after an `@`, at the end of the text as far as the caret; undefined where there is none. */
export function typedName(before: string): string | undefined {
  const found = /(?:^|[\s(])@([^@\n]{0,40})$/u.exec(before)?.[1];
  return found?.startsWith(' ') ? undefined : found;
}

/** Those whose name has a word that begins like this, all words of it in turn. */
export function namedLike<T extends Named>(people: readonly T[], typed: string): T[] {
  const wanted = typed.toLocaleLowerCase().trimEnd();
  return people
    .filter(({ name }) => {
      const whole = name.toLocaleLowerCase();
      return whole.startsWith(wanted) || whole.split(/\s+/).some((word) => wanted !== '' && word.startsWith(wanted));
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * Who is mentioned in a text by `@` and their whole name. Of two who are called the same, the one who was chosen.
 *
 * @param chosen ids of those who were chosen from the list
 */
export function mentionedIn(text: string, people: readonly Named[], chosen: ReadonlySet<string>): string[] {
  const found = new Set<string>();
  for (const { name } of pieces(text, people)) {
    if (name === undefined) continue;
    const called = people.filter((one) => one.name === name);
    const meant = called.filter(({ id }) => chosen.has(id));
    for (const { id } of meant.length > 0 ? meant : called.slice(0, 1)) found.add(id);
  }
  return [...found].slice(0, mostMentions);
}

/** The text in pieces, those with a `name` being mentions. */
export function pieces(text: string, people: readonly Named[]): { text: string; name?: string }[] {
  const names = [...new Set(people.map(({ name }) => name))].sort((a, b) => b.length - a.length);
  if (names.length === 0) return [{ text }];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}@])@(${names.map(escaped).join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  const found: { text: string; name?: string }[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) found.push({ text: text.slice(from, match.index) });
    found.push({ text: match[0], name: match[1] ?? '' });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
