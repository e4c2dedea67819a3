import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';
import { drawnMessage, drawnMessages } from './drawn.js';
import type { Row } from './rows.js';

interface Anchor {
  readonly id: string;
  /** Where it stands on the screen. */
  readonly top: number;
}

/**
 * Keeps the message that the reader looks at where it is on the screen, to the pixel: also when a divider above it goes
 * away because older messages came before it, and when those turn out to be higher than they were guessed.
 */
export function useAnchor(scroller: RefObject<HTMLElement | null>, rows: readonly Row[], atEnd: boolean) {
  const anchor = useRef<Anchor>(undefined);
  const known = useRef(rows);
  /** The rows have just changed: until the frame after the next one, drawing and measuring take turns. */
  const settling = useRef(0);

  const note = useCallback(() => {
    const element = scroller.current;
    if (element && settling.current === 0) anchor.current = firstInSight(element);
  }, [scroller]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (rows !== known.current && !atEnd && settling.current === 0) {
      settling.current = requestAnimationFrame(() => {
        // Sizes are told after the callbacks of a frame.
        settling.current = requestAnimationFrame(() => {
          settling.current = 0;
          note();
        });
      });
    }
    known.current = rows;
    if (element && anchor.current && settling.current !== 0) {
      const article = drawnMessage(element, anchor.current.id);
      const moved = article ? article.getBoundingClientRect().top - anchor.current.top : 0;
      if (Math.abs(moved) >= 1) element.scrollTop += moved;
    }
    note();
  });

  /** The reader is led elsewhere: nothing of before is to be kept. */
  const release = useCallback(() => {
    cancelAnimationFrame(settling.current);
    settling.current = 0;
    anchor.current = undefined;
  }, []);

  return { note, release };
}

function firstInSight(element: HTMLElement): Anchor | undefined {
  const { top } = element.getBoundingClientRect();
  for (const article of drawnMessages(element)) {
    const place = article.getBoundingClientRect();
    if (place.bottom > top) return { id: article.dataset.message ?? '', top: place.top };
  }
  return undefined;
}
