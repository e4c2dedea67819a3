import { setTimeout as sleep } from 'node:timers/promises';
import { newWamid, statusWebhook, textWebhook } from '@tims/testing/whatsapp';
import { type Answer, postWebhook } from './requests.js';
import { phoneNumberId } from './scene.js';

/** What a load of webhooks says, to be compared with what is stored. */
export interface Load {
  webhooks: object[];
  /** External id of each message, with the customer who wrote it or is written to. */
  messages: Map<string, string>;
  /** Ids of messages of which a status tells that they were read. */
  read: Set<string>;
}

export interface LoadOptions {
  count: number;
  customers: number;
  /** Share that comes twice. */
  duplicates?: number;
  /** Share that comes out of order, statuses before their message included. */
  reordered?: number;
}

/** Messages of many customers; every tenth webhook is a status of one of them. */
export function makeLoad({ count, customers, duplicates = 0, reordered = 0 }: LoadOptions): Load {
  const load: Load = { webhooks: [], messages: new Map(), read: new Set() };
  let told: { id: string; to: string } | undefined;
  for (let index = 0; index < count; index++) {
    const from = `6012${String(1_000_000 + (index % customers))}`;
    if (index % 10 === 9 && told) {
      load.webhooks.push(statusWebhook({ phoneNumberId, id: told.id, to: told.to, status: 'read' }));
      load.read.add(told.id);
      continue;
    }
    const id = newWamid();
    load.webhooks.push(textWebhook({ phoneNumberId, from, id, text: `message ${index}` }));
    load.messages.set(id, from);
    told = { id, to: from };
  }
  repeat(load.webhooks, duplicates);
  shuffle(load.webhooks, reordered);
  return load;
}

/** Some webhooks once more, anywhere behind their first. */
function repeat(webhooks: object[], share: number): void {
  for (let left = Math.round(webhooks.length * share); left > 0; left--) {
    const from = Math.floor(Math.random() * webhooks.length);
    const to = from + Math.floor(Math.random() * (webhooks.length - from)) + 1;
    webhooks.splice(to, 0, webhooks[from] as object); // an index inside the list
  }
}

function shuffle(webhooks: object[], share: number): void {
  for (let left = Math.round((webhooks.length * share) / 2); left > 0; left--) {
    const a = Math.floor(Math.random() * webhooks.length);
    const b = Math.max(0, Math.min(webhooks.length - 1, a + Math.floor(Math.random() * 60) - 30));
    [webhooks[a], webhooks[b]] = [webhooks[b] as object, webhooks[a] as object];
  }
}

export interface Posting {
  /** Where to post now; servers come and go. */
  url(index: number): string;
  connections: number;
  /** Called after each 200 with how many there are. */
  onAcknowledged?(count: number): void;
  onAnswer?(answer: Answer): void;
  /** Ends the posting early. */
  signal?: AbortSignal;
}

/** Posts everything until each has its 200, as a provider does; answers with the indexes that were acknowledged. */
export async function postAll(
  load: Load,
  { url, connections, onAcknowledged, onAnswer, signal }: Posting,
): Promise<Set<number>> {
  const acknowledged = new Set<number>();
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < load.webhooks.length && !signal?.aborted; index = next++) {
      for (let pause = 20; !signal?.aborted; pause = Math.min(pause * 2, 500)) {
        const answer = await postWebhook(url(index), load.webhooks[index] ?? {});
        onAnswer?.(answer);
        if (answer.status === 200) break;
        await sleep(pause);
      }
      if (signal?.aborted) return;
      acknowledged.add(index);
      onAcknowledged?.(acknowledged.size);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return acknowledged;
}
