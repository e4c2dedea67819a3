import { useVirtualizer } from '@tanstack/react-virtual';
import type { Store } from '@tims/sdk';
import { ArrowUp, Check } from 'lucide-react';
import {
  type MouseEvent,
  type ReactNode,
  type Ref,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';
import { cx } from '../../inbox-kit/class-names.js';
import { ConversationRow, rowHeight } from '../../inbox-kit/conversation-row.js';
import { type Colleague, useInbox } from '../../inbox-kit/inbox.js';
import { Link } from '../router.js';
import type { Route } from '../routes.js';
import { useKeptView } from './keep-view.js';
import type { SteadyRows } from './steady-rows.js';

/** What keys do with the rows. */
export interface RowsHandle {
  show(index: number): void;
  focus(): void;
}

export interface RowsProps {
  ref?: Ref<RowsHandle> | undefined;
  label: string;
  /** Under which the place in the list is remembered. */
  name: string;
  rows: SteadyRows;
  route: Route;
  cursorId: string | undefined;
  colleagues: ReadonlyMap<string, Colleague>;
  /** Whose own conversations need no picture of them; undefined shows everybody's. */
  hideAssignee?: string | undefined;
  onTouch(): void;
  onRelease(): void;
  onPoint(id: string): void;
  onNearEnd(): void;
  footer: ReactNode;
  /** Those that something is to be done with. */
  checked: ReadonlySet<string>;
  onCheck(id: string, extend: boolean): void;
  /** There are several channels, so that it says something which one it is. */
  showChannel: boolean;
}

const fromEnd = 15;
/** How far each list of a store was scrolled. */
const remembered = new WeakMap<Store, Map<string, number>>();
const domId = (id: string) => `conversation-${id}`;

/** The rows of a list, of which only those exist that are seen. */
export function Rows(props: RowsProps) {
  const { label, name, rows, route, cursorId, colleagues, hideAssignee, onTouch, onRelease, onPoint, onNearEnd } =
    props;
  const scroller = useRef<HTMLDivElement>(null);
  const listbox = useRef<HTMLDivElement>(null);
  const offsets = useOffsets();
  const all = rows.rows;
  const virtual = useVirtualizer({
    count: all.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    // One function for as long as the rows are the same: each new one has all places counted anew.
    getItemKey: useCallback((index: number) => all[index]?.id ?? index, [all]),
    overscan: 6,
    initialOffset: offsets.get(name) ?? 0,
  });
  const items = virtual.getVirtualItems();
  useKeptView(scroller, all);
  useRememberedOffset(scroller, offsets, name);

  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= all.length - fromEnd) onNearEnd();
  }, [last, all.length, onNearEnd]);

  useImperativeHandle(props.ref, () => ({
    show: (index) => virtual.scrollToIndex(index),
    focus: () => listbox.current?.focus({ preventScroll: true }),
  }));

  const active = items.some(({ key }) => key === cursorId) ? cursorId : undefined;
  return (
    <div className="relative min-h-0 grow">
      {rows.waiting > 0 && (
        <button
          type="button"
          onClick={() => {
            onRelease();
            scroller.current?.scrollTo({ top: 0 });
          }}
          className="-translate-x-1/2 -translate-y-1/2 absolute top-0 left-1/2 z-10 inline-flex h-7 animate-rise items-center gap-1.5 rounded-full bg-brand px-3 font-medium text-on-brand text-xs shadow-raised"
        >
          <ArrowUp aria-hidden="true" className="size-3.5" />
          {rows.waiting} new
        </button>
      )}
      <div
        ref={scroller}
        data-chat-list=""
        className="h-full overflow-y-auto overscroll-contain [contain:strict]"
        onPointerMove={onTouch}
        onPointerDown={onTouch}
        onPointerLeave={onRelease}
        onWheel={onTouch}
        onTouchMove={onTouch}
      >
        <div
          ref={listbox}
          role="listbox"
          aria-label={label}
          aria-multiselectable={props.checked.size > 0 || undefined}
          aria-activedescendant={active === undefined ? undefined : domId(active)}
          tabIndex={0}
          className="group/list relative outline-none"
          style={{ height: virtual.getTotalSize() }}
        >
          {items.map(({ index, key, start }) => {
            const conversation = all[index];
            if (!conversation) return null;
            const { id, assigneeId } = conversation;
            const selected = id === route.conversationId;
            const checked = props.checked.has(id);
            return (
              <Link
                key={key}
                id={domId(id)}
                role="option"
                aria-selected={selected}
                aria-checked={props.checked.size > 0 ? checked : undefined}
                aria-posinset={index + 1}
                aria-setsize={all.length}
                tabIndex={-1}
                draggable={false}
                to={{ ...route, conversationId: id, messageId: undefined }}
                onClick={(event) => {
                  onPoint(id);
                  if (!event.shiftKey && !isMark(event)) return;
                  event.preventDefault();
                  props.onCheck(id, event.shiftKey);
                }}
                className="group absolute inset-x-0 block outline-none"
                style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              >
                <ConversationRow
                  conversation={conversation}
                  assignee={assigneeId && assigneeId !== hideAssignee ? colleagues.get(assigneeId) : undefined}
                  selected={selected}
                  cursor={id === cursorId}
                  gone={rows.gone.has(id)}
                  showChannel={props.showChannel}
                />
                <Mark checked={checked} shown={props.checked.size > 0} />
              </Link>
            );
          })}
        </div>
        {props.footer}
      </div>
    </div>
  );
}

/** Lies over the picture: a press there selects the row, and does not open it. */
function Mark({ checked, shown }: { checked: boolean; shown: boolean }) {
  return (
    <>
      {checked && <span aria-hidden="true" className="pointer-events-none absolute inset-0 bg-accent/12" />}
      <span
        aria-hidden="true"
        data-mark=""
        className={cx(
          'absolute top-2 left-2.5 flex size-10 items-center justify-center rounded-full',
          checked || shown ? '' : 'opacity-0 group-hover:opacity-100 pointer-coarse:hidden',
        )}
      >
        <span
          className={cx(
            'flex size-6 items-center justify-center rounded-md border-2',
            checked ? 'border-accent bg-accent text-on-accent' : 'border-border-strong bg-surface/95',
          )}
        >
          {checked && <Check className="size-4" strokeWidth={3} />}
        </span>
      </span>
    </>
  );
}

function isMark({ target }: MouseEvent): boolean {
  return target instanceof Element && target.closest('[data-mark]') !== null;
}

function useOffsets(): Map<string, number> {
  const { store } = useInbox();
  const known = remembered.get(store) ?? new Map<string, number>();
  remembered.set(store, known);
  return known;
}

function useRememberedOffset(
  scroller: RefObject<HTMLElement | null>,
  offsets: Map<string, number>,
  name: string,
): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    return () => {
      if (element) offsets.set(name, element.scrollTop);
    };
  }, [scroller, offsets, name]);
}
