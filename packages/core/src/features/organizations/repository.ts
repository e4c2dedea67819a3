import type { Knex } from 'knex';

/** Ids of all organizations, in the order of their making. */
export async function listOrganizationIds(db: Knex): Promise<string[]> {
  const rows: { id: string }[] = await db('organizations').orderBy('id').select('id');
  return rows.map((row) => row.id);
}
