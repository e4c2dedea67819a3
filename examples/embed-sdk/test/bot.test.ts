import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createTims, type Tims } from '@tims/sdk';
import {
  forEachDatabase,
  type Line,
  openLine,
  openSqlite,
  startTestServer,
  type TestDatabase,
  type TestServer,
} from '@tims/testing';
import { afterEach, expect, it } from 'vitest';

const bot = fileURLToPath(new URL('../bot.mjs', import.meta.url));
const known = 'Hello, what are your opening hours?';
const answer = 'We are open Monday to Friday, 9 am to 6 pm.';

let server: TestServer;
let line: Line;
let botId: string;
let environment: NodeJS.ProcessEnv;
let manager: Tims;
const children: ChildProcess[] = [];

async function open(database: TestDatabase): Promise<void> {
  server = await startTestServer(database);
  line = await openLine(server.url);
  const user = await server.tims.addUser('agent', [server.tims.teamId]);
  botId = user.id;
  const { PATH } = process.env;
  const email = await server.tims.emailOf(user);
  environment = { PATH, TIMS_URL: line.url, TIMS_EMAIL: email, TIMS_PASSWORD: server.password };
  manager = createTims({ url: server.url, accessToken: await server.tokenOf(server.tims.admin) });
}
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await line.close();
  await server.close();
});

/** Starts it, and gives what it says when it listens. */
async function start() {
  const child = spawn(process.execPath, [bot], { env: environment, stdio: 'pipe' });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  await until(() => output.includes('Ctrl-C ends it.') || child.exitCode !== null);
  return { child, ended, output: () => output };
}

const write = async (phone: string, text: string) => {
  await server.simulator.write({ phoneNumberId: server.tims.phoneNumberId, from: { phone, name: 'Aisyah' }, text });
  await server.simulator.idle();
};
const answersTo = async (phone: string) =>
  (await server.simulator.sends()).sends.filter(({ to }) => to === `+${phone}`).map(({ body }) => textOf(body));
/** The customer's only conversation. */
const conversationOf = async (phone: string) => {
  const { data } = await manager.conversations.list();
  for (const one of data) {
    const { identities } = await manager.contacts.get({ id: one.contact.id });
    if (identities.some(({ keys }) => keys.some(({ value }) => value === `+${phone}`))) return one;
  }
  return undefined;
};

forEachDatabase('the bot', (database) => {
  it('answers what it knows, leaves the rest in the queue, and puts back what goes beyond it', async () => {
    await open(await database());
    await write('60123456701', known);
    await write('60123456702', 'I want to speak with a person');
    const { child, ended, output } = await start();
    await until(async () => (await answersTo('60123456701')).length > 0);
    expect(await answersTo('60123456701')).toEqual([answer]);
    await until(async () => (await conversationOf('60123456701'))?.unreadCount === 0);
    expect(await conversationOf('60123456701')).toMatchObject({ assigneeId: botId });

    await write('60123456703', 'When do you open tomorrow?');
    await until(async () => (await answersTo('60123456703')).length > 0);
    expect(await conversationOf('60123456702')).toMatchObject({ status: 'queued', unreadCount: 1 });
    expect(await answersTo('60123456702')).toEqual([]);

    await write('60123456701', 'And what does it cost?');
    await until(async () => (await conversationOf('60123456701'))?.status === 'queued');
    expect(await conversationOf('60123456701')).toMatchObject({ assigneeId: null, unreadCount: 1 });
    expect(await answersTo('60123456701')).toEqual([answer]);

    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(output()).not.toMatch(/error/i);
    // It is gone: nobody answers.
    await write('60123456704', known);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await answersTo('60123456704')).toEqual([]);
  });
});

it('leaves to a colleague what a colleague has', async () => {
  await open(await openSqlite());
  await write('60123456701', known);
  const { id } = (await conversationOf('60123456701')) ?? { id: '' };
  await manager.conversations.take({ id });
  await start();
  await write('60123456701', known);
  await write('60123456705', known);
  await until(async () => (await answersTo('60123456705')).length > 0);
  expect(await answersTo('60123456701')).toEqual([]);
});

it('answers once what was asked while the line was cut, or while it was away', async () => {
  await open(await openSqlite());
  const first = await start();
  await write('60123456701', known);
  await until(async () => (await answersTo('60123456701')).length > 0);
  line.cut();
  await write('60123456702', known);
  await write('60123456701', known);
  await new Promise((resolve) => setTimeout(resolve, 200));
  line.mend();
  await until(async () => (await answersTo('60123456702')).length > 0);
  await until(async () => (await answersTo('60123456701')).length > 1);

  first.child.kill('SIGKILL');
  await first.ended;
  await write('60123456703', known);
  await start();
  await until(async () => (await answersTo('60123456703')).length > 0);
  await until(async () => (await conversationOf('60123456703'))?.unreadCount === 0);
  expect(await answersTo('60123456701')).toEqual([answer, answer]);
  expect(await answersTo('60123456702')).toEqual([answer]);
  expect(await answersTo('60123456703')).toEqual([answer]);
});

it('says what is wrong when it cannot sign in', async () => {
  await open(await openSqlite());
  environment.TIMS_PASSWORD = 'not the password';
  const { ended, output } = await start();
  expect(await ended).toBe(1);
  expect(output()).toContain('E-mail, password or code is wrong');
});

function textOf(body: Record<string, unknown>): unknown {
  return Object(body.text).body;
}

async function until(probe: () => unknown, withinMs = 15_000): Promise<void> {
  for (const end = Date.now() + withinMs; !(await probe()); ) {
    if (Date.now() > end) throw new Error('It did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
