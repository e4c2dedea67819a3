import type { Person, PersonKey } from '@tims/core/plugin';
import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** `US.13491208655302741918`, or `US.ENT.…` for linked portfolios. Always kept whole. */
const businessScopedId = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;
const phoneDigits = /^\+?([0-9]{4,15})$/;
/** What is compared byte for byte in an indexed column; longer or unprintable values are no ids. */
const key = /^[^\p{Cc}\p{Cs}]{1,191}$/u;

export function isUserId(value: unknown): value is string {
  return typeof value === 'string' && businessScopedId.test(value);
}

export function isKey(value: unknown): value is string {
  return typeof value === 'string' && key.test(value);
}

/** The bare digits of a phone number as a provider writes it; undefined when it is none. */
export function digitsOf(value: unknown): string | undefined {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string') return undefined;
  return phoneDigits.exec(text.replace(/[\s().-]/g, ''))?.[1];
}

/**
 * The one form in which a phone number is a person's key: `+` and the digits that people dial today.
 *
 * WhatsApp keeps some numbers in the form they were registered with, and gives now one form and now the other:
 * - Brazil: mobile numbers got a ninth digit; `55 DD 8765-4321` becomes `55 DD 98765-4321`.
 * - Mexico: the `1` after `52` is gone since 2019; `521` and ten digits become `52` and ten digits.
 * - Argentina: mobile numbers carry a `9` after `54` from abroad; `54` and ten digits get it. Mobile and fixed
 *   numbers lie in separate blocks, so no two people meet in one key.
 *
 * It is made for comparing: the form that WhatsApp uses is kept beside it, as the key `wa_id`, for sending.
 */
export function canonicalPhone(digits: string): string {
  const brazil = /^55([1-9][0-9])([6-9][0-9]{7})$/.exec(digits);
  if (brazil) return `+55${brazil[1]}9${brazil[2]}`;
  const mexico = /^521([0-9]{10})$/.exec(digits);
  if (mexico) return `+52${mexico[1]}`;
  const argentina = /^54([0-8][0-9]{9})$/.exec(digits);
  if (argentina) return `+549${argentina[1]}`;
  return `+${digits}`;
}

/**
 * A person's keys, the best first: `user_id` (stays when the number is hidden), `phone` (canonical), and `wa_id`
 * (WhatsApp's own digits) where it differs from the phone. A user id that stands where a number should is told by its
 * form. What is neither stays a `wa_id` as it is: better an odd key than a lost message.
 */
export function personKeys(given: { userId?: unknown; number?: unknown; waId?: unknown }): PersonKey[] {
  const userId = isKey(given.userId) ? given.userId : [given.number, given.waId].find(isUserId);
  const number = digitsOf(given.number);
  const waId = digitsOf(given.waId) ?? number;
  const phone = number ?? waId;
  const keys: PersonKey[] = [];
  if (userId !== undefined) keys.push({ type: 'user_id', value: userId });
  if (phone !== undefined) keys.push({ type: 'phone', value: canonicalPhone(phone) });
  if (phone !== undefined && waId !== undefined && `+${waId}` !== canonicalPhone(phone)) {
    keys.push({ type: 'wa_id', value: waId });
  }
  if (keys.length > 0) return keys;
  const other = [given.number, given.waId].find(isKey);
  return other === undefined ? [] : [{ type: 'wa_id', value: other }];
}

/**
 * Where to send to. The form that WhatsApp itself gave goes before the canonical one; a business-scoped id serves only
 * where there is no number. The plus is always there: without it Meta may put the business's own country code in front.
 */
export function addressOf(keys: readonly PersonKey[]): { to: string } | { recipient: string } | undefined {
  const valueFor = (type: string) => keys.find((key) => key.type === type)?.value;
  const digits = digitsOf(valueFor('wa_id')) ?? digitsOf(valueFor('phone'));
  if (digits !== undefined) return { to: `+${digits}` };
  const recipient = valueFor('user_id');
  return recipient === undefined ? undefined : { recipient };
}

/**
 * A recipient that somebody typed: a phone number with its `+` and country code (spaces, dots, dashes and brackets are
 * fine), or a business-scoped user id. A number without `+` is none: guessing the country would reach a stranger.
 */
export function person(to: string): Person | undefined {
  const typed = to.trim();
  if (businessScopedId.test(typed)) return { keys: [{ type: 'user_id', value: typed }] };
  const digits = typed.startsWith('+') ? digitsOf(typed) : undefined;
  if (digits === undefined) return undefined;
  const phone = canonicalPhone(digits);
  // Possible rather than valid: new number ranges open sooner than the library learns of them.
  if (!parsePhoneNumberFromString(phone)?.isPossible()) return undefined;
  return { keys: [{ type: 'phone', value: phone }] };
}
