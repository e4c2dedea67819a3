import { action } from '../../database/action.js';
import { reading } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import type { UserActor } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { demand } from '../roles/index.js';
import { teamExists } from '../teams/index.js';
import { demandCredentials, demandMaySkip, pluginOf } from './provider.js';
import { addressTaken, findChannel, insertChannel } from './repository.js';
import type { Channel, NewChannel } from './schema.js';
import { demandValidSettings, sealSettings } from './settings.js';

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
    await insertChannel(ctx, {
      id,
      kind: plugin.id,
      name: input.name,
      address,
      account: account ?? null,
      defaultTeamId: input.defaultTeamId,
      ...sealSettings(installation.secrets, plugin, input.config, { organization, id }),
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
  if (input.verify === false) return demandMaySkip(actor);
  await demandCredentials(installation, plugin, input.config);
}

/** Reads one channel for whoever may see channels. */
export async function getChannel(installation: Installation, actor: UserActor, id: string): Promise<Channel> {
  demand(actor, 'channels:read');
  return (await findChannel(reading(installation, actor.organization, actor), id)) ?? fail('not_found');
}
