import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { addressOf, newPlace, type Place, shim } from '../../packages/cli/test/process.js';
import { type Conversation, createTims, type Tims } from '../../packages/sdk/src/index.js';
import { type Ended, ended } from './workshop.js';

/** A server with its demo, in a folder of its own, as `npm start` would have started it. */
export interface Demo {
  url: string;
  /** Where its WhatsApp is simulated. */
  simulator: string;
  /** Where it keeps its data, in the folder of that name. */
  folder: string;
  env: NodeJS.ProcessEnv;
  /** Signed in as the administrator. */
  tims: Tims;
  /** A customer who has never written does, and the conversation waits in the queue. */
  someoneWrites(): Promise<Conversation>;
  /** The documents' addresses and ids replaced by those of this server; each time a new customer's. */
  real(code: string): Promise<string>;
  /** Runs shell code as a reader would in the repository. */
  shell(code: string, options?: { until?: string; env?: NodeJS.ProcessEnv }): Promise<Ended>;
  close(): Promise<void>;
}

export const demoPassword = 'correct horse battery';

/** `npx tims` is this repository's command; an answer of the API that is no 2xx ends the script. */
const prelude = `
tims() { "${process.execPath}" "${shim}" "$@"; }
npx() { [ "$1" = tims ] || { echo "npx $1 is not for a test" >&2; return 1; }; shift; tims "$@"; }
curl() { command curl --silent --show-error --fail-with-body "$@"; }
`;

export async function openDemo(): Promise<Demo> {
  const place = newPlace();
  const limits = { TIMS_RATE_LIMIT_PER_MINUTE: '100000', TIMS_LOGIN_LIMIT_PER_MINUTE: '1000' };
  Object.assign(place.env, { TIMS_DEMO_PASSWORD: demoPassword, ...limits });
  const server = place.start(['start', '--demo']);
  const url = await addressOf(server);
  const simulator = /WhatsApp simulator +(\S+)/.exec(server.stdout())?.[1] ?? '';
  const env = { ...place.env, TIMS_PORT: new URL(url).port, TIMS_SIMULATOR_PORT: new URL(simulator).port };
  const tims = createTims({ url });
  const signIn = () => tims.login({ email: 'admin@example.com', password: demoPassword });
  await signIn();
  const someoneWrites = customersOf(place, tims, simulator);

  return {
    url,
    simulator,
    folder: place.folder,
    env,
    tims,
    someoneWrites,
    async real(code) {
      // A document may have ended all sessions of the administrator, to show how.
      await tims.me.get().catch(signIn);
      const addressed = code.replaceAll('http://127.0.0.1:4000', url).replaceAll('http://127.0.0.1:4001', simulator);
      return /9x2k4f|_01hzy3v9k2e7q8m4n5p6r7s8t9/.test(addressed)
        ? withIds(addressed, await someoneWrites(), await idsOf(tims))
        : addressed;
    },
    shell: (code, { until, env: more } = {}) =>
      ended('bash', ['-euo', 'pipefail', '-c', prelude + code], {
        cwd: place.folder,
        env: { ...env, ...more },
        ...(until ? { until } : {}),
      }),
    close: () => place.leave(),
  };
}

function customersOf(place: Place, tims: Tims, simulator: string) {
  let serial = 0;
  return async (): Promise<Conversation> => {
    const name = `Reader ${++serial}`;
    const from = ['--from', `+4477009${String(10_000 + serial)}`, '--name', name, '--simulator', simulator];
    const { code, stderr } = await place.tims(['simulate', 'whatsapp', 'message', 'Good morning', ...from]);
    if (code !== 0) throw new Error(stderr);
    for (;;) {
      const { data } = await tims.conversations.list({ limit: 100 });
      const found = data.find(({ contact }) => contact.name === name);
      if (found) return found;
      await sleep(50);
    }
  };
}

/** Ids of what the demo has, by their prefix. */
async function idsOf(tims: Tims): Promise<Record<string, string>> {
  const [{ data: colleagues }, { data: teams }, { data: channels }, { data: tags }] = await Promise.all([
    tims.directory.list(),
    tims.teams.list(),
    tims.channels.list(),
    tims.tags.list(),
  ]);
  return {
    usr: colleagues.find(({ role }) => role === 'agent')?.id ?? '',
    tem: teams.find(({ key }) => key === 'cx')?.id ?? '',
    chn: channels[0]?.id ?? '',
    tag: tags[0]?.id ?? '',
  };
}

function withIds(code: string, conversation: Conversation, ids: Record<string, string>): string {
  const { id: cnv, contact, lastMessage } = conversation;
  const all: Record<string, string> = { ...ids, cnv, con: contact.id, msg: lastMessage?.id ?? '' };
  return code
    .replaceAll('9x2k4f', cnv.slice(-10))
    .replace(/\b([a-z]{3})_01hzy3v9k2e7q8m4n5p6r7s8t9/g, (example, prefix: string) => all[prefix] ?? example);
}

/** Whether the machine has what shell snippets call; the summary of the test command says where it has not. */
export function shellTools(): boolean {
  const missing = ['bash', 'curl', 'jq'].filter((tool) => spawnSync(tool, ['--version']).error);
  const list = process.env.TIMS_TEST_LACKS;
  if (missing.length > 0 && list) {
    appendFileSync(
      list,
      `${missing.join(', ')}, for the shell snippets of the documents: apt-get install -y ${missing.join(' ')}\n`,
    );
  }
  return missing.length === 0;
}
