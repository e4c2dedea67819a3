import type { Knex } from 'knex';
import type { Context, ReadContext } from '../../database/context.js';
import { decodePage, defaultLimit, type Page, type PageRequest, seek, toPage } from '../../database/page.js';
import type { Grants } from '../../kernel/actor.js';
import { fromJson } from '../../kernel/json.js';
import { timestamp } from '../../kernel/schema.js';
import type { ApiKey } from './schema.js';

interface KeyRow {
  id: string;
  user_id: string;
  name: string;
  hint: string;
  grants: string;
  expires_at: number;
  last_used_at: number | null;
  created_at: number;
}

/** What a request with a key is decided by. */
export interface KeyRecord {
  id: string;
  organizationId: string;
  userId: string;
  grants: Grants;
  expiresAt: number;
  lastUsedAt: number;
}

/** Keys, the newest first; those that ran out are among them for a month. */
export async function listKeys(ctx: ReadContext, page: PageRequest): Promise<Page<ApiKey>> {
  const limit = page.limit ?? defaultLimit;
  const cursor = page.cursor === undefined ? undefined : decodePage(page.cursor);
  const keys = ctx.trx('api_keys').where('organization_id', ctx.organization);
  const rows: KeyRow[] = await seek(keys, 'created_at', 'id', 'desc', cursor).limit(limit + 1);
  return toPage(rows, limit, (row) => ({ at: Number(row.created_at), id: row.id }), present);
}

export async function findKey({ trx, organization }: ReadContext, id: string): Promise<ApiKey | undefined> {
  const row: KeyRow | undefined = await trx('api_keys').where({ organization_id: organization, id }).first();
  return row && present(row);
}

export function findKeyByHash(db: Knex, hash: string): Promise<KeyRecord | undefined> {
  return findRecord(db, { hash });
}

export function findKeyRecord({ trx, organization }: ReadContext, id: string): Promise<KeyRecord | undefined> {
  return findRecord(trx, { organization_id: organization, id });
}

async function findRecord(db: Knex, place: Record<string, string>): Promise<KeyRecord | undefined> {
  const row: (KeyRow & { organization_id: string }) | undefined = await db('api_keys').where(place).first();
  if (!row) return undefined;
  return {
    id: row.id,
    organizationId: row.organization_id,
    userId: row.user_id,
    grants: fromJson<Grants>(row.grants),
    expiresAt: Number(row.expires_at),
    lastUsedAt: Number(row.last_used_at ?? 0),
  };
}

export async function insertKey(
  ctx: Context,
  key: { id: string; userId: string; name: string; hash: string; hint: string; grants: Grants; expiresAt: number },
): Promise<void> {
  await ctx.trx('api_keys').insert({
    organization_id: ctx.organization,
    id: key.id,
    user_id: key.userId,
    name: key.name,
    hash: key.hash,
    hint: key.hint,
    grants: JSON.stringify(key.grants),
    expires_at: key.expiresAt,
    last_used_at: null,
    created_at: ctx.installation.clock.now(),
  });
}

export async function deleteKey({ trx, organization }: Context, id: string): Promise<void> {
  await trx('api_keys').where({ organization_id: organization, id }).delete();
}

/** Only one of the requests that come at once writes. */
export async function markUsed({ trx, organization }: Context, id: string, before: number, now: number): Promise<void> {
  await trx('api_keys')
    .where({ organization_id: organization, id })
    .where((or) => {
      or.whereNull('last_used_at').orWhere('last_used_at', '<', before);
    })
    .update({ last_used_at: now });
}

function present(row: KeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    userId: row.user_id,
    hint: row.hint,
    permissions: Object.keys(fromJson<Grants>(row.grants)),
    expiresAt: timestamp(Number(row.expires_at)),
    lastUsedAt: timestamp(row.last_used_at),
    createdAt: timestamp(Number(row.created_at)),
  };
}
