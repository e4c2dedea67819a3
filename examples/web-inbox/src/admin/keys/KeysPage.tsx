import type { Answer, ApiKey } from '@tims/sdk';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { Dialog } from '../../app/Dialog.js';
import { ConfirmDialog } from '../../forms/ConfirmDialog.js';
import { keepFocus } from '../../forms/keep-focus.js';
import { ShownOnce } from '../../forms/ShownOnce.js';
import { useColleagues } from '../../inbox-kit/inbox.js';
import { Button, RelativeTime, toast, useServerNow } from '../../inbox-kit/ui.js';
import { allOf } from '../frame/all-of.js';
import { Badge } from '../frame/Badge.js';
import { PageFrame } from '../frame/PageFrame.js';
import { ResourceTable } from '../frame/ResourceTable.js';
import { useRefresh, useResource } from '../frame/use-resource.js';
import { KeyForm } from './KeyForm.js';

const soon = 14 * 24 * 3_600_000;

/** What programs sign in with. */
export default function KeysPage() {
  const { tims, me } = useAppInbox();
  const refresh = useRefresh();
  const now = useServerNow();
  const colleagues = useColleagues();
  const keys = useResource('keys', () => allOf(tims.keys.list({ limit: 100 })));
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<Answer<'keys.create'>>();
  const [revoking, setRevoking] = useState<ApiKey>();
  const mayWrite = me.permissions['keys:write'] !== undefined;

  return (
    <PageFrame
      title="API keys"
      says="For programs, which have nobody to sign in. A key acts as whoever made it, with what it was given."
      readOnly={mayWrite ? undefined : 'Your role lists the keys. Administrators make and revoke them.'}
      action={
        mayWrite && (
          <Button variant="primary" onClick={() => setMaking(true)}>
            <Plus aria-hidden="true" className="size-4" /> New key
          </Button>
        )
      }
    >
      <ResourceTable
        label="API keys"
        rows={keys.data}
        error={keys.error}
        onRetry={keys.retry}
        busy={keys.busy}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name}
        searchIn={({ name, hint, userId }) => `${name} ${hint} ${colleagues.get(userId)?.name ?? ''}`}
        columns={[
          {
            title: 'Name',
            cell: ({ name, hint, permissions }) => (
              <span className="block">
                <span dir="auto" className="font-medium">
                  {name}
                </span>
                <span className="ml-2 font-mono text-text-muted text-xs">…{hint}</span>
                <span className="line-clamp-2 block text-text-muted text-xs" title={permissions.join(', ')}>
                  {permissions.join(', ')}
                </span>
              </span>
            ),
          },
          { title: 'Made by', from: 'sm', cell: ({ userId }) => colleagues.get(userId)?.name ?? 'Somebody who left' },
          {
            title: 'Last used',
            from: 'md',
            cell: ({ lastUsedAt }) =>
              lastUsedAt === null ? <span className="text-text-muted">Never</span> : <RelativeTime at={lastUsedAt} />,
          },
          {
            title: 'Ends',
            cell: ({ expiresAt }) => {
              const left = Date.parse(expiresAt) - now;
              const day = new Date(expiresAt).toLocaleDateString();
              if (left <= 0) return <Badge>Ended</Badge>;
              return left < soon ? <Badge tone="warning">{day}</Badge> : day;
            },
          },
        ]}
        actions={
          mayWrite ? (key) => [{ label: 'Revoke', icon: Trash2, danger: true, run: () => setRevoking(key) }] : undefined
        }
        empty={{ title: 'No keys yet', text: 'Make one for each program, with no more than it needs.' }}
      />
      {making && (
        <KeyForm
          onDone={(key) => {
            setMaking(false);
            setMade(key);
            refresh('keys');
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {made && <MadeDialog made={made} onClose={() => setMade(undefined)} />}
      {revoking && (
        <ConfirmDialog
          title={`Revoke the key ${revoking.name}?`}
          action="Revoke"
          run={(options) => tims.keys.revoke({ id: revoking.id }, options)}
          onDone={() => {
            refresh('keys');
            toast({ title: `The key ${revoking.name} is revoked` });
          }}
          onClose={() => setRevoking(undefined)}
        >
          It opens nothing any more from this moment on. That cannot be undone.
        </ConfirmDialog>
      )}
    </PageFrame>
  );
}

/** The key itself: this once, so it does not go away by accident. */
function MadeDialog({ made, onClose }: { made: Answer<'keys.create'>; onClose(): void }) {
  return (
    <Dialog
      title={`The key ${made.name}`}
      description="Copy it now: it is shown this once, and nobody can look it up later."
    >
      <ShownOnce label="API key" lines={[made.key]} />
      <footer className="mt-6 flex justify-end">
        <Button
          variant="primary"
          onClick={() => {
            onClose();
            keepFocus();
          }}
        >
          I have copied it
        </Button>
      </footer>
    </Dialog>
  );
}
