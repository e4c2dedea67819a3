import whatsapp from '@tims/channel-whatsapp';
import {
  authenticate,
  createChannel,
  createIngest,
  createOrganization,
  login,
  openInstallation,
  startWorkers,
} from '@tims/core';
import { build } from '@tims/server';
import sqlite from '@tims/storage-sqlite';
import { signWebhook, textWebhook, together } from '@tims/testing/whatsapp';
import { appSecret, phoneNumberId } from '../ingest/webhooks.js';
import { serveParent, setting } from '../server-process.js';

/** TIMS with one number, one administrator, and as many conversations as it is told. */
const { url, conversations } = setting<{ url: string; conversations: number }>();
const installation = await openInstallation({
  storage: await sqlite.open(url),
  secretKey: 'the secret key of the benchmark, long enough',
  channelPlugins: [whatsapp],
  pluginSettings: { whatsapp: { appSecret } },
});
const first = { email: 'admin@example.com', name: 'Admin', password: 'correct horse battery' };
const { teamId } = await createOrganization(installation, { name: 'Bench', admin: first });
const session = await login(installation, first);
const admin = await authenticate(installation, session.accessToken);
if (!admin) throw new Error('The administrator cannot log in');
await createChannel(installation, admin, {
  kind: 'whatsapp',
  name: 'Number',
  defaultTeamId: teamId,
  config: { phoneNumberId, accessToken: 'token' },
  verify: false,
});
const ingest = createIngest(installation);
const texts = [
  '你好,请问有没有华文补习老师?',
  'Do you have a tutor for physics? 👩‍🏫',
  'Assalamualaikum, nak cari tutor Matematik',
];
const now = Math.floor(Date.now() / 1000);
/** One a second in the past, so that the list has an order that can be told. */
const write = (customer: number, at = now - conversations + customer) =>
  textWebhook({
    at,
    phoneNumberId,
    from: String(60_120_000_000 + customer),
    name: `Customer ${customer}`,
    text: `${texts[customer % texts.length]} ${customer}`,
  });
const accept = (payload: object) => ingest.accept({ kind: 'whatsapp', ...signWebhook(payload, appSecret) });
const perPost = 50;
for (let start = 0; start < conversations; start += perPost) {
  await accept(together(...Array.from({ length: perPost }, (_, index) => write(start + index))));
}

const workers = startWorkers(installation);
const app = await build({ installation, ingest, rateLimits: { perMinute: 1_000_000 } });
await app.listen({ port: 0, host: '127.0.0.1' });
const address = app.server.address();
let traffic: ReturnType<typeof setInterval> | undefined;
let customer = 0;

serveParent(typeof address === 'object' && address ? address.port : 0, {
  token: () => ({ token: session.accessToken }),
  /** Twenty customers a second write. */
  traffic: () => {
    traffic = setInterval(() => void accept(write(customer++ % conversations, Math.floor(Date.now() / 1000))), 50);
  },
  stop: async () => {
    clearInterval(traffic);
    await app.close();
    await workers.stop();
    await installation.close();
  },
});
