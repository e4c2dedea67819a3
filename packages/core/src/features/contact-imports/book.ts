import type { Context } from '../../database/context.js';
import { newId } from '../../kernel/ids.js';
import type { NewEvent } from '../../pipeline/event-log/event.js';
import type { Person, PersonKey } from '../../plugin/index.js';
import {
  type ContactRecord,
  findContactTags,
  type IdentityRecord,
  insertContacts,
  insertIdentities,
  insertKeys,
  lockContacts,
  lookUpPeople,
  type People,
  saveContacts,
} from '../contacts/index.js';
import { contactsGone, insertContactTags } from './repository-contacts.js';
import type { RowContent } from './row.js';
import type { ContactImport } from './schema.js';

/** What a row came to. */
export type RowResult =
  | { state: 'created' | 'updated' | 'unchanged'; contactId: string }
  | { fault: string; contactId?: string };

/** The contacts of one round of rows: what was found, made and changed, written by `flush`. A row is taken whole or not at all. */
export interface ContactBook {
  take(content: RowContent): RowResult;
  /** Answers with what happened, for the caller to append. */
  flush(): Promise<NewEvent[]>;
}

/** `kind` is what a contact is that no row says more of. */
type BookSettings = Pick<ContactImport, 'channelId' | 'existing'> & { kind: string };

export async function openContactBook(
  ctx: Context,
  settings: BookSettings,
  contents: readonly RowContent[],
): Promise<ContactBook> {
  const { channelId } = settings;
  const persons = contents.flatMap(({ person }) => person ?? []);
  const people = channelId === null ? undefined : await lookUpPeople(ctx, channelId, persons);
  const found = persons.flatMap((person) => people?.find(person)?.contactId ?? []);
  const ids = [...new Set([...found, ...contents.flatMap(({ id }) => id ?? [])])];
  const records = await lockContacts(ctx, ids);
  const tags = await findContactTags(ctx, ids);
  const gone = await contactsGone(ctx, ids);
  return new Book(ctx, settings, people, records, tags, gone);
}

interface Draft {
  record: ContactRecord;
  tagIds: ReadonlySet<string>;
  /** What changed; a contact that is made has no need to say. */
  fields: ReadonlySet<string>;
}

class Book implements ContactBook {
  private readonly drafts: Map<string, Draft>;
  private readonly created = new Set<string>();
  private readonly newIdentities: IdentityRecord[] = [];
  private readonly newKeys: { channelId: string; identityId: string; key: PersonKey }[] = [];
  /** Whose the addresses are that came with this round. */
  private readonly ownerOfKey = new Map<string, string>();

  constructor(
    private readonly ctx: Context,
    private readonly settings: BookSettings,
    private readonly people: People | undefined,
    records: readonly ContactRecord[],
    private readonly tagsBefore: ReadonlyMap<string, readonly string[]>,
    private readonly gone: ReadonlyMap<string, { linkedTo: string | null }>,
  ) {
    this.drafts = new Map(
      records.map((record) => {
        const tagIds = new Set(tagsBefore.get(record.id));
        return [record.id, { record, tagIds, fields: new Set<string>() }];
      }),
    );
  }

  take(content: RowContent): RowResult {
    const { id, person } = content;
    const holder = person && this.holderOf(person);
    const contactId = id ?? holder;
    if (contactId === undefined) return this.create(content);
    const draft = this.drafts.get(contactId);
    const gone = this.gone.get(contactId);
    if (gone?.linkedTo) {
      return { fault: `The contact was linked to ${gone.linkedTo}: give that id`, contactId: gone.linkedTo };
    }
    if (!draft || gone) return { fault: `There is no contact ${contactId}` };
    if (holder !== undefined && holder !== contactId) {
      return { fault: `The address is of another contact, ${holder}`, contactId: holder };
    }
    if (this.settings.existing === 'refuse') return { fault: 'The contact is there already', contactId };
    return this.change(draft, content, holder === undefined ? person : undefined);
  }

