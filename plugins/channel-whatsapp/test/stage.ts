import type { SendContext } from '@tims/core/plugin';
import { type Simulator, type SimulatorClient, simulatorClient, startSimulator } from '../src/simulator/index.js';
import { type Receiver, startReceiver } from './receiver.js';

export const secrets = { appSecret: 'app-secret', verifyToken: 'verify-token', accessToken: 'EAAaccess' };
export const phoneNumberId = '100200300';

export interface Stage {
  simulator: Simulator;
  meta: SimulatorClient;
  receiver: Receiver;
  /** What the adapter needs for a call; with a deadline when `deadlineMs` is given. */
  context(deadlineMs?: number): SendContext;
  close(): Promise<void>;
}

/** A simulator with one number, and a receiver for its webhooks. */
export async function openStage(clock?: { now(): number }): Promise<Stage> {
  const simulator = await startSimulator({ seed: 1, ...secrets, ...(clock ? { clock } : {}) });
  const receiver = await startReceiver(secrets);
  const meta = simulatorClient(simulator.url);
  await meta.registerNumber({
    phoneNumberId,
    displayPhoneNumber: '+1 202 555 0100',
    businessAccountId: '203040506070',
    webhookUrl: receiver.url,
  });
  const quick = { min: 0, max: 2 };
  await meta.configure({ statusDelaysMs: { sent: quick, delivered: quick, read: quick, played: quick } });
  return {
    simulator,
    meta,
    receiver,
    context: (deadlineMs = 20_000) => ({
      config: { phoneNumberId, accessToken: secrets.accessToken },
      installation: { graphUrl: simulator.url, graphVersion: 'v24.0' },
      signal: AbortSignal.timeout(deadlineMs),
    }),
    async close() {
      await simulator.close();
      await receiver.close();
    },
  };
}
