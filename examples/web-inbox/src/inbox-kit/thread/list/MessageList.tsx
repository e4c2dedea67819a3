import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type Ref, useCallback, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { cx } from '../../ui.js';
import { DayDivider, UnreadDivider } from './Dividers.js';
import { NewMessages } from './NewMessages.js';
import type { Row } from './rows.js';
import { useActiveRow } from './use-active-row.js';
import { useAnchor } from './use-anchor.js';
import { useArrivals } from './use-arrivals.js';

/** What can be asked of a list of messages. */
export interface MessageListHandle {
  scrollToEnd(): void;
  /** Shows the message and marks it for a moment; false where it is not loaded. */
  show(id: string): boolean;
  focus(): void;
}

export interface MessageListProps {
  rows: readonly Row[];
  /** Whose conversation it is. */
  label: string;
  hasOlder: boolean;
  /** What stands above the oldest message: the beginning, a skeleton, an error. */
  top: ReactNode;
  /** The reader comes near the oldest message. */
  onNearTop(): void;
  /** The reader came to the newest message, or left it. */
  onAtEnd?: ((atEnd: boolean) => void) | undefined;
  /** Enter on the message that the arrow keys stand on. */
  onEnter?: ((row: Row) => void) | undefined;
  renderRow(row: Row, active: boolean): ReactNode;
  ref?: Ref<MessageListHandle> | undefined;
}

/** Room for what stands above the oldest message; always the same, so that nothing moves when it changes. */
const topRoom = 88;
/** So near to the end counts as at the end. */
const nearEnd = 48;
const nearTop = 600;

/**
 * The messages of a conversation, as many as there are. What the reader looks at stays where it is, whatever arrives
 * below or is loaded above; at the end, the newest stays in sight.
 */
export function MessageList(props: MessageListProps) {
  const { rows, label, hasOlder, top, onNearTop, onAtEnd, onEnter, renderRow, ref } = props;
  const scroller = useRef<HTMLElement>(null);
  const height = useRef(0);
  /** Where the reader was last. */
  const place = useRef(0);
  const [atEnd, setAtEnd] = useState(() => !rows.some(({ unread }) => unread));
  const [marked, setMarked] = useState<string>();
  const active = useActiveRow(rows, onEnter);
  const virtualizer = useVirtualizer<HTMLElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => rows[index]?.id ?? index,
    estimateSize: (index) => estimate(rows[index]),
    rangeExtractor: active.keepInRange,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: nearEnd,
    paddingStart: topRoom,
    paddingEnd: 12,
    scrollPaddingStart: 48,
    overscan: 8,
  });
  const arrivals = useArrivals(rows, atEnd);
  const anchor = useAnchor(scroller, rows, atEnd);

  const look = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const end = distance(element) <= nearEnd;
    place.current = element.scrollTop;
    setAtEnd(end);
    onAtEnd?.(end);
    if (element.scrollTop < nearTop) onNearTop();
  }, [onAtEnd, onNearTop]);

  function toEnd(): void {
    anchor.release();
    virtualizer.scrollToEnd();
  }

  // What is drawn is measured, and ends elsewhere than was guessed: the end stays in sight, unless the reader left it.
  const size = virtualizer.getTotalSize();
  useLayoutEffect(() => {
    const element = scroller.current;
    if (size === 0 || !element) return;
    if (atEnd && distance(element) > 0 && element.scrollTop >= place.current - 1)
      element.scrollTop = element.scrollHeight;
    if (distance(element) <= nearEnd) look();
  }, [size, look, atEnd]);

  const started = useRef(false);
  useLayoutEffect(() => {
    if (started.current || rows.length === 0) return;
    started.current = true;
    const unread = rows.findIndex((row) => row.unread);
    if (unread < 0) virtualizer.scrollToEnd();
    // At the first one it stands already; to be told so would hold it there while older ones come before it.
    else if (unread > 0) virtualizer.scrollToIndex(unread, { align: 'start' });
    requestAnimationFrame(look);
  });
  // A composer that grows, a keyboard that opens: the newest stays in sight.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => {
      const lost = height.current - element.clientHeight;
      height.current = element.clientHeight;
      if (lost > 0 && distance(element) - lost <= nearEnd) element.scrollTop = element.scrollHeight;
      look();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [look]);
  // What fits without scrolling has nobody to scroll it.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (hasOlder && element && element.scrollHeight <= element.clientHeight + nearTop) onNearTop();
  }, [hasOlder, onNearTop]);

  useImperativeHandle(ref, () => ({
    scrollToEnd: toEnd,
    show(id) {
      const index = rows.findIndex((row) => row.id === id);
      if (index < 0) return false;
      anchor.release();
      setAtEnd(false);
      virtualizer.scrollToIndex(index, { align: 'center' });
      setMarked(id);
      setTimeout(() => setMarked((now) => (now === id ? undefined : now)), 1_600);
      return true;
    },
    focus: () => scroller.current?.focus(),
  }));

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <section
        ref={scroller}
        role="log"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        aria-label={label}
        aria-live="off"
        onScroll={() => {
          look();
          anchor.note();
        }}
        onKeyDown={active.onKeyDown}
        onFocus={active.onFocus}
        className="focus-inset @container flex min-h-0 flex-1 flex-col overflow-y-auto overflow-x-hidden overscroll-contain [overflow-anchor:none]"
      >
        <div className="relative mt-auto w-full shrink-0 transition-none" style={{ height: size }}>
          <div className="absolute inset-x-0 top-0 flex flex-col justify-center" style={{ height: topRoom }}>
            {top}
          </div>
          {/* Where a row stands is read back at once: no style sheet may let it glide there. */}
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            return (
              <div
                key={row.id}
                ref={virtualizer.measureElement}
                data-index={item.index}
                data-row={row.id}
                className="absolute inset-x-0 top-0 transition-none"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {row.day !== undefined && <DayDivider at={row.day} />}
                {row.unread && <UnreadDivider />}
                <article
                  data-message={row.id}
                  tabIndex={-1}
                  className={cx(
                    'group/row focus-inset rounded-lg transition-colors duration-500',
                    marked === row.id && 'bg-accent-soft',
                  )}
                >
                  {renderRow(row, active.id === row.id)}
                </article>
              </div>
            );
          })}
        </div>
      </section>
      {!atEnd && <NewMessages count={arrivals} onClick={toEnd} />}
    </div>
  );
}

/** How far the end is, in pixels. */
function distance({ scrollHeight, scrollTop, clientHeight }: HTMLElement): number {
  return scrollHeight - scrollTop - clientHeight;
}

/** A first guess at the height; what is drawn is measured. */
function estimate(row: Row | undefined): number {
  if (!row) return 56;
  const { item } = row;
  const text =
    item.type === 'message' ? textOf(item.message.content) : item.type === 'note' ? item.note.text : item.outgoing.text;
  const lines = Math.min(26, Math.ceil((text?.length ?? 200) / 56));
  return 36 + lines * 20 + (row.day === undefined ? 0 : 48) + (row.first ? 10 : 2);
}

function textOf(content: object): string | undefined {
  return 'text' in content && typeof content.text === 'string' ? content.text : undefined;
}