  async flush(): Promise<NewEvent[]> {
    const { ctx } = this;
    const drafts = [...this.drafts.values()];
    const made = drafts.filter(({ record }) => this.created.has(record.id));
    const changed = drafts.filter(({ record, fields }) => !this.created.has(record.id) && fields.size > 0);
    await insertContacts(
      ctx,
      made.map(({ record }) => record),
    );
    await saveContacts(
      ctx,
      changed.map(({ record }) => record),
    );
    await insertIdentities(ctx, this.newIdentities);
    await insertKeys(ctx, this.newKeys);
    await insertContactTags(
      ctx,
      [...made, ...changed].flatMap((draft) => this.newTagsOf(draft)),
    );
    return [
      ...made.map(({ record: { id } }): NewEvent => ({ type: 'contact.created', entityId: id, entityVersion: 1 })),
      ...changed.map(
        ({ record: { id, version }, fields }): NewEvent => ({
          type: 'contact.updated',
          entityId: id,
          entityVersion: version,
          changes: { fields: [...fields] },
        }),
      ),
    ];
  }

  private newTagsOf({ record: { id }, tagIds }: Draft): { contactId: string; tagId: string }[] {
    const before = new Set(this.tagsBefore.get(id));
    return [...tagIds].filter((tagId) => !before.has(tagId)).map((tagId) => ({ contactId: id, tagId }));
  }

  private holderOf(person: Person): string | undefined {
    for (const key of person.keys) {
      const owner = this.ownerOfKey.get(nameOf(key));
      if (owner !== undefined) return owner;
    }
    return this.people?.find(person)?.contactId;
  }

  private create({ name, kind = this.settings.kind, attributes, tagIds, person }: RowContent): RowResult {
    const now = this.ctx.installation.clock.now();
    const id = newId('contact', now);
    const made = { blockedAt: null, mergedInto: null, version: 1, createdAt: now };
    const record: ContactRecord = { id, name: name ?? null, kind, attributes, ...made };
    this.drafts.set(id, { record, tagIds: new Set(tagIds), fields: new Set() });
    this.created.add(id);
    if (person) this.addIdentity(record, person);
    return { state: 'created', contactId: id };
  }

  private change(before: Draft, content: RowContent, newPerson: Person | undefined): RowResult {
    const { record } = before;
    const { id } = record;
    const attributes = { ...record.attributes, ...content.attributes };
    const tagIds = new Set([...before.tagIds, ...content.tagIds]);
    const { kind = record.kind } = content;
    // Around what is in a cell there is no space; around what people call themselves there may be.
    const name = content.name === record.name?.trim() ? record.name : (content.name ?? record.name);
    const changed = Object.entries({
      name: name !== record.name,
      kind: kind !== record.kind,
      attributes: Object.entries(attributes).some(([key, value]) => record.attributes[key] !== value),
      tags: tagIds.size !== before.tagIds.size,
      identities: newPerson !== undefined,
    }).flatMap(([field, isSo]) => (isSo ? field : []));
    if (changed.length === 0) return { state: 'unchanged', contactId: id };
    // Two rows of one round are one change of the contact.
    const version = this.created.has(id) || before.fields.size > 0 ? record.version : record.version + 1;
    const after = { ...record, name, kind, attributes, version };
    this.drafts.set(id, { record: after, tagIds, fields: new Set([...before.fields, ...changed]) });
    if (newPerson) this.addIdentity(after, newPerson);
    return { state: 'updated', contactId: id };
  }

  private addIdentity({ id: contactId, blockedAt }: ContactRecord, person: Person): void {
    const { channelId } = this.settings;
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
      blocked: blockedAt !== null,
    });
    for (const key of person.keys) {
      this.newKeys.push({ channelId, identityId, key });
      this.ownerOfKey.set(nameOf(key), contactId);
    }
  }
}

const nameOf = (key: PersonKey) => `${key.type} ${key.value}`;
