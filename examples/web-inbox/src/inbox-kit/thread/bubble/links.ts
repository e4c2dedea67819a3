/** A piece of a text: plain, or something that can be followed. */
export interface Piece {
  readonly text: string;
  readonly href?: string;
}

/** An address ends where it could show something else than it is: at spaces, quotes, and signs that turn the direction. */
const address = String.raw`[^\s<>"'\u0060\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+`;
const mailbox = String.raw`[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+`;
const pattern = new RegExp(
  String.raw`(?<url>https?://${address}|www\.${address})|(?<mail>(?:mailto:)?${mailbox})|(?<tel>tel:\+?[\d().-]{3,20})`,
  'giu',
);

/** Where nothing else is behind a link than what it says. */
const safe = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** Cuts a text into plain pieces and links. */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const shown = match.groups?.url ? withoutTail(match[0]) : match[0];
    const href = match.groups && safeHref(hrefOf(shown, match.groups));
    if (href === undefined) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: shown, href });
    end = match.index + shown.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** The address if following it is safe: a web page, a mail, a call. */
export function safeHref(href: string | undefined): string | undefined {
  try {
    const url = new URL(href ?? '');
    return safe.has(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function hrefOf(shown: string, groups: Record<string, string | undefined>): string {
  if (groups.mail) return shown.toLowerCase().startsWith('mailto:') ? shown : `mailto:${shown}`;
  return shown.toLowerCase().startsWith('www.') ? `https://${shown}` : shown;
}

/** Signs at the end belong to the sentence, and a bracket that was opened before the address to whoever opened it. */
function withoutTail(url: string): string {
  for (let shown = url; ; ) {
    const cut = shown.replace(/[.,;:!?…]+$/u, '');
    const open = cut.split('(').length;
    const next = cut.endsWith(')') && cut.split(')').length > open ? cut.slice(0, -1) : cut;
    if (next === shown) return shown;
    shown = next;
  }
}
