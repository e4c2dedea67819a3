import { isTimsError } from '@tims/sdk';
import { Ban } from 'lucide-react';
import { useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { Link } from '../../app/router.js';
import { ConfirmDialog } from '../../forms/ConfirmDialog.js';
import { errorText } from '../../inbox-kit/error-text.js';
import { useColleagues } from '../../inbox-kit/inbox.js';
import { Button, EmptyState, ErrorState, RelativeTime, Spinner } from '../../inbox-kit/ui.js';
import { PageFrame } from '../frame/PageFrame.js';
import { Columns } from './Columns.js';
import { Progress } from './Progress.js';
import { contactFilesPath } from './path.js';
import { RowReport } from './RowReport.js';
import { useImport, useShowImport } from './use-imports.js';
import { nameOfImport, rowCount } from './words.js';

/** One file: what its columns are taken for, how far it is, and what became of its rows. */
export function OneImport({ id }: { id: string }) {
  const { tims } = useAppInbox();
  const { data, error, refetch, isFetching } = useImport(id);
  const show = useShowImport();
  const colleagues = useColleagues();
  const [stopping, setStopping] = useState(false);
  const back = (
    <Link to={contactFilesPath} className="font-medium text-accent underline-offset-4 hover:underline">
      All imports
    </Link>
  );
  if (!data) {
    if (!error) return <Spinner label="Loading the import" className="m-8" />;
    if (isTimsError(error, 'not_found') || isTimsError(error, 'validation_failed')) {
      return (
        <EmptyState heading="h1" title="There is no such import" action={back}>
          The link may be old, or a letter of it may be missing.
        </EmptyState>
      );
    }
    const { title, help } = errorText(error);
    return <ErrorState title={title} help={help} onRetry={() => void refetch()} busy={isFetching} />;
  }
  const staged = data.state === 'staged';
  const ongoing = staged || data.state === 'running';
  return (
    <PageFrame
      title={nameOfImport(data)}
      says={
        <>
          {rowCount(data.rows)}, sent by <bdi>{colleagues.get(data.createdBy)?.name ?? 'somebody'}</bdi>{' '}
          <RelativeTime at={data.createdAt} />. {back}
        </>
      }
      action={
        ongoing && (
          <Button onClick={() => setStopping(true)}>
            <Ban aria-hidden="true" className="size-4" /> {staged ? 'Discard' : 'Stop'}
          </Button>
        )
      }
    >
      {staged ? <Columns key={data.version} staged={data} /> : <Progress one={data} />}
      {(!staged || data.failed > 0) && <RowReport one={data} />}
      {stopping && ongoing && (
        <ConfirmDialog
          title={staged ? 'Discard this file?' : 'Stop this import?'}
          action={staged ? 'Discard' : 'Stop'}
          run={async (options) => show(await tims.contactImports.cancel({ id }, options))}
          onClose={() => setStopping(false)}
        >
          {staged
            ? 'Nothing of it was imported, and nothing will be. To import it after all, send it again.'
            : 'What was imported stays. It cannot be started again; send the file again, then rows that were imported and have an address change nothing.'}
        </ConfirmDialog>
      )}
    </PageFrame>
  );
}
