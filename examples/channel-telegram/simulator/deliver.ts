import { setTimeout as sleep } from 'node:timers/promises';
import type { Bot } from './world.js';

/** An update on its way: the same bytes at every try. */
interface Waiting {
  kind: string;
  body: string;
}

export interface Delivery {
  status: number;
  body: string;
}

/** Posts updates to webhooks as Telegram does: in order, each until it is answered with a 2xx. */
export interface Deliverer {
  /** Gives the update its number and queues it. Copies are what Telegram sends when it missed an answer. */
  queue(bot: Bot, updates: readonly Record<string, unknown>[], how?: { copies?: number; reverse?: boolean }): void;
  /** Queues the last updates once more. */
  again(bot: Bot, last: number): void;
  /** One try with any body, past the queue; `secretToken` instead of the webhook's own, null for none. */
  once(bot: Bot, body: string, secretToken?: string | null): Promise<Delivery>;
  /** To be called when a webhook was set. */
  wake(bot: Bot): void;
  pending(bot?: Bot): number;
  close(): void;
}

export function createDeliverer(retryMs: number): Deliverer {
  const queues = new Map<Bot, Waiting[]>();
  const delivered = new Map<Bot, Waiting[]>();
  const running = new Set<Bot>();
  const ending = new AbortController();

  function add(bot: Bot, updates: readonly Waiting[]): void {
    queues.set(bot, [...(queues.get(bot) ?? []), ...updates]);
    void run(bot);
  }

  async function run(bot: Bot): Promise<void> {
    if (running.has(bot)) return;
    running.add(bot);
    for (let next = queues.get(bot)?.[0]; next && bot.webhook && !ending.signal.aborted; next = queues.get(bot)?.[0]) {
      const allowed = bot.webhook.allowedUpdates.includes(next.kind);
      const { status } = allowed ? await post(bot, next.body) : { status: 200 };
      if (status >= 200 && status < 300) queues.get(bot)?.shift();
      else await sleep(retryMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
    running.delete(bot);
  }

  async function post(bot: Bot, body: string, secretToken = bot.webhook?.secretToken ?? null): Promise<Delivery> {
    const { webhook } = bot;
    if (!webhook) return { status: 0, body: 'There is no webhook.' };
    const headers = {
      'content-type': 'application/json',
      ...(secretToken === null ? {} : { 'x-telegram-bot-api-secret-token': secretToken }),
    };
    try {
      const response = await fetch(webhook.url, { method: 'POST', headers, body, signal: ending.signal });
      const answer = { status: response.status, body: await response.text() };
      if (!response.ok) note(bot, `Wrong response from the webhook: ${response.status} ${response.statusText}`);
      return answer;
    } catch (error) {
      note(bot, String(error));
      return { status: 0, body: String(error) };
    }
  }

  function note(bot: Bot, text: string): void {
    if (bot.webhook) bot.webhook.lastError = { at: Math.floor(Date.now() / 1000), text };
  }

  return {
    queue(bot, updates, { copies = 0, reverse = false } = {}) {
      const numbered = updates.map((update) => ({
        kind: Object.keys(update)[0] ?? '',
        body: JSON.stringify({ update_id: bot.nextUpdateId++, ...update }),
      }));
      delivered.set(bot, [...(delivered.get(bot) ?? []), ...numbered].slice(-1000));
      const ordered = reverse ? numbered.toReversed() : numbered;
      add(
        bot,
        ordered.flatMap((update) => Array.from({ length: 1 + copies }, () => update)),
      );
    },
    again: (bot, last) => add(bot, (delivered.get(bot) ?? []).slice(-last)),
    once: post,
    wake: (bot) => void run(bot),
    pending: (bot) =>
      bot ? (queues.get(bot)?.length ?? 0) : [...queues.values()].reduce((sum, { length }) => sum + length, 0),
    close: () => ending.abort(),
  };
}
