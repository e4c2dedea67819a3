import type { Channel } from '@tims/sdk';
import { Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { Dialog } from '../../app/Dialog.js';
import { Button, ChannelMark, channelKindName, toast } from '../../inbox-kit/ui.js';
import { useTeamList } from '../data/lists.js';
import { ownerName } from '../data/team-scope.js';
import { Badge } from '../frame/Badge.js';
import { PageFrame } from '../frame/PageFrame.js';
import { ResourceTable } from '../frame/ResourceTable.js';
import { useRefresh, useResource } from '../frame/use-resource.js';
import { ChannelForm } from './ChannelForm.js';
import type { ChannelKind } from './setting-texts.js';
import { Webhooks } from './Webhooks.js';

/** Over what customers write. */
export default function ChannelsPage() {
  const { tims, me } = useAppInbox();
  const channels = useResource('channels', async () => (await tims.channels.list()).data);
  const teams = useTeamList().data;
  const kinds = useResource('channel-kinds', async () => (await tims.channels.kinds()).data);
  const refresh = useRefresh();
  const [doing, setDoing] = useState<Doing>();
  const mayWrite = me.permissions['channels:write'] !== undefined;
  const close = () => setDoing(undefined);
  // By its id: while the dialog is open, others may change the channel.
  const channel = channels.data?.find(({ id }) => id === doing?.channel?.id) ?? doing?.channel;
  const kind = doing && kinds.data?.find((one) => one.kind === doing.kind);

  function edit(channel: Channel): void {
    if (kinds.data?.some((one) => one.kind === channel.kind)) setDoing({ what: 'form', kind: channel.kind, channel });
    else toast({ title: `Nothing here knows ${channel.kind}`, description: noPlugin, tone: 'danger' });
  }

  return (
    <PageFrame
      title="Channels"
      says="Over what your customers write to you, and which team’s queue it goes to first."
      readOnly={mayWrite ? undefined : 'Your role reads the list of channels. Administrators connect and change them.'}
      action={
        mayWrite && (
          <div className="flex flex-wrap gap-2">
            {kinds.data?.map(({ kind, title }) => (
              <Button key={kind} variant="primary" onClick={() => setDoing({ what: 'form', kind, channel: undefined })}>
                <Plus aria-hidden="true" className="size-4" /> Connect {title}
              </Button>
            ))}
          </div>
        )
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
        onOpen={mayWrite ? edit : undefined}
        actions={mayWrite ? (channel) => [{ label: 'Change', icon: Pencil, run: () => edit(channel) }] : undefined}
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
        ]}
        empty={{ title: 'No channels yet', text: 'Connect one here, or with “tims channels add”.' }}
      />
      {doing?.what === 'form' && kind && teams && (
        <ChannelForm
          key={doing.channel?.id ?? kind.kind}
          channel={channel}
          kind={kind}
          teams={teams}
          onDone={(done) => {
            refresh('channels');
            if (doing.channel) toast({ title: `${done.name} is saved` });
            setDoing(doing.channel ? undefined : { what: 'connected', kind: kind.kind, channel: done });
          }}
          onClose={close}
        />
      )}
      {doing?.what === 'connected' && kind && channel && (
        <Dialog
          title={`${channel.name} is connected`}
          description={`What is left is to tell ${kind.title} where to post what customers write: one of these addresses.`}
          onClose={close}
        >
          <Webhooks channel={channel} kind={kind} />
          <Button variant="primary" className="mt-4" onClick={close}>
            Done
          </Button>
        </Dialog>
      )}
    </PageFrame>
  );
}

interface Doing {
  what: 'form' | 'connected';
  kind: ChannelKind['kind'];
  /** Undefined for a new one. */
  channel: Channel | undefined;
}

const noPlugin = 'The server has no plugin for it. Add the plugin to tims.config.ts and start the server again.';
