import { useInfiniteQuery } from '@tanstack/react-query';
import { Download, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { navigate, usePath } from '../../app/router.js';
import { download } from '../../forms/download.js';
import { errorText } from '../../inbox-kit/error-text.js';
import { Button, toast } from '../../inbox-kit/ui.js';
import { PageFrame } from '../frame/PageFrame.js';
import { ResourceTable } from '../frame/ResourceTable.js';
import { ActivityFilters } from './ActivityFilters.js';
import { useActivityColumns } from './columns.js';
import { asQuery, parseFilter, pathOf } from './filter.js';

/** Who did what to what, when and from where. */
export default function ActivityPage() {
  const { tims } = useAppInbox();
  const { search } = usePath();
  const filter = parseFilter(search);
  const columns = useActivityColumns();
  const [exporting, setExporting] = useState(false);
  const log = useInfiniteQuery({
    queryKey: ['admin', 'activity', search],
    queryFn: async ({ pageParam }) =>
      tims.activities.list({ ...asQuery(filter), limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const rows = log.data?.pages.flatMap(({ data }) => data);

  async function save(): Promise<void> {
    setExporting(true);
    try {
      download('activities.csv', await tims.activities.export(asQuery(filter), { timeoutMs: 300_000 }), 'text/csv');
    } catch (error) {
      const { title, help } = errorText(error);
      toast({ title, description: help, tone: 'danger' });
    } finally {
      setExporting(false);
    }
  }

  return (
    <PageFrame
      title="Activity"
      says="Who did what to what, when and from where. Each row vouches for the one before it; “tims audit verify” finds what was tampered with."
      action={
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => void log.refetch()} busy={log.isRefetching && !log.isFetchingNextPage}>
            <RefreshCw aria-hidden="true" className="size-4" /> Refresh
          </Button>
          <Button onClick={() => void save()} busy={exporting}>
            <Download aria-hidden="true" className="size-4" /> CSV
          </Button>
        </div>
      }
    >
      <ActivityFilters filter={filter} onFilter={(next) => navigate(pathOf(next), { replace: true })} />
      <ResourceTable
        label="Activity"
        rows={rows}
        most={Number.POSITIVE_INFINITY}
        error={rows === undefined ? log.error : undefined}
        onRetry={() => void log.refetch()}
        busy={log.isFetching}
        keyOf={({ sequence }) => String(sequence)}
        nameOf={({ action }) => action}
        columns={columns}
        empty={{ title: 'Nothing of that kind', text: 'Nobody did that in this time. Look further back, or for less.' }}
      />
      {log.hasNextPage && (
        <div className="mt-3 flex justify-center">
          <Button onClick={() => void log.fetchNextPage()} busy={log.isFetchingNextPage}>
            Show older
          </Button>
        </div>
      )}
      {log.isFetchNextPageError && (
        <p role="alert" className="mt-3 text-center text-danger text-xs">
          {errorText(log.error).title}. Try again.
        </p>
      )}
    </PageFrame>
  );
}
