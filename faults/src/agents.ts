import { setTimeout as sleep } from 'node:timers/promises';
import { type SimulatorClient, simulatorClient, startSimulator } from '@tims/channel-whatsapp/simulator';
import { textWebhook } from '@tims/testing/whatsapp';
import { Broken, type Drill, hold } from './drill.js';
import { type Api, postWebhook } from './requests.js';
import { accessToken, appSecret, phoneNumberId } from './scene.js';

export interface Provider {
  url: string;
  client: SimulatorClient;
  /** Lets the provider's webhooks go to this server. */
  connect(serverUrl: string): Promise<void>;
}

/** Meta's side, in this process: it outlives every server that is killed. */
export async function startProvider(drill: Drill, { statuses }: { statuses: boolean }): Promise<Provider> {
  const simulator = await startSimulator({ appSecret, verifyToken: 'verify', accessToken });
  drill.defer(() => simulator.close());
  const client = simulatorClient(simulator.url);
  // As patient as Meta, which comes again for days: a webhook that meets one restart after the other is not given up.
  const retryDelaysMs = Array.from({ length: 100 }, () => 300);
  await client.configure({ statuses, closedWindow: 'off', throughputPerSecond: 0, pairBurst: 0, retryDelaysMs });
  return {
    url: simulator.url,
    client,
    connect: async (serverUrl) => {
      await client.registerNumber({ phoneNumberId, webhookUrl: `${serverUrl}/api/webhook/whatsapp`, appSecret });
    },
  };
}

/** Customers who have just written: their conversations can be answered. */
export async function openConversations(url: string, api: Api, count: number): Promise<string[]> {
  for (let index = 0; index < count; index++) {
    const answer = await postWebhook(
      url,
      textWebhook({ phoneNumberId, from: `6012777${String(index).padStart(4, '0')}` }),
    );
    hold(answer.status === 200, `A customer's message was answered with ${answer.status}: ${answer.body}`);
  }
  const { data } = await api.get<{ data: { id: string }[] }>(`/api/conversations?limit=${count}`);
  hold(data.length === count, `${count} customers wrote, ${data.length} conversations are listed`);
  return data.map((conversation) => conversation.id);
}

export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  withinMs = 30_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Broken(`Waited ${withinMs / 1000} s in vain: ${what}`);
    await sleep(20);
  }
}
