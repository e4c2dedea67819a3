import type { Knex } from 'knex';
import type { Context } from '../../database/context.js';
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
  return rows.map(present);
}

/** The role for a change, locked until the transaction ends; undefined where there is none. */
export async function lockRole(ctx: Context, key: string): Promise<CustomRole | undefined> {
  const { trx, organization, installation } = ctx;
  const [row]: RoleRow[] = await installation.storage.dialect.forUpdate(
    trx('roles').where({ organization_id: organization, key }),
  );
  return row && present(row);
}

export async function insertRole(ctx: Context, { key, name, rank, grants }: Role): Promise<void> {
  await ctx.trx('roles').insert({
    organization_id: ctx.organization,
    key,
    name,
    rank,
    grants: JSON.stringify(grants),
    version: 1,
    created_at: ctx.installation.clock.now(),
  });
}

export async function saveRole(ctx: Context, { key, name, rank, grants, version }: CustomRole): Promise<void> {
  await ctx
    .trx('roles')
    .where({ organization_id: ctx.organization, key })
    .update({ name, rank, grants: JSON.stringify(grants), version });
}

export async function deleteRoleRow({ trx, organization }: Context, key: string): Promise<void> {
  await trx('roles').where({ organization_id: organization, key }).delete();
}

/** How many have the role, deactivated ones too, and how many are invited to it. */
export async function countHolders(
  { trx, organization, installation }: Context,
  role: string,
): Promise<{ users: number; invitations: number }> {
  const place = { organization_id: organization, role };
  const [users, invitations] = await Promise.all([
    trx('users').where(place).count({ n: '*' }).first(),
    trx('invitations')
      .where(place)
      .whereNull('accepted_at')
      .where('expires_at', '>', installation.clock.now())
      .count({ n: '*' })
      .first(),
  ]);
  return { users: Number(users?.n ?? 0), invitations: Number(invitations?.n ?? 0) };
}

function present({ key, name, rank, grants, version, created_at }: RoleRow): CustomRole {
  const held = fromJson<Role['grants']>(grants);
  return { key, name, rank, grants: held, version, createdAt: Number(created_at) };
}
