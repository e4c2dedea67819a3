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
}

interface ChannelRow {
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
  const row: ChannelRow | undefined = await trx('channels').where({ organization_id: organization, id }).first();
  return row && present(row);
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
  channel: Omit<ChannelRecord, 'organization' | 'active'> & { secretNames: string[] },
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
    config: JSON.stringify({ config: channel.config, secretNames: channel.secretNames }),
    secrets: channel.secrets,
    version: 1,
    created_at: ctx.installation.clock.now(),
  });
}

interface StoredConfig {
  config: Record<string, unknown>;
  secretNames: string[];
}

function toRecord(row: ChannelRow): ChannelRecord {
  return {
    organization: row.organization_id,
    id: row.id,
    kind: row.kind,
    name: row.name,
    address: row.address,
    account: row.account,
    defaultTeamId: row.default_team_id,
    active: row.active === 1,
    config: fromJson<StoredConfig>(row.config).config,
    secrets: row.secrets,
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
