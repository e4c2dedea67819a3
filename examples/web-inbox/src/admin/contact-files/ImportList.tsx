import { navigate } from '../../app/router.js';
import { errorText } from '../../inbox-kit/error-text.js';
import { useColleagues } from '../../inbox-kit/inbox.js';
import { Button, RelativeTime } from '../../inbox-kit/ui.js';
import { Badge } from '../frame/Badge.js';
import { ResourceTable } from '../frame/ResourceTable.js';
import { pathOfImport } from './path.js';
import { useImports } from './use-imports.js';
import { doneOf, importWords, nameOfImport, rowCount } from './words.js';

/** What was imported, and what waits to be. */
export function ImportList() {
  const imports = useImports();
  const colleagues = useColleagues();
  const rows = imports.data?.pages.flatMap(({ data }) => data);
  return (
    <>
      <ResourceTable
        label="Imports"
        rows={rows}
        most={Number.POSITIVE_INFINITY}
        error={rows === undefined ? imports.error : undefined}
        onRetry={() => void imports.refetch()}
        busy={imports.isFetching}
        keyOf={({ id }) => id}
        nameOf={nameOfImport}
        onOpen={({ id }) => navigate(pathOfImport(id))}
        columns={[
          {
            title: 'File',
            cell: (one) => (
              <span className="block min-w-0">
                <bdi className="font-medium [overflow-wrap:anywhere]">{nameOfImport(one)}</bdi>
                <span className="block text-text-muted text-xs">
                  {one.state === 'staged' || one.state === 'done'
                    ? rowCount(one.rows)
                    : `${doneOf(one).toLocaleString('en')} of ${rowCount(one.rows)}`}
                </span>
              </span>
            ),
          },
          {
            title: 'State',
            cell: ({ state, failed }) => (
              <span className="flex flex-wrap gap-1">
                <Badge tone={importWords[state].tone}>{importWords[state].text}</Badge>
                {failed > 0 && <Badge tone="warning">{failed.toLocaleString('en')} at fault</Badge>}
              </span>
            ),
          },
          {
            title: 'By',
            from: 'md',
            cell: ({ createdBy }) => <bdi>{colleagues.get(createdBy)?.name ?? 'Somebody'}</bdi>,
          },
          {
            title: 'When',
            from: 'sm',
            cell: ({ createdAt }) => (
              <RelativeTime at={createdAt} className="whitespace-nowrap text-text-muted text-xs" />
            ),
          },
        ]}
        empty={{ title: 'Nothing was imported yet', text: 'Choose a file above. It is looked at first.' }}
      />
      {imports.hasNextPage && (
        <div className="mt-3 flex justify-center">
          <Button onClick={() => void imports.fetchNextPage()} busy={imports.isFetchingNextPage}>
            Show older
          </Button>
        </div>
      )}
      {imports.isFetchNextPageError && (
        <p role="alert" className="mt-3 text-center text-danger text-xs">
          {errorText(imports.error).title}. Try again.
        </p>
      )}
    </>
  );
}
