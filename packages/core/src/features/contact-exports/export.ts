import type { ReadContext } from '../../database/context.js';
import { transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import type { UserActor } from '../../kernel/actor.js';
import { csvLine } from '../../kernel/csv.js';
import { fail } from '../../kernel/errors.js';
import { timestamp } from '../../kernel/schema.js';
import type { Person, PersonKey } from '../../plugin/index.js';
import { findChannel, listChannels } from '../channels/index.js';
import { attributesOf, fieldOfAttribute, ownFields } from '../contact-imports/index.js';
import { findContactTags } from '../contacts/index.js';
import { demand } from '../roles/index.js';
import { listTags } from '../tags/index.js';
import { contactsAfter, type ExportedContact, keysOn } from './repository.js';
import type { ContactExport } from './schema.js';

/**
 * All contacts as CSV, oldest first, read page by page as they are asked for; what is imported again comes back as it
 * was. That it was exported is recorded.
 *
 * @throws TimsError `not_found` for a channel of somebody else's
 */
export async function exportContacts(
  installation: Installation,
  actor: UserActor,
  { channelId }: ContactExport,
): Promise<AsyncIterable<string>> {
  demand(actor, 'contacts:transfer');
  const { reader: trx } = installation.storage;
  const ctx: ReadContext = { installation, organization: actor.organization, actor, trx };
  const channel = await channelOf(ctx, channelId);
  await transaction(installation, actor.organization, actor, async (own) =>
    own.record({ action: 'contacts.export', data: channel === undefined ? {} : { channelId: channel } }),
  );
  return lines(ctx, channel);
}

/** Whose addresses are told: the channel that was asked for, or the only one that there is. */
async function channelOf(ctx: ReadContext, asked: string | undefined): Promise<string | undefined> {
  if (asked !== undefined) {
    return (await findChannel(ctx, asked))?.id ?? fail('not_found', `There is no channel ${asked}`);
  }
  const channels = await listChannels(ctx);
  return channels.length === 1 ? channels[0]?.id : undefined;
}

const contactsAtOnce = 500;

async function* lines(ctx: ReadContext, channelId: string | undefined): AsyncIterable<string> {
  const attributes = await attributesOf(ctx);
  const tagNames = new Map((await listTags(ctx)).map(({ id, name }) => [id, name]));
  const channel = channelId === undefined ? undefined : await ctx.installation.channels.byId(channelId);
  const addressOf = (keys: readonly PersonKey[]) => (channel ? typedAddress(keys, channel.plugin.person) : undefined);
  yield csvLine([
    ...['id', 'name', 'kind', 'tags'],
    ...(channelId === undefined ? [] : ['address']),
    'created_at',
    ...attributes.map(({ key }) => headingOf(key)),
  ]);
  const line = (contact: ExportedContact, tagIds: readonly string[], keys: readonly PersonKey[]) =>
    csvLine([
      ...[contact.id, contact.name, contact.kind],
      tagIds.flatMap((id) => tagNames.get(id) ?? []).join('|'),
      ...(channelId === undefined ? [] : [addressOf(keys)]),
      timestamp(contact.createdAt),
      ...attributes.map(({ key }) => contact.attributes[key]),
    ]);
  for (let after = ''; ; ) {
    const contacts = await contactsAfter(ctx, after, contactsAtOnce);
    const ids = contacts.map(({ id }) => id);
    const tags = await findContactTags(ctx, ids);
    const keys = channelId === undefined ? new Map<string, PersonKey[]>() : await keysOn(ctx, channelId, ids);
    if (contacts.length > 0) {
      yield contacts.map((one) => line(one, tags.get(one.id) ?? [], keys.get(one.id) ?? [])).join('');
    }
    after = contacts.at(-1)?.id ?? after;
    if (contacts.length < contactsAtOnce) return;
  }
}

/** What somebody would type for the person: the first of their keys that the channel reads as that same key. */
function typedAddress(keys: readonly PersonKey[], person: (to: string) => Person | undefined): string | undefined {
  return keys.find((key) => person(key.value)?.keys.some((own) => own.type === key.type && own.value === key.value))
    ?.value;
}

/** An attribute that is called like a field of every contact says that it is an attribute. */
function headingOf(key: string): string {
  const taken: readonly string[] = [...ownFields, 'created_at'];
  return taken.includes(key) ? fieldOfAttribute(key) : key;
}
