import type { ReadContext } from '../../database/context.js';
import { timestamp } from '../../kernel/schema.js';
import { listAttributeRows } from '../contact-attributes/index.js';
import { type ContactRecord, findContactTags } from './repository.js';
import { type IdentityRecord, identitiesOfContacts, keysOf } from './repository-identities.js';
import type { Contact } from './schema.js';

/** Contacts as clients see them; four reads for any number of them. */
export async function presentContacts(ctx: ReadContext, records: readonly ContactRecord[]): Promise<Contact[]> {
  if (records.length === 0) return [];
  const ids = records.map((record) => record.id);
  const [identities, tags, definitions] = await Promise.all([
    identitiesOfContacts(ctx, ids),
    findContactTags(ctx, ids),
    listAttributeRows(ctx),
  ]);
  const keys = await keysOf(
    ctx,
    identities.map((identity) => identity.id),
  );
  const byContact = new Map<string, IdentityRecord[]>();
  for (const identity of identities) {
    byContact.set(identity.contactId, [...(byContact.get(identity.contactId) ?? []), identity]);
  }
  return records.map((record) => ({
    id: record.id,
    name: record.name,
    kind: record.kind,
    attributes: Object.fromEntries(
      definitions.flatMap(({ key }) => {
        const value = Object.hasOwn(record.attributes, key) ? record.attributes[key] : undefined;
        return value === undefined ? [] : [[key, value]];
      }),
    ),
    blockedAt: timestamp(record.blockedAt),
    tags: tags.get(record.id) ?? [],
    identities: (byContact.get(record.id) ?? []).map((identity) => ({
      id: identity.id,
      channelId: identity.channelId,
      name: identity.name,
      username: identity.username,
      keys: keys.get(identity.id) ?? [],
      lastInboundAt: timestamp(identity.lastInboundAt),
      optedOutAt: timestamp(identity.optedOutAt),
    })),
    version: record.version,
    createdAt: timestamp(record.createdAt),
  }));
}
