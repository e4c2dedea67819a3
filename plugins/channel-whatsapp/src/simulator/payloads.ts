import { createHmac } from 'node:crypto';
import type { Customer, SimulatedNumber } from './world.js';

type Json = Record<string, unknown>;

/** One change of a webhook, not yet in its envelope. */
export interface Change {
  number: SimulatedNumber;
  field: string;
  value: Json;
}

/** A message in Meta's shape, with the contact that comes with it. */
export function customerMessage(
  customer: Customer,
  told: { id: string; timestamp: number; text?: string; message?: Json },
): { message: Json; contact: Json } {
  const content = told.message ?? { type: 'text', text: { body: told.text ?? '' } };
  return {
    message: {
      ...(phoneOf(customer) === undefined ? {} : { from: phoneOf(customer) }),
      ...(customer.userId === undefined ? {} : { from_user_id: customer.userId }),
      id: told.id,
      timestamp: String(told.timestamp),
      ...content,
    },
    contact: contactOf(customer),
  };
}

export function contactOf(customer: Customer): Json {
  const waId = customer.hidesPhone ? undefined : (customer.waId ?? customer.phone);
  return {
    profile: { name: customer.name, ...(customer.username === undefined ? {} : { username: customer.username }) },
    ...(waId === undefined ? {} : { wa_id: waId }),
    ...(customer.userId === undefined ? {} : { user_id: customer.userId }),
  };
}

/** Undefined for one who hides it: then only the user id identifies. */
function phoneOf(customer: Customer): string | undefined {
  return customer.hidesPhone && customer.userId !== undefined ? undefined : customer.phone;
}

export function status(
  customer: Customer,
  told: { id: string; state: string; timestamp: number; reference: string | null; extra?: Json },
): Json {
  return {
    id: told.id,
    status: told.state,
    timestamp: String(told.timestamp),
    ...(phoneOf(customer) === undefined ? {} : { recipient_id: customer.waId ?? phoneOf(customer) }),
    ...(customer.userId === undefined ? {} : { recipient_user_id: customer.userId }),
    ...(told.reference === null ? {} : { biz_opaque_callback_data: told.reference }),
    ...told.extra,
  };
}

export function valueFor(number: SimulatedNumber, rest: Json): Json {
  return {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: number.displayPhoneNumber, phone_number_id: number.phoneNumberId },
    ...rest,
  };
}

/** Several changes in one body: an entry for each account, a change for each. */
export function envelope(changes: readonly Change[]): Json {
  const accounts = new Map<string, Json[]>();
  for (const { number, field, value } of changes) {
    const list = accounts.get(number.businessAccountId) ?? [];
    list.push({ field, value });
    accounts.set(number.businessAccountId, list);
  }
  return {
    object: 'whatsapp_business_account',
    entry: [...accounts].map(([id, list]) => ({ id, changes: list })),
  };
}

/** JSON as Meta writes it: everything outside ASCII escaped, and the slash. A receiver must keep the raw bytes. */
export function metaJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('/', '\\/');
}

export function signature(body: string | Buffer, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}
