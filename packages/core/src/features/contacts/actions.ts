import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import type { Person } from '../../plugin/index.js';
import { demand } from '../roles/index.js';
import { changedAttributes, demandKind } from './change.js';
import { showContact } from './reads.js';
import { findContacts, insertContacts } from './repository.js';
import {
  findIdentities,
  findKeys,
  type IdentityRecord,
  insertIdentities,
  insertKeys,
} from './repository-identities.js';
import { contactsSeen } from './repository-sight.js';
import type { Contact, NewContact } from './schema.js';

/**
 * Writes somebody down before they wrote. Whoever sees the contacts of their own conversations alone sees it from the
 * first conversation on; until then the answer is all that they see of it.
 */
export const createContact = action('contacts.create', async (ctx, input: NewContact): Promise<Contact> => {
  demand(ctx.actor, 'contacts:write');
  const { name, identities = [] } = input;
  if (name === undefined && identities.length === 0) {
    fail('validation_failed', undefined, { errors: [{ path: '/body', message: 'needs a name or an identity' }] });
  }
  const { contactKinds } = (await ctx.installation.rules.of(ctx.organization)).settings;
  const kind = input.kind ?? contactKinds[0] ?? 'customer';
  if (input.kind !== undefined) await demandKind(ctx, kind);
  const persons = await newPersons(ctx, identities);
  const now = ctx.installation.clock.now();
  const id = newId('contact', now);
  const attributes = await changedAttributes(ctx, {}, input.attributes);
  await insertContacts(ctx, [{ id, name: name?.trim() ?? null, kind, attributes }]);
  await insertPersons(ctx, id, persons, now);
  ctx.append({ type: 'contact.created', entityId: id, entityVersion: 1 });
  const [record] = await findContacts(ctx, [id]);
  return record ? showContact(ctx, record) : fail('internal_error');
});

interface NewPerson {
  channelId: string;
  person: Person;
}

/** Whom the addresses mean, whom nobody else may be. */
async function newPersons(ctx: Context, given: NonNullable<NewContact['identities']>): Promise<NewPerson[]> {
  const persons: NewPerson[] = [];
  const named = new Set<string>();
  for (const [index, { channelId, address }] of given.entries()) {
    const channel = await ctx.installation.channels.byId(channelId);
    if (channel?.organization !== ctx.organization) fail('not_found', `There is no channel ${channelId}`);
    const person = channel.plugin.person(address);
    if (!person) fail('recipient_invalid', `${channel.plugin.title} cannot read identities[${index}].address`);
    const names = person.keys.map(({ type, value }) => `${channelId} ${type} ${value}`);
    if (names.some((name) => named.has(name))) fail('identity_taken', `identities[${index}] is there twice`);
    for (const name of names) named.add(name);
    await demandFree(ctx, index, channelId, person);
    persons.push({ channelId, person });
  }
  return persons;
}

async function demandFree(ctx: Context, index: number, channelId: string, person: Person): Promise<void> {
  const known = await findKeys(ctx, channelId, person.keys);
  const [identity] = await findIdentities(
    ctx,
    known.map((key) => key.identity_id),
  );
  if (!identity) return;
  const { contactId } = identity;
  // Who it is, is told to those who see them anyway.
  const seen = (await contactsSeen(ctx, [contactId])).has(contactId);
  fail('identity_taken', `identities[${index}] is a contact already`, seen ? { contactId } : {});
}

async function insertPersons(
  ctx: Context,
  contactId: string,
  persons: readonly NewPerson[],
  now: number,
): Promise<void> {
  const made = persons.map(({ channelId, person }): { identity: IdentityRecord; person: Person } => ({
    person,
    identity: {
      id: newId('identity', now),
      channelId,
      contactId,
      name: person.name ?? null,
      username: person.username ?? null,
      lastInboundAt: null,
      optedOutAt: null,
      createdAt: now,
      blocked: false,
    },
  }));
  await insertIdentities(
    ctx,
    made.map(({ identity }) => identity),
  );
  await insertKeys(
    ctx,
    made.flatMap(({ identity: { id, channelId }, person }) =>
      person.keys.map((key) => ({ channelId, key, identityId: id })),
    ),
  );
}
