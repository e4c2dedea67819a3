import { Check, ListFilter } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { Picker, PickerGroup, PickerItem } from '../../inbox-kit/thread/header/Picker.js';
import type { Narrowing } from '../narrowing.js';
import { spans } from './dates.js';
import type { Dimension } from './use-dimensions.js';

export interface FilterMenuProps {
  dimensions: readonly Dimension[];
  narrowing: Narrowing;
  /** Open at all of them, or at one. */
  open: 'all' | Dimension['key'] | undefined;
  onOpen(open: FilterMenuProps['open']): void;
  onNarrow(change: Narrowing): void;
}

/** Chooses a filter: first what by, then which; or whatever is typed, at once. */
export function FilterMenu({ dimensions, narrowing, open, onOpen, onNarrow }: FilterMenuProps) {
  const [search, setSearch] = useState('');
  const one = dimensions.find(({ key }) => key === open);
  const go = (to: FilterMenuProps['open']) => {
    setSearch('');
    onOpen(to);
  };
  const choose = (change: Narrowing) => {
    go(undefined);
    onNarrow(change);
  };
  const shown = one ? [one] : dimensions;
  return (
    <Picker
      // The field has the focus anew when the step is another.
      key={one?.key ?? 'all'}
      open={open !== undefined}
      onOpenChange={(next) => go(next ? 'all' : undefined)}
      align="start"
      label="Filter"
      placeholder={one ? `${one.title}…` : 'Filter by…'}
      search={search}
      onSearch={setSearch}
      empty="Nothing to filter by is called that."
      items={
        one || search.trim() !== ''
          ? shown.map((dimension) => (
              <PickerGroup key={dimension.key} heading={dimension.title}>
                {valuesOf(dimension).map(({ value, label, change }) => (
                  <PickerItem
                    key={value}
                    value={`${dimension.key} ${value}`}
                    keywords={[dimension.title, dimension.key === 'unread' ? '' : label]}
                    onSelect={() => choose(change)}
                  >
                    <dimension.icon aria-hidden="true" className="size-4 shrink-0 text-text-muted" />
                    <span dir="auto" className="min-w-0 flex-1 truncate">
                      {dimension.key === 'unread' ? 'Unread' : label}
                    </span>
                    {isSet(narrowing, change) && <Check aria-label="set" className="size-4 text-accent" />}
                  </PickerItem>
                ))}
              </PickerGroup>
            ))
          : dimensions.map(({ key, title, icon: Icon, values }) => (
              <PickerItem
                key={key}
                value={key}
                keywords={[title]}
                onSelect={() => (key === 'unread' ? choose(values[0]?.change ?? {}) : go(key))}
              >
                <Icon aria-hidden="true" className="size-4 shrink-0 text-text-muted" />
                <span className="flex-1">{title}</span>
                {narrowing[key] !== undefined && <Check aria-label="set" className="size-4 text-accent" />}
              </PickerItem>
            ))
      }
    >
      <Popover.Trigger className="inline-flex h-7 items-center gap-1.5 rounded-full border border-border-strong border-dashed bg-surface px-2.5 text-xs hover:bg-hover pointer-coarse:h-9">
        <ListFilter aria-hidden="true" className="size-3.5" />
        Filter
      </Popover.Trigger>
    </Picker>
  );
}

function valuesOf({ key, values }: Dimension): Dimension['values'] {
  return key === 'from' ? spans().map((span) => ({ ...span, value: span.label })) : values;
}

function isSet(narrowing: Narrowing, change: Narrowing): boolean {
  return Object.entries(change).every(([key, value]) => narrowing[key as keyof Narrowing] === value);
}
