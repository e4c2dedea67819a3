import type { Context } from '../../database/context.js';
import { newId } from '../../kernel/ids.js';
import type { Person, PersonKey } from '../../plugin/index.js';
import {
  findIdentities,
  findKeys,
  type IdentityRecord,
  insertContacts,
  insertIdentities,
  insertKeys,
  moveKeys,
  renameContacts,
  updateIdentities,
} from './repository.js';

/** The identities behind the people of one batch and one channel: what was found, made and changed, written by `flush`. */
export interface People {
  /** The identity of a person who was among those resolved. */
  of(person: Person): IdentityRecord;
  /** Like `of`, for somebody who may be unknown. */
  find(person: Person): IdentityRecord | undefined;
  /** Notes that the person wrote at that time (the provider's clock); the service window counts from the newest. */
  wrote(identity: IdentityRecord, at: number): void;
  optedOut(identity: IdentityRecord, at: number | null): void;
  /** Identities that lost a key to another one: where they have none left, the two are one person. */
  readonly joined: ReadonlyMap<IdentityRecord, IdentityRecord>;
  flush(): Promise<void>;
}

/**
 * Finds or makes the identity of everybody in `known` (found only) and `met` (made where new), in a fixed number of
 * statements. Keys that come together belong to one person: a phone that so far stood alone joins the identity that
 * carries the stronger key.
 */
export async function resolvePeople(
  ctx: Context,
  channelId: string,
  met: readonly Person[],
  known: readonly Person[] = [],
): Promise<People> {
  const keys = uniqueKeys([...met, ...known].flatMap((person) => person.keys));
  const rows = await findKeys(ctx, channelId, keys);
  const identities = await findIdentities(ctx, [...new Set(rows.map((row) => row.identity_id))]);
  const book = new Book(ctx, channelId);
  const byId = new Map(identities.map((identity) => [identity.id, identity]));
  for (const row of rows) {
    const identity = byId.get(row.identity_id);
    if (identity) book.knows(row, identity);
  }
  for (const person of met) book.meet(person);
  return book;
}

/** The batch's view of who has which key. */
class Book implements People {
  private readonly byKey = new Map<string, IdentityRecord>();
  private readonly stored = new Set<string>();
  private readonly made = new Set<IdentityRecord>();
  private readonly changed = new Set<IdentityRecord>();
  private readonly newKeys = new Map<string, { key: PersonKey; identity: IdentityRecord }>();
  private readonly movedKeys = new Map<string, { key: PersonKey; identity: IdentityRecord }>();
  readonly joined = new Map<IdentityRecord, IdentityRecord>();
  private readonly renames = new Map<string, { id: string; from: string | null; to: string }>();

  constructor(
    private readonly ctx: Context,
    private readonly channelId: string,
  ) {}

  knows(key: PersonKey, identity: IdentityRecord): void {
    this.byKey.set(nameOf(key), identity);
    this.stored.add(nameOf(key));
  }

  find(person: Person): IdentityRecord | undefined {
    for (const key of person.keys) {
      const identity = this.byKey.get(nameOf(key));
      if (identity) return identity;
    }
    return undefined;
  }

  of(person: Person): IdentityRecord {
    return this.find(person) ?? this.meet(person);
  }

  meet(person: Person): IdentityRecord {
    const identity = this.find(person) ?? this.make(person);
    for (const key of person.keys) this.give(key, identity);
    this.call(identity, person);
    return identity;
  }

  wrote(identity: IdentityRecord, at: number): void {
    if (identity.lastInboundAt !== null && identity.lastInboundAt >= at) return;
    identity.lastInboundAt = at;
    this.changed.add(identity);
  }

  optedOut(identity: IdentityRecord, at: number | null): void {
    identity.optedOutAt = at;
    this.changed.add(identity);
  }

  async flush(): Promise<void> {
    const { ctx, channelId } = this;
    const made = [...this.made];
    await insertContacts(ctx, made.map((one) => ({ id: one.contactId, name: one.name, kind: 'customer' })));
    await insertIdentities(ctx, made);
    await updateIdentities(ctx, [...this.changed].filter((identity) => !this.made.has(identity)));
    await insertKeys(ctx, [...this.newKeys.values()].map(({ key, identity }) => ({ channelId, key, identityId: identity.id })));
    await moveKeys(ctx, channelId, [...this.movedKeys.values()].map(({ key, identity }) => ({ key, identityId: identity.id })));
    for (const { contactId } of made) ctx.append({ type: 'contact.created', entityId: contactId, entityVersion: 1 });
    for (const { id, version } of await renameContacts(ctx, [...this.renames.values()])) {
      ctx.append({ type: 'contact.updated', entityId: id, entityVersion: version });
    }
  }

  private make(person: Person): IdentityRecord {
    const now = this.ctx.installation.clock.now();
    const identity: IdentityRecord = {
      id: newId('identity', now),
      channelId: this.channelId,
      contactId: newId('contact', now),
      name: person.name ?? null,
      username: person.username ?? null,
      lastInboundAt: null,
      optedOutAt: null,
      createdAt: now,
    };
    this.made.add(identity);
    return identity;
  }

  private give(key: PersonKey, identity: IdentityRecord): void {
    const name = nameOf(key);
    const holder = this.byKey.get(name);
    if (holder === identity) return;
    this.byKey.set(name, identity);
    if (!this.stored.has(name)) this.newKeys.set(name, { key, identity });
    else this.movedKeys.set(name, { key, identity });
    if (holder) this.joined.set(holder, identity);
  }

  private call(identity: IdentityRecord, person: Person): void {
    const name = person.name ?? identity.name;
    const username = person.username ?? identity.username;
    if (name === identity.name && username === identity.username) return;
    if (name !== null && name !== identity.name && !this.made.has(identity)) {
      this.renames.set(identity.contactId, { id: identity.contactId, from: identity.name, to: name });
    }
    identity.name = name;
    identity.username = username;
    this.changed.add(identity);
  }
}

const nameOf = (key: PersonKey) => `${key.type} ${key.value}`;

function uniqueKeys(keys: readonly PersonKey[]): PersonKey[] {
  return [...new Map(keys.map((key) => [nameOf(key), key])).values()];
}
