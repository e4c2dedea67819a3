import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { OwnSession } from '@tims/sdk';
import { LogOut } from 'lucide-react';
import { useEffect, useState } from 'react';
import { allOf } from '../admin/frame/all-of.js';
import { Badge } from '../admin/frame/Badge.js';
import { PageFrame } from '../admin/frame/PageFrame.js';
import { ResourceTable } from '../admin/frame/ResourceTable.js';
import { useAppInbox } from '../app/app-inbox.js';
import { ConfirmDialog } from '../forms/ConfirmDialog.js';
import { Button, RelativeTime, toast } from '../inbox-kit/ui.js';
import { deviceOf } from './device.js';

const queryKey = ['own-sessions'];

/** Where the reader is signed in, and the way to end it. */
export default function SessionsPage() {
  const { tims, connection } = useAppInbox();
  const queries = useQueryClient();
  const [ending, setEnding] = useState<OwnSession | 'others'>();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey,
    queryFn: () => allOf(tims.sessions.list({ limit: 100 })),
  });
  const refresh = () => void queries.invalidateQueries({ queryKey });
  useEffect(
    () =>
      connection.onItems((items) => {
        const ended = items.some((item) => item.type === 'event' && item.event.type === 'session.ended');
        if (ended) void queries.invalidateQueries({ queryKey });
      }),
    [connection, queries],
  );
  const others = (data ?? []).filter(({ current }) => !current);

  return (
    <PageFrame
      title="Sessions"
      says="Where you are signed in. What is ended is ended at once."
      action={others.length > 0 && <Button onClick={() => setEnding('others')}>End all others</Button>}
    >
      <ResourceTable
        label="Sessions"
        rows={data}
        error={data === undefined ? error : undefined}
        onRetry={() => void refetch()}
        busy={isFetching}
        keyOf={({ id }) => id}
        nameOf={({ userAgent }) => deviceOf(userAgent)}
        columns={[
          {
            title: 'Where',
            cell: ({ userAgent, current, ip, lastSeenAt }) => (
              <span className="block">
                <span className="flex flex-wrap items-center gap-2 font-medium">
                  {deviceOf(userAgent)} {current && <Badge tone="good">This one</Badge>}
                </span>
                <span className="block text-text-muted text-xs md:hidden">
                  {ip === null ? '' : `${ip} · `}
                  <RelativeTime at={lastSeenAt} />
                </span>
              </span>
            ),
          },
          {
            title: 'Address',
            from: 'md',
            cell: ({ ip }) => <span className="text-text-muted">{ip ?? 'Unknown'}</span>,
          },
          { title: 'Signed in', from: 'md', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
          { title: 'Last seen', from: 'md', cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} /> },
          { title: 'Ends', from: 'lg', cell: ({ expiresAt }) => new Date(expiresAt).toLocaleDateString() },
        ]}
        actions={(row) =>
          row.current ? [] : [{ label: 'End this session', icon: LogOut, danger: true, run: () => setEnding(row) }]
        }
        empty={{ title: 'No sessions', text: 'You are signed in nowhere.' }}
      />
      {ending && (
        <ConfirmDialog
          title={ending === 'others' ? 'End all other sessions?' : 'End this session?'}
          action="End"
          run={(options) =>
            ending === 'others'
              ? tims.sessions.revokeOthers({}, options)
              : tims.sessions.revoke({ id: ending.id }, options)
          }
          onDone={() => {
            refresh();
            toast({ title: ending === 'others' ? 'All other sessions have ended' : 'The session has ended' });
          }}
          onClose={() => setEnding(undefined)}
        >
          {ending === 'others'
            ? `${others.length === 1 ? 'One session ends' : `${others.length} sessions end`} at once. Here you stay signed in.`
            : `${deviceOf(ending.userAgent)} has to sign in again.`}
        </ConfirmDialog>
      )}
    </PageFrame>
  );
}
