import type { Context } from '../../database/context.js';
import { newId } from '../../kernel/ids.js';
import type { Person, PersonKey } from '../../plugin/index.js';
import {
  type IdentityRecord,
  insertIdentities,
  insertKeys,
  lookUpPeople,
  type People,
} from '../contacts/index.js';
import {
  type ContactDraft,
  insertContactTags,
  insertDrafts,
  lockContacts,
  updateDrafts,
} from './repository-contacts.js';
import type { RowContent } from './row.js';
import type { ContactImport } from './schema.js';

/** What a row came to. */
export type RowResult = { state: 'created' | 'updated' | 'unchanged'; contactId: string } | { fault: string; contactId?: string };

/** The contacts of one round of rows: what was found, made and changed, written by `flush`. A row is taken whole or not at all. */
export interface ContactBook {
  take(content: RowContent): RowResult;
  flush(): Promise<{ created: ContactDraft[]; updated: ContactDraft[] }>;
}

export async function openContactBook(
  ctx: Context,
  { channelId, existing }: Pick<ContactImport, 'channelId' | 'existing'>,
  contents: readonly RowContent[],
): Promise<ContactBook> {
  const persons = contents.flatMap(({ person }) => person ?? []);
  const people = channelId === null ? undefined : await lookUpPeople(ctx, channelId, persons);
  const found = persons.flatMap((person) => people?.find(person)?.contactId ?? []);
  const named = contents.flatMap(({ id }) => id ?? []);
  const contacts = await lockContacts(ctx, [...new Set([...found, ...named])].sort());
  return new Book(ctx, channelId, existing, people, contacts);
}

class Book implements ContactBook {
  private readonly before: ReadonlyMap<string, ContactDraft>;
  private readonly created = new Set<string>();
  private readonly updated = new Set<string>();
  private readonly newIdentities: IdentityRecord[] = [];
  private readonly newKeys: { channelId: string; identityId: string; key: PersonKey }[] = [];
  /** Whose the addresses are that came with this round. */
  private readonly ownerOfKey = new Map<string, string>();

  constructor(
    private readonly ctx: Context,
    private readonly channelId: string | null,
    private readonly existing: ContactImport['existing'],
    private readonly people: People | undefined,
    private readonly contacts: Map<string, ContactDraft>,
  ) {
    this.before = new Map(contacts);
  }

  take(content: RowContent): RowResult {
    const { id, person } = content;
    const holder = person && this.holderOf(person);
    const contactId = id ?? holder;
    if (contactId === undefined) return this.create(content);
    const contact = this.contacts.get(contactId);
    if (!contact) return { fault: `There is no contact ${contactId}` };
    if (contact.mergedInto !== null) {
      return { fault: `The contact was linked to ${contact.mergedInto}: give that id`, contactId: contact.mergedInto };
    }
    if (holder !== undefined && holder !== contactId) {
      return { fault: `The address is of another contact, ${holder}`, contactId: holder };
    }
    if (this.existing === 'refuse') return { fault: 'The contact is there already', contactId };
    return this.change(contact, content, holder === undefined ? person : undefined);
  }

  async flush(): Promise<{ created: ContactDraft[]; updated: ContactDraft[] }> {
    const { ctx } = this;
    const drafts = (ids: ReadonlySet<string>) => [...ids].flatMap((id) => this.contacts.get(id) ?? []);
    const [created, updated] = [drafts(this.created), drafts(this.updated)];
    await insertDrafts(ctx, created);
    await updateDrafts(ctx, updated);
    await insertIdentities(ctx, this.newIdentities);
    await insertKeys(ctx, this.newKeys);
    const uses = [...created, ...updated].flatMap(({ id, tagIds }) =>
      [...tagIds].filter((tagId) => !this.before.get(id)?.tagIds.has(tagId)).map((tagId) => ({ contactId: id, tagId })),
    );
    await insertContactTags(ctx, uses);
    return { created, updated };
  }

  private holderOf(person: Person): string | undefined {
    for (const key of person.keys) {
      const owner = this.ownerOfKey.get(nameOf(key));
      if (owner !== undefined) return owner;
    }
    return this.people?.find(person)?.contactId;
  }

  private create(content: RowContent): RowResult {
    const id = newId('contact', this.ctx.installation.clock.now());
    const { name = null, kind = 'customer', attributes, tagIds, person } = content;
    this.contacts.set(id, { id, name, kind, attributes, tagIds: new Set(tagIds), version: 1, mergedInto: null });
    this.created.add(id);
    if (person) this.addIdentity(id, person);
    return { state: 'created', contactId: id };
  }

  private change(before: ContactDraft, content: RowContent, newPerson: Person | undefined): RowResult {
    const { id } = before;
    const attributes = { ...before.attributes, ...content.attributes };
    const tagIds = new Set([...before.tagIds, ...content.tagIds]);
    const { kind = before.kind } = content;
    // Around what is in a cell there is no space; around what people call themselves there may be.
    const name = content.name === before.name?.trim() ? before.name : (content.name ?? before.name);
    const same =
      name === before.name &&
      kind === before.kind &&
      tagIds.size === before.tagIds.size &&
      Object.entries(attributes).every(([key, value]) => before.attributes[key] === value);
    if (same && !newPerson) return { state: 'unchanged', contactId: id };
    const made = this.created.has(id);
    // Two rows of one round are one change of the contact.
    const version = made || this.updated.has(id) ? before.version : before.version + 1;
    this.contacts.set(id, { ...before, name, kind, attributes, tagIds, version });
    if (!made) this.updated.add(id);
    if (newPerson) this.addIdentity(id, newPerson);
    return { state: 'updated', contactId: id };
  }

  private addIdentity(contactId: string, person: Person): void {
    const { channelId } = this;
    if (channelId === null) return;
    const now = this.ctx.installation.clock.now();
    const identityId = newId('identity', now);
    this.newIdentities.push({
      id: identityId,
      channelId,
      contactId,
      // What the person calls themselves there is not known yet.
      name: null,
      username: null,
      lastInboundAt: null,
      optedOutAt: null,
      createdAt: now,
    });
    for (const key of person.keys) {
      this.newKeys.push({ channelId, identityId, key });
      this.ownerOfKey.set(nameOf(key), contactId);
    }
  }
}

const nameOf = (key: PersonKey) => `${key.type} ${key.value}`;
