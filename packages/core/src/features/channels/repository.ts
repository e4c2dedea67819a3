import type { Knex } from 'knex';
import type { Context, ReadContext } from '../../database/context.js';
import { fromJson } from '../../kernel/json.js';
import { timestamp } from '../../kernel/schema.js';
import type { Channel } from './schema.js';

/** A channel as the pipeline uses it. `secrets` is still sealed. */
export interface ChannelRecord {
  organization: string;
  id: string;
  kind: string;
  name: string;
  address: string;
  account: string | null;
  defaultTeamId: string;
  active: boolean;
  config: Record<string, unknown>;
  secrets: string;
  secretNames: string[];
}

export interface ChannelRow {
  organization_id: string;
  id: string;
  kind: string;
  name: string;
  address: string;
  account: string | null;
  default_team_id: string;
  active: number;
  config: string;
  secrets: string;
  version: number;
  created_at: number;
}

/** All channels of the organization, oldest first. An organization has tens of channels: no paging. */
export async function listChannels({ trx, organization }: ReadContext): Promise<Channel[]> {
  const rows: ChannelRow[] = await trx('channels').where('organization_id', organization).orderBy('id');
  return rows.map(present);
}

export async function findChannel({ trx, organization }: ReadContext, id: string): Promise<Channel | undefined> {
  const row = await findChannelRow({ trx, organization }, id);
  return row && present(row);
}

export async function findChannelRow(
  { trx, organization }: Pick<ReadContext, 'trx' | 'organization'>,
  id: string,
): Promise<ChannelRow | undefined> {
  return trx('channels').where({ organization_id: organization, id }).first();
}

/** Nobody else changes it until the transaction ends. */
export async function lockChannel(ctx: Context, id: string): Promise<ChannelRow | undefined> {
  const query = ctx.trx('channels').where({ organization_id: ctx.organization, id });
  const [row]: ChannelRow[] = await ctx.installation.storage.dialect.forUpdate(query);
  return row;
}

/** Every channel of the installation, for the directory that routes webhooks. */
export async function allChannelRecords(db: Knex): Promise<ChannelRecord[]> {
  const rows: ChannelRow[] = await db('channels').select();
  return rows.map(toRecord);
}

export async function addressTaken(db: Knex, kind: string, address: string): Promise<boolean> {
  return (await db('channels').where({ kind, address }).first('id')) !== undefined;
}

export async function insertChannel(
  ctx: Context,
  channel: Omit<ChannelRecord, 'organization' | 'active'>,
): Promise<void> {
  await ctx.trx('channels').insert({
    organization_id: ctx.organization,
    id: channel.id,
    kind: channel.kind,
    name: channel.name,
    address: channel.address,
    account: channel.account,
    default_team_id: channel.defaultTeamId,
    active: 1,
    config: storedConfig(channel),
    secrets: channel.secrets,
    version: 1,
    created_at: ctx.installation.clock.now(),
  });
}

/** Name and team, and all that hangs on its settings where they change; the version goes up. */
export async function saveChannel(
  ctx: Context,
  channel: Pick<ChannelRecord, 'id' | 'name' | 'defaultTeamId'> & Partial<Pick<ChannelRecord, SettingsField>>,
): Promise<void> {
  const { config, secretNames, address, account, secrets } = channel;
  await ctx
    .trx('channels')
    .where({ organization_id: ctx.organization, id: channel.id })
    .update({
      name: channel.name,
      default_team_id: channel.defaultTeamId,
      ...(config && secretNames ? { address, account, config: storedConfig({ config, secretNames }), secrets } : {}),
      version: ctx.trx.raw('version + 1'),
    });
}

type SettingsField = 'address' | 'account' | 'config' | 'secrets' | 'secretNames';

function storedConfig({ config, secretNames }: StoredConfig): string {
  return JSON.stringify({ config, secretNames });
}

interface StoredConfig {
  config: Record<string, unknown>;
  secretNames: string[];
}

export function toRecord(row: ChannelRow): ChannelRecord {
  const { config, secretNames } = fromJson<StoredConfig>(row.config);
  return {
    organization: row.organization_id,
    id: row.id,
    kind: row.kind,
    name: row.name,
    address: row.address,
    account: row.account,
    defaultTeamId: row.default_team_id,
    active: row.active === 1,
    config,
    secrets: row.secrets,
    secretNames,
  };
}

function present(row: ChannelRow): Channel {
  const { config, secretNames } = fromJson<StoredConfig>(row.config);
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    address: row.address,
    account: row.account,
    defaultTeamId: row.default_team_id,
    active: row.active === 1,
    config,
    secrets: secretNames,
    webhookPath: `/api/webhook/${row.kind}/${row.id}`,
    version: row.version,
    createdAt: timestamp(row.created_at),
  };
}
