import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';
import type { Row } from './rows.js';

/**
 * Keeps the message that the reader looks at where it is on the screen, to the pixel: also when a divider above it goes
 * away because older messages came before it.
 */
export function useAnchor(scroller: RefObject<HTMLElement | null>, rows: readonly Row[], atEnd: boolean) {
  const anchor = useRef<{ id: string; top: number }>(undefined);
  const known = useRef(rows);

  const note = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const top = element.getBoundingClientRect().top;
    for (const article of element.querySelectorAll<HTMLElement>('[data-message]')) {
      const place = article.getBoundingClientRect();
      if (place.bottom <= top) continue;
      anchor.current = { id: article.dataset.message ?? '', top: place.top };
      return;
    }
  }, [scroller]);

  useLayoutEffect(() => {
    const element = scroller.current;
    const before = anchor.current;
    if (element && before && rows !== known.current && !atEnd) {
      const article = element.querySelector<HTMLElement>(`[data-message="${CSS.escape(before.id)}"]`);
      const moved = article ? article.getBoundingClientRect().top - before.top : 0;
      if (Math.abs(moved) >= 1) element.scrollTop += moved;
    }
    known.current = rows;
    note();
  });

  return { note };
}
