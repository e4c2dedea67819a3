import type { ContactImport, ImportRow } from '@tims/sdk';
import { useState } from 'react';
import { errorText } from '../../inbox-kit/error-text.js';
import { Button, cx } from '../../inbox-kit/ui.js';
import { Badge } from '../frame/Badge.js';
import { ResourceTable } from '../frame/ResourceTable.js';
import { useImportRows } from './use-imports.js';
import { doneOf, rowWords } from './words.js';

/** What became of each row, those at fault first. */
export function RowReport({ one }: { one: ContactImport }) {
  const [chosen, setChosen] = useState<ImportRow['state'] | 'all'>();
  const state = chosen ?? (one.failed > 0 ? 'failed' : 'all');
  const rows = useImportRows(one.id, state === 'all' ? undefined : state);
  const counts: readonly (readonly [ImportRow['state'] | 'all', string, number])[] = [
    ['failed', 'At fault', one.failed],
    ['created', 'Created', one.created],
    ['updated', 'Updated', one.updated],
    ['unchanged', 'Unchanged', one.unchanged],
    ['pending', 'Not yet', one.rows - doneOf(one)],
    ['all', 'All', one.rows],
  ];
  const found = rows.data?.pages.flatMap(({ data }) => data);
  return (
    <section aria-labelledby="rows-heading" className="mt-8">
      <h2 id="rows-heading" className="mb-3 font-semibold text-base">
        Row by row
      </h2>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for inputs */}
      <div role="group" aria-label="Which rows" className="mb-3 flex flex-wrap gap-1.5">
        {counts
          .filter(([key, , count]) => count > 0 || key === state)
          .map(([key, text, count]) => (
            <button
              key={key}
              type="button"
              aria-pressed={key === state}
              onClick={() => setChosen(key)}
              className={cx(
                'h-8 rounded-full border px-3 text-xs tabular-nums pointer-coarse:h-11',
                key === state
                  ? 'border-accent bg-accent-soft font-medium text-accent'
                  : 'border-border-strong text-text-muted hover:bg-hover',
              )}
            >
              {text} {count.toLocaleString('en')}
            </button>
          ))}
      </div>
      <ResourceTable
        label="Rows"
        rows={found}
        most={Number.POSITIVE_INFINITY}
        error={found === undefined ? rows.error : undefined}
        onRetry={() => void rows.refetch()}
        busy={rows.isFetching}
        keyOf={({ row }) => String(row)}
        nameOf={({ row }) => `row ${row}`}
        columns={[
          { title: 'Row', cell: ({ row }) => <span className="font-medium tabular-nums">{row}</span> },
          { title: 'What became of it', cell: Outcome },
          {
            title: 'In the file',
            from: 'md',
            cell: ({ cells }) => (
              <span dir="auto" className="line-clamp-2 text-text-muted text-xs [overflow-wrap:anywhere]">
                {cells.filter((cell) => cell !== '').join(' · ') || 'Not kept, as it was imported'}
              </span>
            ),
          },
        ]}
        empty={{ title: 'No such rows', text: 'Nothing in the file came to that.' }}
      />
      {rows.hasNextPage && (
        <div className="mt-3 flex justify-center">
          <Button onClick={() => void rows.fetchNextPage()} busy={rows.isFetchingNextPage}>
            Show more rows
          </Button>
        </div>
      )}
      {rows.isFetchNextPageError && (
        <p role="alert" className="mt-3 text-center text-danger text-xs">
          {errorText(rows.error).title}. Try again.
        </p>
      )}
    </section>
  );
}

function Outcome({ state, fault }: ImportRow) {
  if (fault === null) return <Badge tone={rowWords[state].tone}>{rowWords[state].text}</Badge>;
  return (
    <ul className="space-y-0.5 [overflow-wrap:anywhere]">
      {fault.split('; ').map((one) => (
        <li key={one}>
          <bdi>{one}</bdi>
        </li>
      ))}
    </ul>
  );
}
