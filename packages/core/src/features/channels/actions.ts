import { action } from '../../database/action.js';
import { reading } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import type { UserActor } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { type ChannelPlugin, SendError } from '../../plugin/index.js';
import { demand } from '../roles/index.js';
import { teamExists } from '../teams/index.js';
import { sealContext } from './directory.js';
import { addressTaken, findChannel, insertChannel } from './repository.js';
import type { Channel, NewChannel } from './schema.js';
import { demandValidSettings, secretNames } from './settings.js';

/** Connects a channel: checks its settings, asks the provider whether they work, then stores it with its secrets sealed. */
export async function createChannel(
  installation: Installation,
  actor: UserActor,
  input: NewChannel,
  idempotencyKey?: string,
): Promise<Channel> {
  const channel = await storeChannel(installation, actor, input, idempotencyKey);
  installation.channels.refresh();
  return channel;
}

const storeChannel = action(
  'channels.create',
  async (ctx, input: NewChannel) => {
    const { installation, organization } = ctx;
    const plugin = pluginOf(installation, input.kind);
    const { address, account } = plugin.route(input.config);
    if (await addressTaken(ctx.trx, plugin.id, address)) fail('channel_exists', `${plugin.title} ${address}`);
    if (!(await teamExists(ctx, input.defaultTeamId))) fail('not_found', `There is no team ${input.defaultTeamId}`);
    const id = newId('channel');
    const secrets = secretNames(plugin.config).filter((name) => input.config[name] !== undefined);
    const pick = (keep: (name: string) => boolean) =>
      Object.fromEntries(Object.entries(input.config).filter(([name]) => keep(name)));
    await insertChannel(ctx, {
      id,
      kind: plugin.id,
      name: input.name,
      address,
      account: account ?? null,
      defaultTeamId: input.defaultTeamId,
      config: pick((name) => !secrets.includes(name)),
      secrets: installation.secrets.seal(
        JSON.stringify(pick((name) => secrets.includes(name))),
        sealContext({ organization, id }),
      ),
      secretNames: secrets,
    });
    ctx.append({ type: 'channel.created', entityId: id, entityVersion: 1, changes: { kind: plugin.id } });
    return (await findChannel(ctx, id)) ?? fail('internal_error');
  },
  demandWorkingSettings,
);

async function demandWorkingSettings(installation: Installation, actor: UserActor, input: NewChannel): Promise<void> {
  demand(actor, 'channels:write');
  const plugin = pluginOf(installation, input.kind);
  demandValidSettings(plugin, input.config);
  if (input.verify !== false) return demandCredentials(installation, plugin, input);
  // A number is one channel in the whole installation: nobody takes it for themselves unconfirmed.
  if (!actor.operator) fail('forbidden', 'Only an operator of the installation skips the provider’s confirmation');
}

function pluginOf(installation: Installation, kind: string): ChannelPlugin {
  const known = [...installation.channelPlugins.keys()];
  return (
    installation.channelPlugins.get(kind) ??
    fail('channel_settings_invalid', `There is no channel plugin "${kind}"; there are: ${known.join(', ') || 'none'}`)
  );
}

async function demandCredentials(installation: Installation, plugin: ChannelPlugin, input: NewChannel): Promise<void> {
  try {
    await plugin.setup?.({
      config: input.config,
      installation: installation.pluginSettings.get(plugin.id) ?? {},
      signal: AbortSignal.timeout(10_000),
    });
  } catch (error) {
    if (!(error instanceof SendError)) throw error;
    fail('channel_credentials_refused', `${plugin.title} says: ${error.message} (${error.code})`);
  }
}

/** Reads one channel for whoever may see channels. */
export async function getChannel(installation: Installation, actor: UserActor, id: string): Promise<Channel> {
  demand(actor, 'channels:read');
  return (await findChannel(reading(installation, actor.organization, actor), id)) ?? fail('not_found');
}
