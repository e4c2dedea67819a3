import { ListFilter, Menu, Search as SearchIcon, X } from 'lucide-react';
import type { Ref } from 'react';
import { cx } from '../../inbox-kit/class-names.js';
import { Button, Kbd, Spinner } from '../../inbox-kit/ui.js';
import { Bell } from '../notifications/Bell.js';

export interface ListHeaderProps {
  title: string;
  /** How many stand in it, in words; undefined until that is known. */
  count: string | undefined;
  onMenu?: (() => void) | undefined;
  filtering: boolean;
  /** Filters that are set. */
  filters: number;
  onFilter(): void;
  text: string;
  onText(text: string): void;
  onLeave(): void;
  /** The same words, looked for everywhere. */
  onEverywhere(): void;
  searching: boolean;
  fieldRef: Ref<HTMLInputElement>;
}

/** Which list it is, and what it is narrowed by. */
export function ListHeader(props: ListHeaderProps) {
  const {
    title,
    count,
    onMenu,
    filtering,
    filters,
    onFilter,
    text,
    onText,
    onLeave,
    onEverywhere,
    searching,
    fieldRef,
  } = props;
  return (
    <header className="shrink-0 space-y-2 border-border border-b px-3 pt-2.5 pb-2.5">
      <div className="flex h-9 items-center gap-2">
        {onMenu && (
          <Button variant="ghost" size="icon" onClick={onMenu} aria-label="Menu" className="-ml-1">
            <Menu aria-hidden="true" className="size-5" />
          </Button>
        )}
        <h1 dir="auto" className="truncate pl-1 font-semibold text-base">
          {title}
        </h1>
        <span className="grow truncate text-2xs text-text-muted tabular-nums">{count}</span>
        {onMenu && <Bell />}
        <Button
          variant="ghost"
          size="icon"
          onClick={onFilter}
          aria-expanded={filtering}
          aria-label={filters > 0 ? `Filter, ${filters} set` : 'Filter'}
          title="Filter (f)"
          className={cx('relative', filters > 0 && 'text-accent')}
        >
          <ListFilter aria-hidden="true" className="size-4" />
          {filters > 0 && (
            <span aria-hidden="true" className="absolute top-1.5 right-1.5 size-2 rounded-full bg-accent" />
          )}
        </Button>
      </div>
      <div className="relative">
        <SearchIcon
          aria-hidden="true"
          className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-2.5 size-4 text-text-muted"
        />
        <input
          ref={fieldRef}
          type="search"
          value={text}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              onEverywhere();
            } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
              event.preventDefault();
              onLeave();
            }
          }}
          aria-label={`Search in ${title}`}
          placeholder="Search in this list"
          className="h-9 w-full rounded-lg border border-border bg-background pr-9 pl-8.5 text-sm pointer-coarse:text-base focus-visible:border-accent [&::-webkit-search-cancel-button]:hidden"
        />
        <span className="-translate-y-1/2 absolute top-1/2 right-1.5 flex items-center text-text-muted">
          {searching ? (
            <Spinner className="mr-1.5" />
          ) : text ? (
            <Button
              variant="ghost"
              size="sm"
              className="px-1.5"
              onClick={() => onText('')}
              aria-label="Clear the search"
            >
              <X aria-hidden="true" className="size-4" />
            </Button>
          ) : (
            <Kbd keys="/" className="mr-1 pointer-coarse:hidden" />
          )}
        </span>
      </div>
    </header>
  );
}
