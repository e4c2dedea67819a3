/**
 * Tells texts that name one of the addresses: as it is, or a number without its plus, and not as a part of something
 * longer.
 */
export function mentionsOf(addresses: readonly string[]): (text: string) => boolean {
  const forms = addresses.flatMap((address) => [address, address.replace(/^\+/, '')]).filter((form) => form !== '');
  if (forms.length === 0) return () => false;
  // The plus is no letter, so that it stands before a number or does not.
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${forms.map(escaped).join('|')})(?![\\p{L}\\p{N}])`, 'u');
  return (text) => pattern.test(text);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

/** A body as people would read it: stored as bytes or as text, with or without what JSON escapes. */
export function readable(body: Buffer | string): string {
  const text = typeof body === 'string' ? body : body.toString('utf8');
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll('\\/', '/');
}

/** Everything in a body that may be a provider's id of something. */
export function tokensOf(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(/"([^"\\\s]{4,191})"/g), ([, token = '']) => token))];
}
