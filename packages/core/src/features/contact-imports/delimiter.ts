const delimiters = [',', ';', '\t'] as const;

/** The first line of a text, as far as it is there: up to a line's end that no quote holds; undefined where none is. */
export function firstLineOf(text: string): string | undefined {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) return text.slice(0, at);
  }
  return undefined;
}

/** What stands between the cells: whichever of comma, semicolon and tab the heading has most of. */
export function delimiterOf(heading: string): string {
  const plain = heading.replace(/"[^"]*"/g, '');
  const counts = delimiters.map((delimiter) => ({ delimiter, count: plain.split(delimiter).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
}
