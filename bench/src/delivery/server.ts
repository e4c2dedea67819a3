import { monitorEventLoopDelay } from 'node:perf_hooks';
import whatsapp from '@tims/channel-whatsapp';
import {
  authenticate,
  createChannel,
  createIngest,
  createOrganization,
  createTeam,
  createUser,
  login,
  openInstallation,
  startWorkers,
} from '@tims/core';
import { build } from '@tims/server';
import sqlite from '@tims/storage-sqlite';
import { appSecret } from '../ingest/webhooks.js';
import { serveParent, setting } from '../server-process.js';
import { agents, channelOf, managers, password, teamCount } from './crowd.js';

/** TIMS with five teams, each with its own number, ninety agents and ten managers. */
const { url, graphUrl } = setting<{ url: string; graphUrl: string }>();
const installation = await openInstallation({
  storage: await sqlite.open(url),
  secretKey: 'the secret key of the benchmark, long enough',
  channelPlugins: [whatsapp],
  pluginSettings: { whatsapp: { appSecret, graphUrl } },
});
const first = { email: 'admin@example.com', name: 'Admin', password };
await createOrganization(installation, { name: 'Bench', admin: first });
const admin = await authenticate(installation, (await login(installation, first)).accessToken);
if (!admin) throw new Error('The administrator cannot log in');
const teams: string[] = [];
for (let team = 0; team < teamCount; team++) {
  const { id } = await createTeam(installation, admin, { key: `team${team}`, name: `Team ${team}` });
  teams.push(id);
  await createChannel(installation, admin, {
    kind: 'whatsapp',
    name: `Number ${team}`,
    defaultTeamId: id,
    config: { phoneNumberId: channelOf(team), accessToken: 'token' },
    verify: false,
  });
}
await Promise.all(
  [...agents(), ...managers()].map(({ email, role, team }) =>
    createUser(installation, admin, { email, name: email, password, role, teams: [{ id: teams[team] ?? '' }] }),
  ),
);
const tokens = await Promise.all(
  [...agents(), ...managers()].map(async ({ email }) => (await login(installation, { email, password })).accessToken),
);

const ingest = createIngest(installation);
const workers = startWorkers(installation);
const app = await build({ installation, ingest, rateLimits: { perMinute: 1_000_000 } });
await app.listen({ port: 0, host: '127.0.0.1' });
const address = app.server.address();
const delay = monitorEventLoopDelay({ resolution: 1 });

serveParent(typeof address === 'object' && address ? address.port : 0, {
  tokens: () => ({ tokens }),
  begin: () => delay.enable() && undefined,
  end: () => ({ loopDelayP99Ms: delay.percentile(99) / 1e6 }),
  stop: async () => {
    await app.close();
    await workers.stop();
    await installation.close();
  },
});
