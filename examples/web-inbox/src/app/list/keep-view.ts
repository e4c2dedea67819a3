import type { Conversation } from '@tims/sdk';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import { rowHeight } from '../../inbox-kit/conversation-row.js';

/** Who reads further down keeps what they read before their eyes when rows come in above. */
export function useKeptView(scroller: RefObject<HTMLElement | null>, rows: readonly Conversation[]): void {
  const before = useRef(rows);
  useLayoutEffect(() => {
    const element = scroller.current;
    const former = before.current;
    before.current = rows;
    if (!element || former === rows || element.scrollTop < rowHeight / 2) return;
    element.scrollTop += moved(former, rows, element) * rowHeight;
  }, [rows, scroller]);
}

/** By how many places most of the visible rows moved: one that jumped to the top does not take the reader along. */
function moved(
  former: readonly Conversation[],
  rows: readonly Conversation[],
  { scrollTop, clientHeight }: HTMLElement,
): number {
  const first = Math.floor(scrollTop / rowHeight);
  const visible = former.slice(first, first + Math.ceil(clientHeight / rowHeight));
  const places = new Map(rows.map(({ id }, index) => [id, index]));
  const steps = visible.flatMap(({ id }, index) => {
    const place = places.get(id);
    return place === undefined ? [] : [place - (first + index)];
  });
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? 0;
}
