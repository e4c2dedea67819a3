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
import { appSecret } from '../ingest/webhooks.js';
import { serveParent, setting } from '../server-process.js';
import { agents, channelOf, managers, password, teamCount } from './crowd.js';

/** TIMS with five teams, each with its own number, and so many agents and managers. */
const { url, graphUrl, ...count } = setting<{ url: string; graphUrl: string; agents: number; managers: number }>();
const members = [...agents(count.agents), ...managers(count.managers)];
const { default: storage } = url.startsWith('sqlite:')
  ? await import('@tims/storage-sqlite')
  : await import('@tims/storage-mysql');
const installation = await openInstallation({
  storage: await storage.open(url),
  secretKey: 'the secret key of the benchmark, long enough',
  channelPlugins: [whatsapp],
  pluginSettings: { whatsapp: { appSecret, verifyToken: 'verify', graphUrl } },
  // Five hundred people sign in before it begins; how long that takes is not the question.
  settings: { passwordCost: 4 },
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
  members.map(({ email, role, team }) =>
    createUser(installation, admin, { email, name: email, password, role, teams: [{ id: teams[team] ?? '' }] }),
  ),
);
const tokens = await Promise.all(
  members.map(async ({ email }) => (await login(installation, { email, password })).accessToken),
);

const ingest = createIngest(installation);
const workers = startWorkers(installation);
const app = await build({ installation, ingest, rateLimits: { perMinute: 1_000_000 } });
await app.listen({ port: 0, host: '127.0.0.1' });
const address = app.server.address();
const delay = monitorEventLoopDelay({ resolution: 1 });
let cpu = process.cpuUsage();

serveParent(typeof address === 'object' && address ? address.port : 0, {
  tokens: () => ({ tokens }),
  begin: () => {
    delay.enable();
    cpu = process.cpuUsage();
  },
  end: () => {
    const { user, system } = process.cpuUsage(cpu);
    return { loopDelayP99Ms: delay.percentile(99) / 1e6, cpuSeconds: (user + system) / 1e6 };
  },
  stop: async () => {
    await app.close();
    await workers.stop();
    await installation.close();
  },
});
