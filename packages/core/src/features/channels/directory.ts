import type { Installation } from '../../installation.js';
import type { ChannelConfig, ChannelPlugin, InstallationSettings, Route } from '../../plugin/index.js';
import { allChannelRecords, type ChannelRecord } from './repository.js';
import { openSettings } from './settings.js';

/** A channel with its plugin and its settings, secrets opened. Lives in memory only. */
export interface OpenChannel extends Omit<ChannelRecord, 'secrets' | 'secretNames' | 'config'> {
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
  /** The channels as they are now, to look up many in. */
  current(): Promise<KnownChannels>;
  byId(id: string): Promise<OpenChannel | undefined>;
  /** Forgets everything; the next look reads the database. */
  refresh(): void;
}

/** The channels at one moment. */
export interface KnownChannels {
  byId(id: string): OpenChannel | undefined;
  /** The channels that an event with this route is for. */
  byRoute(kind: string, route: Route): readonly OpenChannel[];
}

/** What the directory is made of. */
type Parts = Pick<Installation, 'storage' | 'channelPlugins' | 'pluginSettings' | 'secrets' | 'log'>;

export function createChannelDirectory(installation: Parts): ChannelDirectory {
  let known: Promise<KnownChannels> | undefined;
  let readAt = 0;

  const current = (): Promise<KnownChannels> => {
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
    current,
    byId: async (id) => (await current()).byId(id),
    refresh: () => {
      known = undefined;
    },
  };
}

async function readAll(installation: Parts): Promise<KnownChannels> {
  const byId = new Map<string, OpenChannel>();
  const byAddress = new Map<string, [OpenChannel]>();
  const byAccount = new Map<string, OpenChannel[]>();
  for (const record of await allChannelRecords(installation.storage.reader)) {
    const channel = open(installation, record);
    if (!channel) continue;
    byId.set(channel.id, channel);
    byAddress.set(`${channel.kind} ${channel.address}`, [channel]);
    if (channel.account === null) continue;
    const account = `${channel.kind} ${channel.account}`;
    byAccount.set(account, [...(byAccount.get(account) ?? []), channel]);
  }
  return {
    byId: (id) => byId.get(id),
    byRoute: (kind, { address, account }) => {
      if (address !== undefined) return byAddress.get(`${kind} ${address}`) ?? [];
      return account === undefined ? [] : (byAccount.get(`${kind} ${account}`) ?? []);
    },
  };
}

function open(installation: Parts, record: ChannelRecord): OpenChannel | undefined {
  const plugin = installation.channelPlugins.get(record.kind);
  if (!plugin) return undefined;
  const { secrets: _sealed, secretNames: _names, config: _config, ...rest } = record;
  try {
    const settings = openSettings(installation.secrets, record);
    const shared = installation.pluginSettings.get(plugin.id) ?? {};
    return { ...rest, plugin, settings, installation: shared, ownSecret: plugin.webhookSecret(settings) };
  } catch (error) {
    // One channel whose secrets cannot be opened must not stop the others.
    installation.log.error({ channel: record.id, error: String(error) }, 'channel cannot be opened');
    return undefined;
  }
}
