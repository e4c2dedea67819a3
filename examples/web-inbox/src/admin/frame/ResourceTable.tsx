import { Search } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { controlClass } from '../../forms/Field.js';
import { cx } from '../../inbox-kit/class-names.js';
import { errorText } from '../../inbox-kit/error-text.js';
import { Button, EmptyState, ErrorState } from '../../inbox-kit/ui.js';
import { type RowAction, RowMenu } from './RowMenu.js';

export interface Column<T> {
  readonly title: string;
  cell(row: T): ReactNode;
  /** Left out where the window is narrower. */
  readonly from?: 'sm' | 'md' | 'lg' | undefined;
}

export interface ResourceTableProps<T> {
  /** What is listed: "Users". */
  label: string;
  /** Undefined while it is loading. */
  rows: readonly T[] | undefined;
  error?: unknown;
  onRetry?: (() => void) | undefined;
  busy?: boolean | undefined;
  keyOf(row: T): string;
  /** What a line is called, for those who listen: "Mei Tan". */
  nameOf(row: T): string;
  /** The first one names the line. */
  columns: readonly Column<T>[];
  /** The line itself can be pressed. */
  onOpen?: ((row: T) => void) | undefined;
  actions?: ((row: T) => readonly RowAction[]) | undefined;
  /** What is searched through, in lower case or not. */
  searchIn?: ((row: T) => string) | undefined;
  /** Beside the search. */
  filters?: ReactNode;
  empty: { title: string; text: string };
  /** How many lines are drawn before more are asked for. */
  most?: number | undefined;
}

const shownFirst = 100;
const widths = { sm: 'hidden sm:table-cell', md: 'hidden md:table-cell', lg: 'hidden lg:table-cell' } as const;

/** A list of whatever there is: searched, opened, and with what can be done with each line. */
export function ResourceTable<T>(props: ResourceTableProps<T>) {
  const { label, rows, error, onRetry, busy, searchIn, filters, empty } = props;
  const [search, setSearch] = useState('');
  const [most, setMost] = useState(props.most ?? shownFirst);
  const wanted = plain(search);
  const found = rows && searchIn && wanted ? rows.filter((row) => plain(searchIn(row)).includes(wanted)) : rows;

  if (error) {
    const { title, help } = errorText(error);
    return (
      <div className="rounded-xl border border-border bg-surface">
        <ErrorState title={title} help={help} onRetry={onRetry} busy={busy} />
      </div>
    );
  }
  return (
    <section aria-label={label}>
      {(searchIn || filters) && (
        <div className="mb-3 flex flex-wrap items-center gap-2">
          {searchIn && <SearchBox label={`Search ${label.toLowerCase()}`} value={search} onValue={setSearch} />}
          {filters}
        </div>
      )}
      <div className="overflow-hidden rounded-xl border border-border bg-surface">
        {found === undefined ? (
          <Waiting />
        ) : found.length === 0 ? (
          <div className="py-6">
            {wanted ? (
              <EmptyState title="Nothing found" icon={Search}>
                Nothing here has “{search.trim()}” in it.
              </EmptyState>
            ) : (
              <EmptyState title={empty.title}>{empty.text}</EmptyState>
            )}
          </div>
        ) : (
          <Lines {...props} rows={found.slice(0, most)} />
        )}
      </div>
      {found && found.length > most && (
        <div className="mt-3 flex justify-center">
          <Button onClick={() => setMost(most + shownFirst)}>Show more of {found.length}</Button>
        </div>
      )}
      <p role="status" className="sr-only">
        {found && wanted ? `${found.length} found` : ''}
      </p>
    </section>
  );
}

function Lines<T>({
  label,
  rows,
  keyOf,
  nameOf,
  columns,
  onOpen,
  actions,
}: ResourceTableProps<T> & { rows: readonly T[] }) {
  return (
    <table className="w-full border-collapse text-left">
      <caption className="sr-only">{label}</caption>
      <thead className="border-border border-b text-2xs text-text-muted">
        <tr>
          {columns.map(({ title, from }) => (
            <th key={title} scope="col" className={cx('px-4 py-2.5 font-medium', from && widths[from])}>
              {title}
            </th>
          ))}
          {actions && (
            <th scope="col" className="w-12">
              <span className="sr-only">What can be done</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={keyOf(row)}
            className={cx('relative border-border border-b last:border-0', onOpen && 'hover:bg-hover')}
          >
            {columns.map(({ title, from, cell }, index) => (
              <td key={title} className={cx('px-4 py-3 align-middle', from && widths[from])}>
                {index === 0 && onOpen ? (
                  <button
                    type="button"
                    onClick={() => onOpen(row)}
                    className="block w-full text-left outline-offset-4 after:absolute after:inset-0"
                  >
                    {cell(row)}
                  </button>
                ) : (
                  cell(row)
                )}
              </td>
            ))}
            {actions && (
              <td className="w-12 py-1.5 pr-3 text-right align-middle">
                {actions(row).length > 0 && <RowMenu label={`What to do with ${nameOf(row)}`} actions={actions(row)} />}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SearchBox({ label, value, onValue }: { label: string; value: string; onValue(value: string): void }) {
  return (
    <label className="relative min-w-48 grow sm:max-w-72">
      <span className="sr-only">{label}</span>
      <Search aria-hidden="true" className="-translate-y-1/2 absolute top-1/2 left-3 size-4 text-text-muted" />
      <input
        type="search"
        placeholder={label}
        value={value}
        maxLength={100}
        onChange={(event) => onValue(event.target.value)}
        className={cx(controlClass, 'h-9 pl-9 pointer-coarse:h-11')}
      />
    </label>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-5 p-5">
      {[70, 55, 62, 48].map((width) => (
        <span key={width} className="h-4 animate-shimmer rounded bg-hover" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}

/** Without case and accents, as people type. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();
}
