/** What stands in a text in the place of something that is known only when it is sent. */
export const variables = [
  { name: 'contact.first_name', says: 'The customer’s first name', sample: 'Nadia' },
  { name: 'contact.name', says: 'The customer’s name', sample: 'Nadia Rahman' },
  { name: 'user.first_name', says: 'Your first name', sample: 'Mei' },
  { name: 'user.name', says: 'Your name', sample: 'Mei Tan' },
  { name: 'team.name', says: 'The team’s name', sample: 'Customer Experience' },
  { name: 'organization.name', says: 'The organization’s name', sample: 'Example' },
] as const;

const attribute = /^contact\.attributes\.[a-z][a-z0-9_-]{0,31}$/;

/** A part of a text: said as it stands, or filled in. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  /** With what is known of a customer, as an example. */
  | { readonly kind: 'filled'; readonly text: string; readonly name: string }
  /** Nothing is known, and this stands in for it. */
  | { readonly kind: 'fallback'; readonly text: string; readonly name: string }
  /** Nothing is known, and nothing stands in: the agent is asked before it is sent. */
  | { readonly kind: 'missing'; readonly text: string; readonly name: string }
  /** There is no such variable. */
  | { readonly kind: 'unknown'; readonly text: string };

/** The text in parts, for a customer of whom everything or nothing is known. The server reads texts alike. */
export function partsOf(text: string, known: boolean): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (let at = text.indexOf('{{'); at !== -1; at = text.indexOf('{{', from)) {
    if (at > from) parts.push({ kind: 'text', text: text.slice(from, at) });
    const end = text.indexOf('}}', at + 2);
    const after = end === -1 ? text.length : end + 2;
    parts.push(partOf(text.slice(at, after), end === -1 ? text.slice(at) : text.slice(at + 2, end), known));
    from = after;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}

function partOf(written: string, inner: string, known: boolean): Part {
  const bar = inner.indexOf('|');
  const name = (bar === -1 ? inner : inner.slice(0, bar)).trim();
  const fallback = bar === -1 ? '' : inner.slice(bar + 1).trim();
  const found = variables.find((one) => one.name === name);
  if (!found && !attribute.test(name)) return { kind: 'unknown', text: written };
  const ofCustomer = name.startsWith('contact.');
  if (known || !ofCustomer)
    return { kind: 'filled', text: found?.sample ?? name.slice('contact.attributes.'.length), name };
  return fallback === '' ? { kind: 'missing', text: written, name } : { kind: 'fallback', text: fallback, name };
}
