import type { Ignored, InboundMessage, MessageOrigin, Person, Route } from '@tims/core/plugin';
import { canonicalPhone, digitsOf, isKey, isUserId, personKeys } from '../phone.js';
import { type Json, list, object, text } from './json.js';

/** What holds for everything inside one change of a webhook. */
export interface Scope {
  field: string;
  value: Json;
  route: Route;
  /** When the change happened: the entry's time where Meta gives one, else `receivedAt`. */
  at: number;
  receivedAt: number;
  contacts: Contacts;
}

/** Where a list of messages comes from, and whose they are. */
export interface Voice {
  origin: MessageOrigin;
  direction: InboundMessage['direction'];
  /** The person's number where a message does not name it: a history's thread does. */
  customer?: unknown;
}

/** One element of `contacts[]`: belongs to the messages with its ids, wherever they stand in their list. */
interface ContactCard {
  waId: unknown;
  userId: unknown;
  name?: string;
  username?: string;
}

/** `contacts[]` by what messages name: a body may hold a thousand of each. */
export interface Contacts {
  byUserId: ReadonlyMap<string, ContactCard>;
  /** By canonical phone. */
  byPhone: ReadonlyMap<string, ContactCard>;
  /** The only one; undefined when there are several. */
  single: ContactCard | undefined;
}

export function readContacts(value: unknown): Contacts {
  const cards = list(value).flatMap((element) => {
    const card = object(element);
    return card ? [readCard(card)] : [];
  });
  const byUserId = new Map<string, ContactCard>();
  const byPhone = new Map<string, ContactCard>();
  for (const card of cards) {
    const userId = userIdOf(card.userId, card.waId);
    const phone = phoneOf(card.waId);
    if (userId !== undefined && !byUserId.has(userId)) byUserId.set(userId, card);
    if (phone !== undefined && !byPhone.has(phone)) byPhone.set(phone, card);
  }
  return { byUserId, byPhone, single: cards.length === 1 ? cards[0] : undefined };
}

function readCard(card: Json): ContactCard {
  const profile = object(card.profile);
  return { waId: card.wa_id, userId: card.user_id, name: label(profile?.name), username: label(profile?.username) };
}

/**
 * The person behind a number and a business-scoped id, completed from the contact that has one of the two.
 * Where neither is given, a contact that stands alone is meant.
 */
export function personOf(given: { number?: unknown; userId?: unknown }, scope: Scope): Person | undefined {
  const card = contactOf(given, scope.contacts);
  const keys = personKeys({
    userId: isKey(given.userId) ? given.userId : card?.userId,
    number: isKey(given.number) || digitsOf(given.number) !== undefined ? given.number : card?.waId,
    waId: card?.waId,
  });
  if (keys.length === 0) return undefined;
  return {
    keys,
    ...(card?.name === undefined ? {} : { name: card.name }),
    ...(card?.username === undefined ? {} : { username: card.username }),
  };
}

function contactOf(given: { number?: unknown; userId?: unknown }, contacts: Contacts): ContactCard | undefined {
  const userId = userIdOf(given.userId, given.number);
  const phone = phoneOf(given.number);
  if (userId === undefined && phone === undefined) return contacts.single;
  return contacts.byUserId.get(userId ?? '') ?? contacts.byPhone.get(phone ?? '');
}

/** The user id, also where one stands in the place of a number. */
function userIdOf(userId: unknown, number: unknown): string | undefined {
  if (isKey(userId)) return userId;
  return isUserId(number) ? number : undefined;
}

function phoneOf(value: unknown): string | undefined {
  const digits = digitsOf(value);
  return digits === undefined ? undefined : canonicalPhone(digits);
}

/** A name for people; WhatsApp's own are 25 characters, so what is cut off was no name. */
function label(value: unknown): string | undefined {
  // The cut must not leave half of a surrogate pair.
  return text(value)
    ?.slice(0, 255)
    .replace(/[\ud800-\udbff]$/, '');
}

export function ignored(route: Route, why: string): Ignored {
  return { kind: 'ignored', route, why };
}

/** Something foreign in an explanation: a text short and quoted, on one line; of anything else only what it is. */
export function quoted(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 80));
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}
