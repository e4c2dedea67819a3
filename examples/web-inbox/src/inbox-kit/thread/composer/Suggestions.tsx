import { type ReactNode, useEffect, useRef } from 'react';
import { cx } from '../../ui.js';

/** Something that can be chosen for what is being typed. */
export interface Suggestion {
  readonly id: string;
  readonly shown: ReactNode;
  /** So many characters before the caret give way to the text. */
  readonly replaces: number;
  readonly insert?: string | undefined;
  /** What else its choice means. */
  readonly onChoose?: (() => void) | undefined;
}

export interface SuggestionsProps {
  id: string;
  label: string;
  items: readonly Suggestion[];
  active: number;
  onPick(index: number): void;
}

/** What can be chosen, above the field in which the caret stays. */
export function Suggestions({ id, label, items, active, onPick }: SuggestionsProps) {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the one that is chosen stays in sight
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label={label}
      className="absolute inset-x-0 bottom-full z-30 mb-1.5 max-h-[min(18rem,45dvh)] animate-rise overflow-y-auto overscroll-contain rounded-xl border border-border bg-surface-raised p-1.5 shadow-raised"
    >
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys go to the field, where the caret is
        <div
          key={item.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          // The field keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(index)}
          className={cx(
            'flex min-h-9 cursor-pointer select-none items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-sm hover:bg-hover pointer-coarse:min-h-11',
            index === active && 'bg-selected',
          )}
        >
          {item.shown}
        </div>
      ))}
    </div>
  );
}
