import type { BatchBody } from './control-schemas.js';
import type { Webhook } from './deliver.js';
import { type Change, customerMessage, envelope, metaJson, valueFor } from './payloads.js';
import { type Customer, meetCustomer, type SimulatedNumber, type World, windowKey } from './world.js';

type Json = Record<string, unknown>;

interface Written {
  number: SimulatedNumber;
  customer: Customer;
  message: Json;
  contact: Json;
}

/** Lets customers write: gives the message ids and the POSTs that carry them. The numbers must be registered. */
export function inboundWebhooks(world: World, body: BatchBody): { ids: string[]; webhooks: Webhook[] } {
  const written = body.messages.flatMap((told) => {
    const number = world.numbers.get(told.phoneNumberId);
    return number ? [write(world, number, told)] : [];
  });
  const ids = written.map(({ message }) => String(message.id));
  const webhooks = byReceiver(written).flatMap((group) => inChunks(group, body.batch ?? 1).map(toWebhook));
  const copies = Array.from({ length: 1 + (body.duplicates ?? 0) }, () => webhooks);
  return { ids, webhooks: copies.flat() };
}

function write(world: World, number: SimulatedNumber, told: BatchBody['messages'][number]): Written {
  const customer = meetCustomer(world, told.from);
  const now = Math.floor(world.now() / 1000);
  const timestamp = told.timestamp ?? now;
  const key = windowKey(number.phoneNumberId, customer);
  world.lastInbound.set(key, Math.max(world.lastInbound.get(key) ?? 0, timestamp * 1000));
  const { message, contact } = customerMessage(customer, { ...told, id: world.nextId(), timestamp });
  if (told.message?.id !== undefined) world.givenIds.add(String(told.message.id));
  return { number, customer, message, contact };
}

/** One POST goes to one address under one secret. */
function byReceiver(written: readonly Written[]): Written[][] {
  const groups = new Map<string, Written[]>();
  for (const entry of written) {
    const key = `${entry.number.webhookUrl} ${entry.number.appSecret}`;
    const group = groups.get(key) ?? [];
    group.push(entry);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function inChunks<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < items.length; at += size) chunks.push(items.slice(at, at + size));
  return chunks;
}

function toWebhook(written: Written[]): Webhook {
  const numbers = new Map<SimulatedNumber, Written[]>();
  for (const entry of written) numbers.set(entry.number, [...(numbers.get(entry.number) ?? []), entry]);
  const changes = [...numbers].map(([number, entries]): Change => {
    // Each customer stands once in contacts[], however many messages are theirs.
    const contacts = [...new Map(entries.map(({ customer, contact }) => [customer, contact])).values()];
    const messages = entries.map(({ message }) => message);
    return { number, field: 'messages', value: valueFor(number, { contacts, messages }) };
  });
  const { webhookUrl, appSecret } = (written[0] as Written).number; // chunks are never empty
  return { url: webhookUrl, secret: appSecret, body: Buffer.from(metaJson(envelope(changes))) };
}
