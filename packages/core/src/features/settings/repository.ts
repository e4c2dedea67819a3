import type { Knex } from 'knex';
import type { Context } from '../../database/context.js';
import { fromJson } from '../../kernel/json.js';
import { defaultOrganizationSettings, type OrganizationSettings } from './schema.js';

export interface SettingsRecord {
  /** 0 while nothing was ever set. */
  version: number;
  values: OrganizationSettings;
}

export async function readSettings(db: Knex, organization: string): Promise<SettingsRecord> {
  const row: { values: string; version: number } | undefined = await db('organization_settings')
    .where('organization_id', organization)
    .first('values', 'version');
  const set = row ? fromJson<Partial<OrganizationSettings>>(row.values) : {};
  return { version: row?.version ?? 0, values: { ...defaultOrganizationSettings, ...set } };
}

/** The same for a change, locked until the transaction ends: of two changes at once, neither undoes the other. */
export async function lockSettings({ trx, organization, installation }: Context): Promise<SettingsRecord> {
  await installation.storage.dialect.forUpdate(trx('organization_settings').where('organization_id', organization));
  return readSettings(trx, organization);
}

/** Writes what differs from the defaults, so that a default can still become better. */
export async function saveSettings(ctx: Context, { version, values }: SettingsRecord): Promise<void> {
  const set = Object.entries(values).filter(
    ([name, value]) =>
      JSON.stringify(value) !== JSON.stringify(defaultOrganizationSettings[name as keyof OrganizationSettings]),
  );
  const row = {
    values: JSON.stringify(Object.fromEntries(set)),
    version: version + 1,
    updated_at: ctx.installation.clock.now(),
  };
  const table = ctx.trx('organization_settings');
  if (version === 0) await table.insert({ organization_id: ctx.organization, ...row });
  else await table.where('organization_id', ctx.organization).update(row);
}
