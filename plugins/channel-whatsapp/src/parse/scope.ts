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
  contacts: readonly ContactCard[];
}

/** Where a list of messages comes from, and whose they are. */
export interface Voice {
  origin: MessageOrigin;
  direction: InboundMessage['direction'];
  /** The person's number where a message does not name it: a history's thread does. */
  customer?: unknown;
}

/** One element of `contacts[]`: belongs to the messages with its ids, wherever they stand in their list. */
export interface ContactCard {
  waId: unknown;
  userId: unknown;
  name?: string;
  username?: string;
}

export function readContacts(value: unknown): ContactCard[] {
  return list(value).flatMap((element) => {
    const card = object(element);
    if (!card) return [];
    const profile = object(card.profile);
    return [{ waId: card.wa_id, userId: card.user_id, name: label(profile?.name), username: label(profile?.username) }];
  });
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

function contactOf(
  given: { number?: unknown; userId?: unknown },
  contacts: readonly ContactCard[],
): ContactCard | undefined {
  const userId = isKey(given.userId) ? given.userId : isUserId(given.number) ? given.number : undefined;
  const phone = phoneOf(given.number);
  if (userId === undefined && phone === undefined) return contacts.length === 1 ? contacts[0] : undefined;
  return (
    contacts.find((card) => userId !== undefined && (card.userId === userId || card.waId === userId)) ??
    contacts.find((card) => phone !== undefined && phoneOf(card.waId) === phone)
  );
}

function phoneOf(value: unknown): string | undefined {
  const digits = digitsOf(value);
  return digits === undefined ? undefined : canonicalPhone(digits);
}

/** A name for people; WhatsApp's own are 25 characters, so what is cut off was no name. */
function label(value: unknown): string | undefined {
  return text(value)?.slice(0, 255);
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
