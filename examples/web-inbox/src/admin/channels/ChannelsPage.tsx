import { useAppInbox } from '../../app/app-inbox.js';
import { ChannelMark, channelKindName } from '../../inbox-kit/ui.js';
import { useTeamList } from '../data/lists.js';
import { ownerName } from '../data/team-scope.js';
import { Badge } from '../frame/Badge.js';
import { PageFrame } from '../frame/PageFrame.js';
import { ResourceTable } from '../frame/ResourceTable.js';
import { useResource } from '../frame/use-resource.js';

/** Over what customers write. */
export default function ChannelsPage() {
  const { tims, me } = useAppInbox();
  const channels = useResource('channels', async () => (await tims.channels.list()).data);
  const teams = useTeamList().data;
  const mayWrite = me.permissions['channels:write'] !== undefined;
  return (
    <PageFrame
      title="Channels"
      says="Over what your customers write to you, and which team’s queue it goes to first."
      readOnly={
        mayWrite
          ? 'Channels are looked at here. Connect one with the command “tims channels create” or with POST /api/channels.'
          : 'Your role reads the list of channels. Administrators connect them.'
      }
    >
      <ResourceTable
        label="Channels"
        rows={channels.data}
        error={channels.error}
        onRetry={channels.retry}
        busy={channels.busy}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name}
        columns={[
          {
            title: 'Name',
            cell: ({ name, kind }) => (
              <span className="flex items-center gap-3">
                <ChannelMark kind={kind} size="md" decorative />
                <span>
                  <span dir="auto" className="block font-medium">
                    {name}
                  </span>
                  <span className="text-text-muted text-xs">{channelKindName(kind)}</span>
                </span>
              </span>
            ),
          },
          {
            title: 'State',
            cell: ({ active }) =>
              active ? (
                <Badge tone="good">Active</Badge>
              ) : (
                <span>
                  <Badge tone="warning">Inactive</Badge>
                  <span className="mt-0.5 block text-text-muted text-xs">Nothing is sent; what comes in is stored</span>
                </span>
              ),
          },
          { title: 'Goes to', from: 'sm', cell: ({ defaultTeamId }) => ownerName(teams, defaultTeamId) },
          {
            title: 'Address',
            from: 'md',
            cell: ({ address }) => <span className="break-all font-mono text-text-muted text-xs">{address}</span>,
          },
          {
            title: 'Own webhook',
            from: 'lg',
            cell: ({ webhookPath }) => (
              <span className="break-all font-mono text-text-muted text-xs">{webhookPath}</span>
            ),
          },
        ]}
        empty={{ title: 'No channels yet', text: 'Connect one with “tims channels create”.' }}
      />
    </PageFrame>
  );
}
