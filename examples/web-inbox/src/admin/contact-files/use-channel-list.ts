import type { Channel } from '@tims/sdk';
import { useAppInbox } from '../../app/app-inbox.js';
import { useResource } from '../frame/use-resource.js';

/** The channels that addresses can be of; none for those who may not list them. */
export function useChannelList(): readonly Channel[] {
  const { tims, me } = useAppInbox();
  const mayList = me.permissions['channels:read'] !== undefined;
  return useResource('channels', async () => (await tims.channels.list()).data, mayList).data ?? none;
}

const none: readonly Channel[] = [];
