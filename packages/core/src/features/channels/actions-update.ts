import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import type { Installation } from '../../installation.js';
import type { UserActor } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import type { ChannelConfig, ChannelPlugin } from '../../plugin/index.js';
import { demand } from '../roles/index.js';
import { teamExists } from '../teams/index.js';
import { demandCredentials, demandMaySkip, pluginOf } from './provider.js';
import {
  addressTaken,
  type ChannelRow,
  findChannel,
  findChannelRow,
  lockChannel,
  saveChannel,
  toRecord,
} from './repository.js';
import type { Channel, ChannelPatch } from './schema.js';
import { changedSettings, demandValidSettings, differing, openSettings, sealSettings } from './settings.js';

type Patch = ChannelPatch & { id: string };

/** New settings that hold together, and that the provider knows. */
interface Confirmed {
  /** The row that they were made from. */
  from: ChannelRow;
  plugin: ChannelPlugin;
  settings: ChannelConfig;
  /** The names of those that differ. */
  changed: string[];
}

/** Changes what is given; this server goes by it at once, others within seconds. */
export async function updateChannel(
  installation: Installation,
  actor: UserActor,
  input: Patch,
  idempotencyKey?: string,
): Promise<Channel> {
  const channel = await storeChanges(installation, actor, input, idempotencyKey);
  installation.channels.refresh();
  return channel;
}

const storeChanges = action(
  'channels.update',
  async (ctx, { id, name, defaultTeamId, version }: Patch, confirmed: Confirmed | undefined) => {
    const row = (await lockChannel(ctx, id)) ?? fail('not_found', `There is no channel ${id}`);
    if (version !== undefined && version !== row.version) {
      fail('conflict', `It is version ${row.version} by now`, { version: row.version });
    }
    const before = toRecord(row);
    const after = { ...before, name: name ?? before.name, defaultTeamId: defaultTeamId ?? before.defaultTeamId };
    const changed = (['name', 'defaultTeamId'] as const).filter((field) => after[field] !== before[field]);
    if (changed.includes('defaultTeamId') && !(await teamExists(ctx, after.defaultTeamId))) {
      fail('not_found', `There is no team ${after.defaultTeamId}`);
    }
    const settings = confirmed && (await settingsToStore(ctx, row, confirmed));
    if (changed.length === 0 && !settings) return (await findChannel(ctx, id)) ?? fail('internal_error');
    await saveChannel(ctx, { id, name: after.name, defaultTeamId: after.defaultTeamId, ...settings });
    ctx.append({
      type: 'channel.updated',
      entityId: id,
      entityVersion: row.version + 1,
      changes: {
        changed: [...changed, ...(settings ? ['config'] : [])],
        ...(confirmed && settings ? { settings: confirmed.changed } : {}),
      },
    });
    return (await findChannel(ctx, id)) ?? fail('internal_error');
  },
  confirmSettings,
);

/** What the provider confirmed must still be what results, else one of two changes at once would undo the other. */
async function settingsToStore(ctx: Context, row: ChannelRow, { from, plugin, settings }: Confirmed) {
  if (row.config !== from.config || row.secrets !== from.secrets) {
    fail('conflict', `It is version ${row.version} by now`, { version: row.version });
  }
  const { address, account } = plugin.route(settings);
  if (address !== row.address && (await addressTaken(ctx.trx, plugin.id, address))) {
    fail('channel_exists', `${plugin.title} ${address}`);
  }
  const sealed = sealSettings(ctx.installation.secrets, plugin, settings, toRecord(row));
  return { address, account: account ?? null, ...sealed };
}

/** Undefined where no setting changes. The provider is asked before the transaction: it may take seconds to answer. */
async function confirmSettings(installation: Installation, actor: UserActor, input: Patch) {
  demand(actor, 'channels:write');
  if (input.verify === false) demandMaySkip(actor);
  const given = input.config ?? {};
  if (Object.keys(given).length === 0 && !input.verify) return undefined;
  const place = { trx: installation.storage.reader, organization: actor.organization };
  const from = (await findChannelRow(place, input.id)) ?? fail('not_found', `There is no channel ${input.id}`);
  const plugin = pluginOf(installation, from.kind);
  const before = openSettings(installation.secrets, toRecord(from));
  const settings = changedSettings(before, given);
  demandValidSettings(plugin, settings);
  const changed = differing(before, settings);
  const rewritten = changed.length > 0;
  if (rewritten ? input.verify !== false : input.verify) await demandCredentials(installation, plugin, settings);
  return rewritten ? ({ from, plugin, settings, changed } satisfies Confirmed) : undefined;
}
