import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { simulatorClient } from '@tims/channel-whatsapp/simulator';
import { agents as agentsOf, channelOf, managers as managersOf, teamCount } from '../delivery/crowd.js';
import { appSecret, path } from '../ingest/webhooks.js';
import { startProcess } from '../server-process.js';
import { rounded } from '../statistics.js';

const webhooksPerSecond = 100;

/**
 * A hundred people at work, one in ten of them a manager, while a hundred webhooks a second come in: how soon a message
 * is on the screens, and how soon the API answers. All of it counted from when it was due. `--agents 100,200,500` says
 * how many, `--seconds` for how long.
 */
export async function crowd(progress: (line: string) => void, argv: string[]): Promise<object> {
  const { values } = parseArgs({
    args: argv,
    options: {
      agents: { type: 'string', default: '100,200,500' },
      seconds: { type: 'string', default: '60' },
      json: { type: 'boolean' },
    },
  });
  const seconds = Number(values.seconds);
  const sizes = values.agents.split(',').map(Number);
  if (!(seconds > 0) || !sizes.every((size) => Number.isInteger(size) && size > 0)) {
    throw new Error('Say --agents 100,200 and --seconds 60');
  }
  const runs: object[] = [];
  for (const people of sizes) {
    progress(`${people} people for ${seconds} s`);
    runs.push(await measure(people, seconds, progress));
  }
  const [first, ...others] = runs;
  return { name: 'crowd', seconds, webhooksPerSecond, ...first, others };
}

async function measure(people: number, seconds: number, progress: (line: string) => void): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'tims-bench-'));
  const managers = Math.ceil(people / 10);
  const agents = people - managers;
  const simulator = await startProcess(new URL('../delivery/simulator.js', import.meta.url), {});
  const graphUrl = `http://127.0.0.1:${simulator.port}`;
  const url = `sqlite:${join(folder, 'tims.db')}`;
  const server = await startProcess(new URL('../delivery/server.js', import.meta.url), {
    ...{ url, graphUrl, agents, managers },
  });
  try {
    await connect(graphUrl, server.port);
    const { tokens } = await server.ask<{ tokens: string[] }>('tokens');
    const members = [...agentsOf(agents), ...managersOf(managers)];
    // Too many tokens for the line of a command.
    const peopleFile = join(folder, 'people.json');
    writeFileSync(peopleFile, JSON.stringify(members.map(({ role }, index) => ({ role, token: tokens[index] }))));
    const load = await startProcess(new URL('./load.js', import.meta.url), {
      ...{ port: server.port, peopleFile, webhooksPerSecond, seconds },
    });
    try {
      progress('customers write for the first time');
      await load.ask('begin');
      await load.ask('warmUp');
      await server.ask('begin');
      progress('at work');
      const figures = await load.ask<object>('run');
      const ended = await server.ask<{ loopDelayP99Ms: number; cpuSeconds: number }>('end');
      return {
        ...{ agents: people, ...figures },
        loopDelayP99Ms: rounded(ended.loopDelayP99Ms, 1),
        serverCpuSeconds: rounded(ended.cpuSeconds, 1),
      };
    } finally {
      await load.stop();
    }
  } finally {
    await server.stop();
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Meta's side takes the answers, and tells what becomes of each. */
async function connect(graphUrl: string, port: number): Promise<void> {
  const simulator = simulatorClient(graphUrl);
  // Customers write past the simulator, so it does not know when they last did.
  await simulator.configure({ closedWindow: 'off' });
  for (let team = 0; team < teamCount; team++) {
    await simulator.registerNumber({
      phoneNumberId: channelOf(team),
      displayPhoneNumber: `+6010635200${team}`,
      businessAccountId: '102290129340398',
      webhookUrl: `http://127.0.0.1:${port}${path}`,
      appSecret,
    });
  }
}
