import {
  type DemoCustomers,
  demoNumber,
  type SimulatorClient,
  simulatorClient,
  startDemoCustomers,
  startSimulator,
} from '@tims/channel-whatsapp/simulator';
import type { Logger } from 'pino';
import type { LoadedSettings } from '../load-settings.js';
import { demandFreePort } from '../ports.js';
import type { KeptDemo } from './kept.js';

/** The simulated WhatsApp and the customers in it. */
export async function openSimulator(
  settings: LoadedSettings,
  { appSecret, verifyToken, accessToken }: KeptDemo,
  log: Logger,
) {
  await demandFreePort(settings, 'simulatorPort');
  const simulator = await startSimulator({ port: settings.simulatorPort, appSecret, verifyToken, accessToken, log });
  const client = simulatorClient(simulator.url);
  let customers: DemoCustomers | undefined;
  return {
    url: simulator.url,
    async begin(url: string) {
      await connect(client, url);
      customers = startDemoCustomers({
        url: simulator.url,
        phoneNumberIds: [demoNumber.phoneNumberId],
        // A dozen conversations in the first minute; after that one can read along.
        perMinute: 20,
        laterPerMinute: 2,
        onError: (error) => log.warn({ error: String(error) }, 'the demo customers cannot reach the simulator'),
      });
    },
    async stopCustomers() {
      await customers?.stop();
    },
    close: () => simulator.close(),
  };
}

async function connect(client: SimulatorClient, url: string): Promise<void> {
  await client.configure({
    // The simulator forgets at each start who wrote when; the conversations of the start before go on all the same.
    closedWindow: 'off',
    // Long enough to be watched.
    statusDelaysMs: {
      sent: { min: 100, max: 300 },
      delivered: { min: 300, max: 900 },
      read: { min: 800, max: 2_500 },
      played: { min: 800, max: 2_500 },
    },
  });
  await client.registerNumber({ ...demoNumber, webhookUrl: `${url}/api/webhook/whatsapp` });
}
