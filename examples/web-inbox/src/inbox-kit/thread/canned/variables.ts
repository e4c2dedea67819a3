/** What a canned response leaves open: `{{contact.attributes.plan}}`. */
const pattern = /\{\{\s*((?:contact|user|team|organization)\.[a-z0-9_.-]+)\s*(?:\|[^{}]*)?\}\}/g;

/** The variables that a text still has, each once, in order. */
export function openVariables(text: string): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name]) => name ?? ''))];
}

/** Puts a value wherever the variable stands. */
export function fillIn(text: string, name: string, value: string): string {
  return text.replace(pattern, (written, found: string) => (found === name ? value : written));
}

/** How a variable is called among people: `contact.attributes.plan` is "plan". */
export function variableLabel(name: string): string {
  const known: Readonly<Record<string, string>> = {
    'contact.name': 'Customer’s name',
    'contact.first_name': 'Customer’s first name',
    'user.name': 'Your name',
    'user.first_name': 'Your first name',
    'team.name': 'Team',
    'organization.name': 'Organization',
  };
  return known[name] ?? (name.split('.').at(-1) ?? name).replaceAll(/[_-]/g, ' ');
}

/** What is typed after the `/` that begins the text; undefined where it does not begin so, or goes on after a space. */
export function typedShortcut(before: string): string | undefined {
  return /^\/([^\s/]{0,50})$/.exec(before)?.[1]?.toLowerCase();
}

interface Canned {
  readonly shortcut: string;
  readonly title: string;
  readonly text: string;
}

/** Those that are meant by what is typed: a shortcut that begins so first, then what has it in its title or its text. */
export function cannedLike<T extends Canned>(all: readonly T[], typed: string): T[] {
  const rank = ({ shortcut, title, text }: T) => {
    if (shortcut.startsWith(typed)) return 0;
    if (title.toLowerCase().includes(typed) || shortcut.includes(typed)) return 1;
    return text.toLowerCase().includes(typed) ? 2 : 3;
  };
  return all
    .map((one) => ({ one, rank: rank(one) }))
    .filter((ranked) => ranked.rank < 3)
    .sort((a, b) => a.rank - b.rank || (a.one.shortcut < b.one.shortcut ? -1 : 1))
    .map(({ one }) => one);
}

/** The text as it reads in a list: variables by what they are called. */
export function readable(text: string): string {
  return text.replace(pattern, (_written, name: string) => `[${variableLabel(name)}]`);
}
