import { Command } from 'cmdk';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';

export interface PickerProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  /** The button that it hangs on. */
  children: ReactNode;
  label: string;
  placeholder: string;
  search: string;
  onSearch(text: string): void;
  maxLength?: number | undefined;
  /** `PickerGroup`s and `PickerItem`s. */
  items: ReactNode;
  /** Whether to narrow the items by what is typed; they decide themselves otherwise. */
  filter?: boolean | undefined;
  empty: ReactNode;
  /** Stands above and below what is chosen from. */
  above?: ReactNode;
  below?: ReactNode;
  /** Which edges stand under each other; `end` unless told. */
  align?: 'start' | 'end' | undefined;
}

/** A list to choose from, narrowed by typing: the arrow keys and Enter do, and so does the mouse. */
export function Picker(props: PickerProps) {
  const { open, onOpenChange, children, label, placeholder, search, onSearch, maxLength, items } = props;
  const { filter, empty, above, below } = props;
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      {children}
      <Popover.Portal>
        <Popover.Content
          align={props.align ?? 'end'}
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          onKeyDown={(event) => event.stopPropagation()}
          className="z-50 w-80 max-w-[calc(100vw-1rem)] animate-rise overflow-hidden rounded-xl border border-border bg-surface-raised shadow-raised outline-none"
        >
          {above}
          <Command label={label} loop shouldFilter={filter ?? true}>
            <Command.Input
              autoFocus
              value={search}
              onValueChange={onSearch}
              placeholder={placeholder}
              maxLength={maxLength}
              className="h-11 w-full border-border border-b bg-transparent px-3.5 text-sm outline-none max-sm:text-base"
            />
            <Command.List
              label={label}
              className="max-h-[min(22rem,var(--radix-popover-content-available-height))] overflow-y-auto overscroll-contain p-1.5"
            >
              <Command.Empty className="px-3 py-6 text-center text-text-muted text-xs">{empty}</Command.Empty>
              {items}
            </Command.List>
          </Command>
          {below}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

export function PickerGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-text-muted"
    >
      {children}
    </Command.Group>
  );
}

export interface PickerItemProps {
  value: string;
  keywords?: string[] | undefined;
  onSelect(): void;
  children: ReactNode;
}

export function PickerItem({ value, keywords, onSelect, children }: PickerItemProps) {
  return (
    <Command.Item
      value={value}
      keywords={keywords}
      onSelect={onSelect}
      className="flex min-h-9 select-none items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-sm data-[selected=true]:bg-selected pointer-coarse:min-h-11"
    >
      {children}
    </Command.Item>
  );
}
