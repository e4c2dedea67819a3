import type { Context } from '../../database/context.js';
import { newId } from '../../kernel/ids.js';
import type { NewEvent } from '../../pipeline/event-log/event.js';
import type { Person, PersonKey } from '../../plugin/index.js';
import { insertContacts, renameContacts } from './repository.js';
import {
  findByKeys,
  type IdentityRecord,
  insertIdentities,
  insertKeys,
  keysOf,
  moveKeys,
  touchIdentities,
  updateIdentities,
} from './repository-identities.js';

/** The identities behind the people of one batch and one channel: what was found, made and changed, written by `flush`. */
export interface People {
  /** The person's identity, made where there is none; learns the keys and the name that come with them. */
  meet(person: Person): IdentityRecord;
  /** The person's identity, if there is one. */
  find(person: Person): IdentityRecord | undefined;
  /** Notes that the person wrote at that time (the provider's clock); the service window counts from the newest. */
  wrote(identity: IdentityRecord, at: number): void;
  optedOut(identity: IdentityRecord, at: number | null): void;
  /** Identities that lost a key to another one: where they have none left, the two are one person. */
  readonly joined: ReadonlyMap<IdentityRecord, IdentityRecord>;
  /** Sends what was made and changed; answers with what happened, for the caller to append. */
  flush(): Promise<NewEvent[]>;
}

/**
 * Looks up everybody of a batch in one read; what `meet` makes and changes is written by `flush`. Keys that come together
 * belong to one person: a phone that so far stood alone joins the identity that carries the stronger key.
 */
export async function lookUpPeople(ctx: Context, channelId: string, persons: readonly Person[]): Promise<People> {
  const book = new Book(ctx, channelId);
  for (const { key, identity } of await findByKeys(
    ctx,
    channelId,
    uniqueKeys(persons.flatMap((person) => person.keys)),
  )) {
    book.knows(key, identity);
  }
  const others = book.foundByWeakerKey(persons);
  for (const [id, keys] of await keysOf(ctx, others)) book.has(id, keys);
  return book;
}

/** The batch's view of who has which key. */
class Book implements People {
  private readonly byKey = new Map<string, IdentityRecord>();
  private readonly stored = new Set<string>();
  /** By identity: the keys that it is known to have. */
  private readonly held = new Map<string, PersonKey[]>();
  private readonly made = new Set<IdentityRecord>();
  private readonly changed = new Set<IdentityRecord>();
  private readonly touched = new Set<IdentityRecord>();
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
    this.has(identity.id, [key]);
  }

  has(identityId: string, keys: readonly PersonKey[]): void {
    this.held.set(identityId, [...(this.held.get(identityId) ?? []), ...keys]);
  }

  /** Identities that somebody has only a weaker key in common with: whether it is theirs, their other keys tell. */
  foundByWeakerKey(persons: readonly Person[]): string[] {
    const unknown = persons.filter(({ keys: [best] }) => best && !this.byKey.has(nameOf(best)));
    const found = unknown.flatMap(({ keys }) => keys.slice(1).flatMap((key) => this.byKey.get(nameOf(key))?.id ?? []));
    return [...new Set(found)];
  }

  find(person: Person): IdentityRecord | undefined {
    const [best] = person.keys;
    for (const key of person.keys) {
      const identity = this.byKey.get(nameOf(key));
      if (identity && best && (key === best || !this.isSomebodyElse(identity, best))) return identity;
    }
    return undefined;
  }

  /** Somebody with another key of the best kind: the weaker one, a number, was given to a new owner. */
  private isSomebodyElse(identity: IdentityRecord, best: PersonKey): boolean {
    return (this.held.get(identity.id) ?? []).some((key) => key.type === best.type && key.value !== best.value);
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
    this.touched.add(identity);
  }

  optedOut(identity: IdentityRecord, at: number | null): void {
    identity.optedOutAt = at;
    this.changed.add(identity);
  }

  async flush(): Promise<NewEvent[]> {
    const { ctx, channelId } = this;
    const made = [...this.made];
    const { settings } = await ctx.installation.rules.of(ctx.organization);
    const kind = settings.contactKinds[0] ?? 'customer';
    const stored = (identities: Set<IdentityRecord>) => [...identities].filter((one) => !this.made.has(one));
    ctx.write(
      insertContacts(
        ctx,
        made.map((one) => ({ id: one.contactId, name: one.name, kind })),
      ),
      insertIdentities(ctx, made),
      updateIdentities(ctx, stored(this.changed)),
      touchIdentities(ctx, stored(this.touched)),
      insertKeys(
        ctx,
        [...this.newKeys.values()].map(({ key, identity }) => ({ channelId, key, identityId: identity.id })),
      ),
      moveKeys(
        ctx,
        channelId,
        [...this.movedKeys.values()].map(({ key, identity }) => ({ key, identityId: identity.id })),
      ),
    );
    const created = made.map(({ contactId }) => contactEvent('contact.created', contactId, 1));
    const renamed = await renameContacts(ctx, [...this.renames.values()]);
    return [...created, ...renamed.map(({ id, version }) => contactEvent('contact.updated', id, version))];
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
      blocked: false,
    };
    this.made.add(identity);
    return identity;
  }

  private give(key: PersonKey, identity: IdentityRecord): void {
    const name = nameOf(key);
    const holder = this.byKey.get(name);
    if (holder === identity) return;
    this.byKey.set(name, identity);
    this.has(identity.id, [key]);
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

function contactEvent(type: 'contact.created' | 'contact.updated', id: string, version: number): NewEvent {
  return { type, entityId: id, entityVersion: version };
}

const nameOf = (key: PersonKey) => `${key.type} ${key.value}`;

function uniqueKeys(keys: readonly PersonKey[]): PersonKey[] {
  return [...new Map(keys.map((key) => [nameOf(key), key])).values()];
}
