import type { Context, ReadContext } from '../../database/context.js';

interface ContactPlace {
  id: string;
  version: number;
  erasedAt: number | null;
  mergedInto: string | null;
}

/** A contact that was linked to another, which was linked to another: nobody does that this often. */
const longestChain = 50;

/**
 * The contact that stands for the person and all that were linked to it, locked until the transaction ends; undefined
 * where there is no such contact.
 */
export async function lockPerson(ctx: Context, id: string): Promise<ContactPlace[] | undefined> {
  let [root] = await readContacts(ctx, [id]);
  if (!root) return undefined;
  for (let step = 0; root.mergedInto !== null && step < longestChain; step++) {
    const [next] = await readContacts(ctx, [root.mergedInto]);
    if (!next) break;
    root = next;
  }
  const known = new Set([root.id]);
  for (let found = [root.id]; found.length > 0; ) {
    const linked = (await readContacts(ctx, await linkedTo(ctx, found))).filter(
      ({ id: one, mergedInto }) => mergedInto !== null && found.includes(mergedInto) && !known.has(one),
    );
    found = linked.map((one) => one.id);
    for (const one of found) known.add(one);
  }
  const locked = new Map((await readContacts(ctx, [...known], true)).map((one) => [one.id, one]));
  // The one that stands for the person first.
  return [...known].flatMap((one) => locked.get(one) ?? []);
}

/** Contacts and conversations of which it was ever said that they are part of these. */
async function linkedTo({ trx, organization }: ReadContext, ids: readonly string[]): Promise<string[]> {
  return trx('merges')
    .where('organization_id', organization)
    .whereIn('into_id', [...ids])
    .pluck('from_id');
}

async function readContacts(ctx: Context, ids: readonly string[], lock = false): Promise<ContactPlace[]> {
  if (ids.length === 0) return [];
  const query = ctx
    .trx('contacts')
    .where('organization_id', ctx.organization)
    .whereIn('id', [...ids])
    .orderBy('id')
    .select('id', 'version', 'erased_at', 'merged_into');
  const rows: { id: string; version: number; erased_at: number | null; merged_into: string | null }[] = lock
    ? await ctx.installation.storage.dialect.forUpdate(query)
    : await query;
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    erasedAt: row.erased_at,
    mergedInto: row.merged_into,
  }));
}

/**
 * The addresses that the person has over all channels, and had. A number that was given to somebody else since is theirs.
 */
export async function addressesOf(ctx: ReadContext, contactIds: readonly string[]): Promise<string[]> {
  const own = (table: string) =>
    ctx
      .trx(table)
      .where('organization_id', ctx.organization)
      .whereIn('identity_id', identitiesOf(ctx, contactIds))
      .distinct('value');
  const now: string[] = await own('identity_keys').pluck('value');
  const former: string[] = await own('former_keys').pluck('value');
  const taken: string[] = await ctx
    .trx('identity_keys')
    .where('organization_id', ctx.organization)
    .whereIn('value', former)
    .pluck('value');
  return [...new Set([...now, ...former.filter((value) => !taken.includes(value))])];
}

/** As a subquery: the ids of the person's identities. */
export function identitiesOf(
  { trx, organization }: Pick<ReadContext, 'trx' | 'organization'>,
  contactIds: readonly string[],
) {
  return trx('identities')
    .where('organization_id', organization)
    .whereIn('contact_id', [...contactIds])
    .select('id');
}

/** Takes name, attributes, addresses and tags away; answers how many of each there were. */
export async function emptyContacts(ctx: Context, contactIds: readonly string[], now: number) {
  const { trx, organization } = ctx;
  const ids = [...contactIds];
  // Read first: MySQL's subqueries would not see what this transaction changes, nor be fast.
  const identityIds: string[] = await identitiesOf(ctx, ids).pluck('id');
  const own = <T extends string>(table: T) => trx(table).where('organization_id', organization);
  const contacts = await own('contacts')
    .whereIn('id', ids)
    .where((or) => {
      or.whereNull('erased_at').orWhereNotNull('name').orWhereNotNull('attributes').orWhereNotNull('name_key');
    })
    .update({
      name: null,
      name_key: null,
      attributes: null,
      blocked_at: null,
      erased_at: now,
      version: trx.raw('version + 1'),
    });
  const identities = await own('identities')
    .whereIn('id', identityIds)
    .where((or) => {
      or.whereNotNull('name')
        .orWhereNotNull('username')
        .orWhereNotNull('last_inbound_at')
        .orWhereNotNull('opted_out_at');
    })
    .update({ name: null, username: null, last_inbound_at: null, opted_out_at: null });
  const keys =
    (await own('identity_keys').whereIn('identity_id', identityIds).delete()) +
    (await own('former_keys').whereIn('identity_id', identityIds).delete());
  const contactTags = await own('contact_tags').whereIn('contact_id', ids).delete();
  return { contacts, identities, keys, contactTags };
}
