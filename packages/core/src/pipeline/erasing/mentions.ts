/**
 * Tells texts that name one of the addresses: as it is, or a number without its plus, and not as a part of something
 * longer; or inside what is base 64, as in WhatsApp's ids.
 */
export function mentionsOf(addresses: readonly string[]): (text: string) => boolean {
  const forms = [...new Set(addresses.flatMap((one) => [one, one.replace(/^\+/, '')]))].filter((form) => form !== '');
  if (forms.length === 0) return () => false;
  const spelt = forms.map(escaped).join('|');
  const coded = forms.flatMap(inBase64).map(escaped);
  const pattern = new RegExp([`(?<![\\p{L}\\p{N}])(?:${spelt})(?![\\p{L}\\p{N}])`, ...coded].join('|'), 'u');
  return (text) => pattern.test(text);
}

/** Shorter ones stand in other bytes by chance. */
const shortest = 8;

/** What does not depend on what stands before and behind it: three bytes are four letters, wherever they begin. */
function inBase64(form: string): string[] {
  const bytes = Buffer.from(form);
  return [0, 1, 2].flatMap((before) => {
    const start = (3 - before) % 3;
    const whole = bytes.subarray(start, start + Math.floor((bytes.length - start) / 3) * 3);
    const letters = whole.toString('base64');
    return letters.length >= shortest ? letters : [];
  });
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
