import type { Knex } from 'knex';
import type { Context, ReadContext } from '../../database/context.js';
import type { PersonKey } from '../../plugin/index.js';

/** An identity as it is stored. Times are epoch milliseconds. */
export interface IdentityRecord {
  id: string;
  channelId: string;
  contactId: string;
  name: string | null;
  username: string | null;
  lastInboundAt: number | null;
  optedOutAt: number | null;
  createdAt: number;
  /** Nobody wants to hear from the contact. */
  blocked: boolean;
}

interface IdentityRow {
  id: string;
  channel_id: string;
  contact_id: string;
  name: string | null;
  username: string | null;
  last_inbound_at: number | null;
  opted_out_at: number | null;
  created_at: number;
  /** Of its contact. */
  blocked_at: number | null;
}

export interface KeyRow extends PersonKey {
  identity_id: string;
}

export async function findIdentity(ctx: ReadContext, id: string): Promise<IdentityRecord | undefined> {
  const [row] = await findIdentities(ctx, [id]);
  return row;
}

export async function findIdentities(ctx: ReadContext, ids: readonly string[]): Promise<IdentityRecord[]> {
  if (ids.length === 0) return [];
  const rows: IdentityRow[] = await joinContacts(ctx.trx('identities'))
    .where('identities.organization_id', ctx.organization)
    .whereIn('identities.id', ids)
    .select('identities.*', 'contacts.blocked_at');
  return rows.map(toIdentity);
}

/** All identities of the contacts, each contact's oldest first. */
export async function identitiesOfContacts(ctx: ReadContext, contactIds: readonly string[]): Promise<IdentityRecord[]> {
  if (contactIds.length === 0) return [];
  const rows: IdentityRow[] = await joinContacts(ctx.trx('identities'))
    .where('identities.organization_id', ctx.organization)
    .whereIn('identities.contact_id', contactIds)
    .select('identities.*', 'contacts.blocked_at');
  return rows.map(toIdentity).sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}

/** Whether the contact is blocked comes along: it costs a look at one row, and no statement. */
function joinContacts<Q extends Knex.QueryBuilder>(identities: Q): Q {
  identities.join('contacts', (on) => {
    on.on('contacts.organization_id', 'identities.organization_id').on('contacts.id', 'identities.contact_id');
  });
  return identities;
}

function toIdentity(row: IdentityRow): IdentityRecord {
  return {
    id: row.id,
    channelId: row.channel_id,
    contactId: row.contact_id,
    name: row.name,
    username: row.username,
    lastInboundAt: row.last_inbound_at,
    optedOutAt: row.opted_out_at,
    createdAt: row.created_at,
    blocked: row.blocked_at !== null,
  };
}

/** The keys of each identity, newest first within a type: a person's newest number is the one to write to. */
export async function keysOf(
  { trx, organization }: ReadContext,
  identityIds: readonly string[],
): Promise<Map<string, PersonKey[]>> {
  const keys = new Map<string, PersonKey[]>();
  if (identityIds.length === 0) return keys;
  const rows: DatedKeyRow[] = await trx('identity_keys')
    .where('organization_id', organization)
    .whereIn('identity_id', identityIds)
    .select('type', 'value', 'identity_id', 'created_at');
  for (const row of rows.sort(newestFirst)) {
    keys.set(row.identity_id, [...(keys.get(row.identity_id) ?? []), { type: row.type, value: row.value }]);
  }
  return keys;
}

interface DatedKeyRow extends KeyRow {
  created_at: number;
}

function newestFirst(a: DatedKeyRow, b: DatedKeyRow): number {
  return b.created_at - a.created_at || (`${a.type} ${a.value}` < `${b.type} ${b.value}` ? -1 : 1);
}

/** Which identity of the channel each key names, for those that are known. */
export async function findKeys(ctx: ReadContext, channelId: string, keys: readonly PersonKey[]): Promise<KeyRow[]> {
  if (keys.length === 0) return [];
  return keyed(ctx, channelId, keys).select('type', 'value', 'identity_id');
}

