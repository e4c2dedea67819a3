import { Fragment, useMemo, useState } from 'react';
import { beginningOf } from './fold.js';
import { linkify } from './links.js';

/**
 * What somebody wrote, as text and nothing else: links that are safe to follow, its own direction line by line, words
 * that break. A very long one is folded.
 *
 * @param tail pixels kept free behind the last word, for what stands there
 */
export function LongText({ text, tail = 0 }: { text: string; tail?: number | undefined }) {
  const [whole, setWhole] = useState(false);
  const beginning = useMemo(() => beginningOf(text), [text]);
  const folded = beginning !== undefined && !whole;
  return (
    <>
      <div dir="auto" className="whitespace-pre-wrap break-words [overflow-wrap:anywhere] [unicode-bidi:plaintext]">
        <Linked text={folded ? beginning : text} />
        {folded && '…'}
        {tail > 0 && <span aria-hidden="true" className="inline-block" style={{ width: tail }} />}
      </div>
      {beginning !== undefined && (
        <button
          type="button"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
          className="mt-1 rounded font-medium text-accent hover:underline"
        >
          {whole ? 'Show less' : `Show all (${text.length.toLocaleString()} characters)`}
        </button>
      )}
    </>
  );
}

/** A text with its links. */
export function Linked({ text }: { text: string }) {
  const pieces = useMemo(() => linkify(text), [text]);
  return pieces.map(({ text: shown, href }, index) =>
    href === undefined ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name, and hold no state
      <Fragment key={index}>{shown}</Fragment>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the same
      <SafeLink key={index} href={href}>
        {shown}
      </SafeLink>
    ),
  );
}

/** A link out of here: the page that it opens learns nothing of this one and cannot reach it. */
export function SafeLink({ href, children }: { href: string; children: string }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      dir="ltr"
      className="text-accent underline decoration-accent/40 underline-offset-2 [unicode-bidi:isolate] hover:decoration-accent"
    >
      {children}
    </a>
  );
}
