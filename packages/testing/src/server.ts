import {
  type Simulator,
  type SimulatorClient,
  simulatorClient,
  startSimulator,
} from '@tims/channel-whatsapp/simulator';
import { login, startWorkers, type UserActor } from '@tims/core';
import { type AppOptions, build } from '@tims/server';
import type { FastifyInstance } from 'fastify';
import type { TestDatabase } from './databases/index.js';
import {
  openTestInstallation,
  type TestInstallation,
  type TestInstallationOptions,
  testAppSecret,
  testPassword,
} from './installation.js';

/** A whole server on a real socket, its workers, and a simulator that plays Meta's side. */
export interface TestServer {
  url: string;
  app: FastifyInstance;
  tims: TestInstallation;
  simulator: SimulatorClient;
  adminEmail: string;
  password: string;
  /** A new access token for a user of the installation. */
  tokenOf(actor: UserActor): Promise<string>;
  close(): Promise<void>;
}

export interface TestServerOptions extends TestInstallationOptions {
  /** What the HTTP side is told beside it, e.g. the folder of an inbox. */
  app?: Partial<AppOptions>;
}

export async function startTestServer(
  database: TestDatabase,
  { app: appOptions, ...options }: TestServerOptions = {},
): Promise<TestServer> {
  const accessToken = 'simulated-access-token';
  const simulator: Simulator = await startSimulator({ appSecret: testAppSecret, verifyToken: 'verify', accessToken });
  const tims = await openTestInstallation(database, { ...options, graphUrl: simulator.url, accessToken });
  const { installation, ingest, phoneNumberId } = tims;
  const workers = startWorkers(installation);
  const app = await build({
    installation,
    ingest,
    rateLimits: { perMinute: 100_000, loginPerMinute: 1_000 },
    ...appOptions,
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const client = simulatorClient(simulator.url);
  await client.registerNumber({
    phoneNumberId,
    displayPhoneNumber: '+60123456789',
    businessAccountId: '102290129340398',
    webhookUrl: `${url}/api/webhook/whatsapp`,
    appSecret: testAppSecret,
  });
  return {
    url,
    app,
    tims,
    simulator: client,
    adminEmail: tims.adminEmail,
    password: testPassword,
    tokenOf: async (actor) =>
      (await login(installation, { email: await tims.emailOf(actor), password: testPassword })).accessToken,
    async close() {
      await app.close();
      await ingest.drain();
      await workers.stop();
      await simulator.close();
      await tims.close();
    },
  };
}
