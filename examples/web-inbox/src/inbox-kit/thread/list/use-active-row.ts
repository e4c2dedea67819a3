import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';
import { type FocusEvent, type KeyboardEvent, useState } from 'react';
import { drawnMessage } from './drawn.js';
import type { Row } from './rows.js';

const steps: Readonly<Record<string, (index: number, last: number) => number>> = {
  ArrowUp: (index) => Math.max(0, index - 1),
  ArrowDown: (index, last) => Math.min(last, index + 1),
  Home: () => 0,
  End: (_, last) => last,
};

/** The arrow keys go from message to message; the one they stand on has its buttons in the order of focus. */
export function useActiveRow(rows: readonly Row[], onEnter: ((row: Row) => void) | undefined) {
  const [id, setId] = useState<string>();
  const index = rows.findIndex((row) => row.id === id);

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const list = event.currentTarget;
    const onMessage = event.target instanceof HTMLElement && event.target.matches('[data-message]');
    if (event.target !== list && !onMessage) return;
    const row = rows[index];
    if (event.key === 'Enter' && onMessage && row && onEnter) {
      take(event);
      onEnter(row);
      return;
    }
    const next = rows[steps[event.key]?.(index < 0 || !onMessage ? rows.length : index, rows.length - 1) ?? -1];
    if (!next) return;
    take(event);
    setId(next.id);
    // It may have to be drawn first.
    requestAnimationFrame(() => {
      const article = drawnMessage(list, next.id);
      article?.focus({ preventScroll: true });
      article?.scrollIntoView({ block: 'nearest' });
    });
  }

  function onFocus({ target }: FocusEvent<HTMLElement>): void {
    const article = target.closest<HTMLElement>('[data-message]');
    if (article) setId(article.dataset.message);
  }

  function keepInRange(range: Range): number[] {
    const drawn = defaultRangeExtractor(range);
    if (index < 0 || drawn.includes(index)) return drawn;
    return [...drawn, index].sort((a, b) => a - b);
  }

  return { id, onKeyDown, onFocus, keepInRange };
}

/** Nobody else is to act on the key. */
function take(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
