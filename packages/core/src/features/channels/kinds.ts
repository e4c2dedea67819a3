import type { ReadContext } from '../../database/context.js';
import type { ChannelPlugin } from '../../plugin/index.js';
import { demand } from '../roles/index.js';
import type { ChannelKind, ChannelSetting } from './schema.js';
import { secretNames } from './settings.js';

/** The kinds of channels that the installation has plugins for, and what each must be told. */
export async function listChannelKinds({ installation, actor }: ReadContext): Promise<ChannelKind[]> {
  demand(actor, 'channels:read');
  return [...installation.channelPlugins.values()].map((plugin) => ({
    kind: plugin.id,
    title: plugin.title,
    webhookPath: `/api/webhook/${plugin.id}`,
    settings: settingsOf(plugin),
  }));
}

function settingsOf({ config }: ChannelPlugin): ChannelSetting[] {
  const secrets = secretNames(config);
  // A plugin may be written without types: its schema is what JSON leaves of it.
  const { properties, required = [] }: { properties: Record<string, Described>; required?: string[] } = JSON.parse(
    JSON.stringify(config),
  );
  return Object.entries(properties).map(([name, { title, description, secret: _marked, ...schema }]) => ({
    name,
    title: title ?? name,
    description: description ?? null,
    required: required.includes(name),
    secret: secrets.includes(name),
    schema,
  }));
}

type Described = Record<string, unknown> & { title?: string; description?: string };
