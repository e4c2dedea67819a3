import type { Knex } from 'knex';
import { fromJson } from '../../kernel/json.js';
import type { Role } from './table.js';

/** A role that an organization made for itself. */
export interface CustomRole extends Role {
  version: number;
  createdAt: number;
}

interface RoleRow {
  key: string;
  name: string;
  rank: number;
  grants: string;
  version: number;
  created_at: number;
}

/** The organization's own roles, highest first. */
export async function readCustomRoles(db: Knex, organization: string): Promise<CustomRole[]> {
  const rows: RoleRow[] = await db('roles')
    .where('organization_id', organization)
    .orderBy([{ column: 'rank', order: 'desc' }, 'key']);
  return rows.map(({ key, name, rank, grants, version, created_at }) => ({
    key,
    name,
    rank,
    grants: fromJson<Role['grants']>(grants),
    version,
    createdAt: Number(created_at),
  }));
}
