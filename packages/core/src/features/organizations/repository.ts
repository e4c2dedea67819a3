import type { Knex } from 'knex';
import type { Context, ReadContext } from '../../database/context.js';

/** Ids of all organizations, in the order of their making. */
export async function listOrganizationIds(db: Knex): Promise<string[]> {
  const rows: { id: string }[] = await db('organizations').orderBy('id').select('id');
  return rows.map((row) => row.id);
}

export async function anyOrganization({ trx }: Context): Promise<boolean> {
  return (await trx('organizations').first('id')) !== undefined;
}

/** The context's organization, with its log at the beginning. */
export async function insertOrganization({ trx, organization, installation }: Context, name: string): Promise<void> {
  await trx('organizations').insert({ id: organization, name, created_at: installation.clock.now() });
  await trx('organization_heads').insert({ organization_id: organization, sequence: 0, event_id: '0' });
}

export async function organizationName({ trx, organization }: ReadContext): Promise<string> {
  const row = await trx('organizations').where('id', organization).first('name');
  return row?.name ?? '';
}