/** The identities behind the keys, once for each key that is known; one read. */
export async function findByKeys(
  ctx: ReadContext,
  channelId: string,
  keys: readonly PersonKey[],
): Promise<{ key: PersonKey; identity: IdentityRecord }[]> {
  if (keys.length === 0) return [];
  const query = keyed(ctx, channelId, keys).join('identities', (on) => {
    on.on('identities.organization_id', 'identity_keys.organization_id').on(
      'identities.id',
      'identity_keys.identity_id',
    );
  });
  const rows: (IdentityRow & PersonKey)[] = await joinContacts(query).select(
    'identity_keys.type',
    'identity_keys.value',
    'identities.*',
    'contacts.blocked_at',
  );
  const identities = new Map<string, IdentityRecord>();
  return rows.map((row) => {
    const identity = identities.get(row.id) ?? toIdentity(row);
    identities.set(row.id, identity);
    return { key: { type: row.type, value: row.value }, identity };
  });
}

function keyed(ctx: ReadContext, channelId: string, keys: readonly PersonKey[]) {
  const query = ctx
    .trx('identity_keys')
    .where({ 'identity_keys.organization_id': ctx.organization, 'identity_keys.channel_id': channelId });
  whereKeys(query, keys);
  return query;
}

/** Narrows a query of `identity_keys` to these keys. */
export function whereKeys(query: Knex.QueryBuilder, keys: readonly PersonKey[]): void {
  const byType = new Map<string, Set<string>>();
  for (const { type, value } of keys) byType.set(type, (byType.get(type) ?? new Set()).add(value));
  query.where((or) => {
    for (const [type, values] of byType) {
      or.orWhere((and) => {
        and.where('type', type).whereIn('value', [...values]);
      });
    }
    if (byType.size === 0) or.whereRaw('1 = 0');
  });
}

export async function insertIdentities(ctx: Context, identities: readonly IdentityRecord[]): Promise<void> {
  const rows = identities.map((identity) => ({
    organization_id: ctx.organization,
    id: identity.id,
    channel_id: identity.channelId,
    contact_id: identity.contactId,
    name: identity.name,
    username: identity.username,
    last_inbound_at: identity.lastInboundAt,
    opted_out_at: identity.optedOutAt,
    created_at: identity.createdAt,
  }));
  await ctx.installation.storage.dialect.bulkInsert(ctx.trx, 'identities', rows);
}

export async function updateIdentities(ctx: Context, identities: readonly IdentityRecord[]): Promise<void> {
  const rows = identities.map((identity) => ({
    organization_id: ctx.organization,
    id: identity.id,
    contact_id: identity.contactId,
    name: identity.name,
    username: identity.username,
    last_inbound_at: identity.lastInboundAt,
    opted_out_at: identity.optedOutAt,
  }));
  await ctx.installation.storage.dialect.bulkUpdate(ctx.trx, 'identities', ['organization_id', 'id'], rows);
}

/** Writes when each of the persons last wrote, and nothing else. */
export async function touchIdentities(ctx: Context, identities: readonly IdentityRecord[]): Promise<void> {
  const rows = identities.map((identity) => ({
    organization_id: ctx.organization,
    id: identity.id,
    last_inbound_at: identity.lastInboundAt,
  }));
  await ctx.installation.storage.dialect.bulkUpdate(ctx.trx, 'identities', ['organization_id', 'id'], rows);
}

export async function insertKeys(
  ctx: Context,
  keys: readonly { channelId: string; identityId: string; key: PersonKey }[],
): Promise<void> {
  const now = ctx.installation.clock.now();
  const rows = keys.map(({ channelId, identityId, key }) => ({
    organization_id: ctx.organization,
    channel_id: channelId,
    type: key.type,
    value: key.value,
    identity_id: identityId,
    created_at: now,
  }));
  await ctx.installation.storage.dialect.bulkInsert(ctx.trx, 'identity_keys', rows);
}

/** Points keys at another identity: two turned out to be one person, or a number went to somebody else. */
export async function moveKeys(
  ctx: Context,
  channelId: string,
  moves: readonly { key: PersonKey; identityId: string }[],
): Promise<void> {
  const rows = moves.map(({ key, identityId }) => ({
    organization_id: ctx.organization,
    channel_id: channelId,
    type: key.type,
    value: key.value,
    identity_id: identityId,
  }));
  const place = ['organization_id', 'channel_id', 'type', 'value'];
  await ctx.installation.storage.dialect.bulkUpdate(ctx.trx, 'identity_keys', place, rows);
}

/** Takes keys away from whoever has them. */
export async function removeKeys(ctx: Context, channelId: string, keys: readonly PersonKey[]): Promise<void> {
  if (keys.length === 0) return;
  await keyed(ctx, channelId, keys).delete();
}
