import { Agent, request } from 'undici';
import type { Delivery, WebhooksAnswer } from './control-schemas.js';
import { signature } from './payloads.js';
import { shuffled } from './random.js';
import { createTimers } from './timers.js';
import type { World } from './world.js';

/** A webhook on its way: the same bytes at every attempt. */
export interface Webhook {
  url: string;
  secret: string;
  body: Buffer;
}

/** Sends webhooks as Meta does: signed, over kept connections, again after a failure, in no promised order. */
export interface Deliverer {
  /** Takes webhooks; false when too many wait already. */
  queue(webhooks: readonly Webhook[], pace?: { delayMs?: number; perSecond?: number; shuffle?: number }): boolean;
  /** One attempt now, past the queue. `signed` is a header, or null for none. */
  once(webhook: Webhook, signed?: string | null): Promise<{ status: number; body: string }>;
  /** The last `count` webhooks once more, byte for byte. */
  again(options: { last: number; times: number; shuffle: number }): number;
  report(limit: number): WebhooksAnswer;
  reset(): void;
  close(): Promise<void>;
}

/** More than this wait only when whoever drives the simulator asks for the impossible. */
const longestQueue = 200_000;
const keptDeliveries = 10_000;
const keptWebhooks = 1000;

export function createDeliverer(world: World): Deliverer {
  const agent = new Agent({ connections: 512, pipelining: 1, keepAliveTimeout: 30_000 });
  const timers = createTimers();
  let closed = false;
  const waiting: { webhook: Webhook; attempt: number }[] = [];
  /** Where the queue starts: taking from the front of a long array would copy it each time. */
  let first = 0;
  let underWay = 0;
  let attempts = 0;
  let counts = { delivered: 0, failed: 0, abandoned: 0, byStatus: {} as Record<string, number> };
  let deliveries: Delivery[] = [];
  let sent: Webhook[] = [];

  function pump(): void {
    while (underWay < world.settings.concurrency && first < waiting.length && !closed) {
      const next = waiting[first];
      first += 1;
      if (first > 10_000) {
        waiting.splice(0, first);
        first = 0;
      }
      if (!next) continue;
      underWay += 1;
      void attempt(next.webhook, next.attempt).finally(() => {
        underWay -= 1;
        pump();
      });
    }
  }

  async function attempt(webhook: Webhook, number: number): Promise<void> {
    const { status } = await post(webhook, number);
    if (status === 200 || closed) return;
    const pause = world.settings.retryDelaysMs[number - 1];
    if (pause === undefined) {
      counts.abandoned += 1;
      return;
    }
    timers.after(pause, () => {
      waiting.push({ webhook, attempt: number + 1 });
      pump();
    });
  }

  async function post(
    webhook: Webhook,
    number: number,
    signed?: string | null,
  ): Promise<{ status: number; body: string }> {
    const { url, body } = webhook;
    const header = signed === undefined ? signature(body, secretNow(webhook)) : signed;
    const startedAt = performance.now();
    const answer = await request(url, {
      method: 'POST',
      dispatcher: agent,
      body,
      headersTimeout: world.settings.timeoutMs,
      bodyTimeout: world.settings.timeoutMs,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'facebookexternalua',
        ...(header === null ? {} : { 'x-hub-signature-256': header }),
      },
    }).then(
      async (response) => ({ status: response.statusCode, body: await response.body.text() }),
      // Refused, reset, too slow: no answer. It is counted, shown and tried again like any other failure.
      (error: Error) => ({ status: 0, body: error.message }),
    );
    record(webhook, number, answer.status, performance.now() - startedAt);
    return answer;
  }

  function secretNow(webhook: Webhook): string {
    const fault = world.faults.find((candidate) => candidate.kind === 'wrong_signature');
    if (!fault) return webhook.secret;
    fault.next -= 1;
    if (fault.next === 0) world.faults.splice(world.faults.indexOf(fault), 1);
    return `${webhook.secret} but not this one`;
  }

  function record(webhook: Webhook, number: number, status: number, ms: number): void {
    attempts += 1;
    if (status === 200) counts.delivered += 1;
    else counts.failed += 1;
    counts.byStatus[status] = (counts.byStatus[status] ?? 0) + 1;
    const { url, body } = webhook;
    deliveries.push({ seq: attempts, at: world.now(), url, attempt: number, status, ms, bytes: body.length });
    if (deliveries.length > keptDeliveries * 1.1) deliveries.splice(0, deliveries.length - keptDeliveries);
  }

  function enqueue(webhook: Webhook): void {
    sent.push(webhook);
    if (sent.length > keptWebhooks * 1.1) sent.splice(0, sent.length - keptWebhooks);
    waiting.push({ webhook, attempt: 1 });
    if (world.settings.duplicateShare > 0 && world.random() < world.settings.duplicateShare) {
      waiting.push({ webhook, attempt: 1 });
    }
    pump();
  }

  /** Sends `ordered` one after the other in steps of 20 ms, so that a rate needs no timer for each webhook. */
  function paced(ordered: readonly Webhook[], perSecond: number): void {
    const startedAt = performance.now();
    let done = 0;
    const step = () => {
      const due = Math.min(ordered.length, Math.ceil(((performance.now() - startedAt) / 1000) * perSecond + 0.001));
      for (const webhook of ordered.slice(done, due)) enqueue(webhook);
      done = due;
      if (done < ordered.length) timers.after(20, step);
    };
    step();
  }

  const pending = () => waiting.length - first + underWay + timers.waiting;

  return {
    queue(webhooks, pace = {}) {
      if (pending() + webhooks.length > longestQueue) return false;
      const ordered = pace.shuffle ? shuffled(webhooks, world.random, pace.shuffle) : webhooks;
      const start = () => {
        if (pace.perSecond === undefined) for (const webhook of ordered) enqueue(webhook);
        else paced(ordered, pace.perSecond);
      };
      if (pace.delayMs) timers.after(pace.delayMs, start);
      else start();
      return true;
    },
    once: (webhook, signed) => post(webhook, 1, signed),
    again({ last, times, shuffle }) {
      const chosen = sent.slice(-last);
      const all = Array.from({ length: times }, () => chosen).flat();
      for (const webhook of shuffled(all, world.random, shuffle)) waiting.push({ webhook, attempt: 1 });
      pump();
      return all.length;
    },
    report: (limit) => ({ ...counts, pending: pending(), deliveries: limit === 0 ? [] : deliveries.slice(-limit) }),
    reset() {
      waiting.length = 0;
      first = 0;
      timers.clear();
      counts = { delivered: 0, failed: 0, abandoned: 0, byStatus: {} };
      deliveries = [];
      sent = [];
    },
    async close() {
      closed = true;
      timers.clear();
      await agent.destroy();
    },
  };
}
