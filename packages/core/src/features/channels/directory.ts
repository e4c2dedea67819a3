import type { Installation } from '../../installation.js';
import type { ChannelConfig, ChannelPlugin, InstallationSettings, Route } from '../../plugin/index.js';
import { allChannelRecords, type ChannelRecord } from './repository.js';

/** A channel with its plugin and its settings, secrets opened. Lives in memory only. */
export interface OpenChannel extends Omit<ChannelRecord, 'secrets' | 'config'> {
  plugin: ChannelPlugin;
  settings: ChannelConfig;
  installation: InstallationSettings;
  /** The secret that signs this channel's webhooks when it is its own; undefined when the installation's does. */
  ownSecret: string | undefined;
}

/** How old what the directory knows may get: another server may have connected a channel. */
const freshMs = 2_000;

/** The channels of the installation, kept in memory for the hot paths. */
export interface ChannelDirectory {
  byId(id: string): Promise<OpenChannel | undefined>;
  /** The channels that an event with this route is for. */
  byRoute(kind: string, route: Route): Promise<OpenChannel[]>;
  /** Forgets everything; the next look reads the database. */
  refresh(): void;
}

/** What the directory is made of. */
type Parts = Pick<Installation, 'storage' | 'channelPlugins' | 'pluginSettings' | 'secrets' | 'log'>;

export function createChannelDirectory(installation: Parts): ChannelDirectory {
  let known: Promise<Known> | undefined;
  let readAt = 0;

  const load = (): Promise<Known> => {
    if (known && Date.now() - readAt < freshMs) return known;
    readAt = Date.now();
    const loading = readAll(installation);
    // A database that does not answer must not be remembered as an empty directory.
    loading.catch(() => {
      if (known === loading) known = undefined;
    });
    known = loading;
    return loading;
  };

  return {
    byId: async (id) => (await load()).byId.get(id),
    byRoute: async (kind, route) => {
      const { byAddress, byAccount } = await load();
      const channel = route.address === undefined ? undefined : byAddress.get(`${kind} ${route.address}`);
      if (channel || route.address !== undefined) return channel ? [channel] : [];
      return route.account === undefined ? [] : (byAccount.get(`${kind} ${route.account}`) ?? []);
    },
    refresh: () => {
      known = undefined;
    },
  };
}

interface Known {
  byId: Map<string, OpenChannel>;
  byAddress: Map<string, OpenChannel>;
  byAccount: Map<string, OpenChannel[]>;
}

async function readAll(installation: Parts): Promise<Known> {
  const known: Known = { byId: new Map(), byAddress: new Map(), byAccount: new Map() };
  for (const record of await allChannelRecords(installation.storage.reader)) {
    const channel = open(installation, record);
    if (!channel) continue;
    known.byId.set(channel.id, channel);
    known.byAddress.set(`${channel.kind} ${channel.address}`, channel);
    if (channel.account === null) continue;
    const account = `${channel.kind} ${channel.account}`;
    known.byAccount.set(account, [...(known.byAccount.get(account) ?? []), channel]);
  }
  return known;
}

function open(installation: Parts, record: ChannelRecord): OpenChannel | undefined {
  const plugin = installation.channelPlugins.get(record.kind);
  if (!plugin) return undefined;
  const { secrets, config, ...rest } = record;
  try {
    const opened: Record<string, unknown> = JSON.parse(installation.secrets.open(secrets, sealContext(record)));
    const settings = { ...config, ...opened };
    const shared = installation.pluginSettings.get(plugin.id) ?? {};
    return { ...rest, plugin, settings, installation: shared, ownSecret: plugin.webhookSecret(settings) };
  } catch (error) {
    // One channel whose secrets cannot be opened must not stop the others.
    installation.log.error({ channel: record.id, error: String(error) }, 'channel cannot be opened');
    return undefined;
  }
}

/** Binds a channel's sealed secrets to its row. */
export function sealContext(channel: { organization: string; id: string }): string {
  return `channel ${channel.organization} ${channel.id}`;
}
