import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf, type Ended, newPlace, type Place, type Running } from './process.js';

let place: Place;
let server: Running;
let url: string;
let simulator: string;

beforeAll(async () => {
  place = newPlace();
  server = place.start(['start', '--demo']);
  url = await addressOf(server);
  simulator = /WhatsApp simulator +(\S+)/.exec(server.stdout())?.[1] ?? '';
  place.env.TIMS_URL = url;
});
afterAll(() => place.leave());

interface Conversation {
  id: string;
  status: string;
  contact: { name: string };
  assigneeId: string | null;
}

const json = async <T>(...args: string[]): Promise<T> => {
  const ended = await place.tims([...args, '--json']);
  if (ended.code !== 0) throw new Error(`tims ${args.join(' ')} ended with ${ended.code}: ${ended.stderr}`);
  return JSON.parse(ended.stdout); // the API's schemas say the shape
};

/** A customer of their own for each test writes, and their conversation is found. */
async function newConversation(phone: string, name: string, text = 'Hello'): Promise<Conversation> {
  const from = ['--from', phone, '--name', name, '--simulator', simulator];
  expect((await place.tims(['simulate', 'whatsapp', 'message', text, ...from])).code).toBe(0);
  for (;;) {
    const { data } = await json<{ data: Conversation[] }>('conversations', 'list', '--limit', '100');
    const found = data.find(({ contact }) => contact.name === name);
    if (found) return found;
  }
}

/** `data` as it is after a list was asked for: the cursor `asOf` moves while customers write. */
async function api<T>(path: string): Promise<T> {
  const config = JSON.parse(readFileSync(join(place.env.XDG_CONFIG_HOME ?? '', 'tims/config.json'), 'utf8'));
  const token = config.profiles['(demo)'].accessToken;
  return (await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })).json() as Promise<T>;
}

test('the closing lines say where, who and what next', () => {
  const lines = server.stdout();
  expect(lines).toContain(`${url}/docs`);
  expect(lines).toContain(readFileSync(join(place.folder, 'data/demo-password'), 'utf8').trim());
  for (const who of ['admin', 'manager', 'agent']) expect(lines).toContain(`${who}@example.com`);
  expect(lines).toContain('npx tims conversations list');
});

test('right after the start, conversations are listed as the demo administrator', async () => {
  const name = 'Ana Souza';
  const { id } = await newConversation('+447700900301', name);
  const ended = await place.tims(['conversations', 'list']);
  expect(ended.code).toBe(0);
  expect(ended.stdout).toMatch(/^ID +STATUS +CONTACT +UNREAD +WITH +LAST +MESSAGE\n/);
  expect(ended.stdout).toMatch(new RegExp(`${id.slice(-6)} +queued +${name} +1 +team cx +now +Hello`));
  expect(ended.stderr).toBe(`Signed in to the demo at ${url} as admin@example.com.\n`);
});

test('--json is what the API answers', async () => {
  const listed = await json<{ data: unknown; nextCursor: unknown; asOf: string }>('teams', 'list');
  const answered = await api<typeof listed>('/api/teams');
  expect({ ...listed, asOf: '' }).toEqual({ ...answered, asOf: '' });
  expect(typeof listed.asOf).toBe('string');
});

test('a message goes out and its states come in, as the tail tells', async () => {
  const { id } = await newConversation('+447700900302', 'Budi Santoso');
  const tail = place.start(['events', 'tail', '--json']);
  await tail.until('stderr', /Connected/);
  expect((await place.tims(['conversations', 'take', id.slice(-8)])).stdout).toContain('assigned');
  const sent = await json<{ id: string; state: string; conversationId: string }>('send', id.slice(-8), 'Good morning!');
  expect(sent).toMatchObject({ conversationId: id, state: 'queued' });
  const state = (name: string) => new RegExp(`^(?=.*"message.updated")(?=.*"${sent.id}")(?=.*"${name}"\\]).*$`, 'm');
  for (const name of ['sent', 'delivered', 'read']) await tail.until('stdout', state(name));
  tail.child.kill('SIGINT');
  const ended = await tail.ended;
  expect(ended.code).toBe(0);
  const events = ended.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const states = events
    .filter(({ entityId, changes }) => entityId === sent.id && changes?.state)
    .map(({ changes }) => changes.state);
  expect(states.map((one) => (Array.isArray(one) ? one.at(-1) : one))).toEqual([
    'queued',
    'sending',
    'sent',
    'delivered',
    'read',
  ]);

  const since = /--since (\S+)/.exec(ended.stderr)?.[1] ?? '';
  await place.tims(['send', id, 'Anything else?']);
  const later = await place.tims(['events', 'tail', '--since', since, '--count', '1', '--json']);
  expect(events.map(({ id }) => id)).not.toContain(JSON.parse(later.stdout).id);

  const shown = await place.tims(['conversations', 'show', id]);
  expect(shown.stdout).toMatch(/→ Amira Rahman +read +\S+\n +Good morning!/);
});

test('a long text comes from stdin, and a key sends it once', async () => {
  const { id } = await newConversation('+447700900303', 'Chen Wei');
  const text = 'First line\nSecond line: 你好 👩‍👩‍👧';
  const send = () => place.tims(['send', id, '-', '--key', 'letter-1', '--json'], { input: `${text}\n` });
  const first = JSON.parse((await send()).stdout);
  expect(JSON.parse((await send()).stdout).id).toBe(first.id);
  expect(first.content.text).toBe(text);
});

test('to a number over a channel, and refused where no window is open', async () => {
  const { id } = await newConversation('+447700900304', 'Dara Kim');
  const over = ['send', '--channel', 'demo number', '--to'];
  expect(await json(...over, '+447700900304', 'Hi Dara')).toMatchObject({ conversationId: id });
  const refused = await place.tims([...over, '+447700900999', 'Hi stranger']);
  expect(refused.code).toBe(6);
  expect(refused.stdout).toBe('');
  expect(refused.stderr).toMatch(
    /^.*\nerror: The channel does not allow this message now: .+\n +.+template.+\n +Request \S+\n$/,
  );
});

test('a conversation is given, put back, closed and opened again', async () => {
  const { id } = await newConversation('+447700900305', 'Elif Kaya');
  const now = () => json<{ conversation: Conversation }>('conversations', 'show', id).then((page) => page.conversation);
  expect((await place.tims(['conversations', 'assign', id, '--to', 'agent@example.com'])).stdout).toContain(
    'Arjun Nair',
  );
  const taken = await place.tims(['conversations', 'take', id]);
  expect(taken.code).toBe(6);
  expect(taken.stderr).toContain('assigneeId');
  await place.tims(['conversations', 'assign', id, '--queue']);
  expect(await now()).toMatchObject({ status: 'queued', assigneeId: null });
  expect((await place.tims(['conversations', 'assign', id, '--team', 'tx'])).stdout).toContain('team tx');
  expect((await place.tims(['conversations', 'close', id, '--reason', 'resolved'])).stdout).toContain(
    'closed (resolved)',
  );
  expect((await place.tims(['conversations', 'close', id, '--reason', 'again'])).code).toBe(6);
  await place.tims(['conversations', 'reopen', id]);
  expect(await now()).toMatchObject({ status: 'queued' });
});

test("control sequences in a customer's name and text stay out of the terminal", async () => {
  const { id } = await newConversation(
    '+447700900306',
    'Fay\u001b[31m\u202eEvil',
    '\u001b]0;owned\u0007one\ntwo\u009b2J',
  ).catch(() => {
    throw new Error('the name came through changed');
  });
  for (const args of [
    ['conversations', 'list'],
    ['conversations', 'show', id],
  ]) {
    const { stdout } = await place.tims(args);
    expect(stdout).toContain('FayEvil');
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  }
});

test('a webhook at fault is listed, and says when it still is', async () => {
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '1', phone_number_id: '999' },
    messages: [{ from: '447700900307', id: 'wamid.X', timestamp: '1700000000', type: 'text', text: { body: 'lost' } }],
  };
  const body = { object: 'whatsapp_business_account', entry: [{ id: '9', changes: [{ field: 'messages', value }] }] };
  await fetch(`${simulator}/simulator/raw`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ phoneNumberId: '106540352242922', body }),
  });
  const listed = await place.tims(['failures', 'list']);
  expect(listed.stdout).toMatch(/whatsapp +unknown_address/);
  const replayed = await place.tims(['failures', 'replay', '--all']);
  expect(replayed.code).toBe(1);
  expect(replayed.stderr).toContain('1 of 1 are still at fault');
});

test('each kind of refusal has its exit code', async () => {
  const password = readFileSync(join(place.folder, 'data/demo-password'), 'utf8');
  const agent = ['--profile', 'agent'];
  expect(
    (await place.tims(['login', '--email', 'agent@example.com', '--password-stdin', ...agent], { input: password }))
      .code,
  ).toBe(0);
  const outcome = async (args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> => {
    const ended = await place.tims(args, { env });
    expect(ended.stdout).toBe('');
    expect(ended.stderr).toMatch(/error: /);
    return ended;
  };
  expect((await outcome(['users', 'list', ...agent])).code).toBe(4);
  expect((await outcome(['conversations', 'show', 'zzzzzzzz', ...agent])).code).toBe(5);
  expect((await outcome(['conversations', 'close', 'x', ...agent])).code).toBe(2);
  expect((await outcome(['conversations', 'lst'])).stderr).toContain('Did you mean list?');
  expect((await outcome(['whoami', '--profile', 'nobody'])).code).toBe(3);
  expect((await outcome(['whoami'], { TIMS_TOKEN: 'expired' })).code).toBe(3);
  expect((await outcome(['whoami', '--url', 'http://127.0.0.1:9'], { TIMS_TOKEN: 'x' })).code).toBe(7);
  const wrong = await place.tims(['login', '--email', 'agent@example.com', '--password-stdin'], {
    input: 'wrong-password',
  });
  expect(wrong.code).toBe(3);
});

test('users, teams and channels are listed, made and changed', async () => {
  expect((await place.tims(['teams', 'create', 'vip', 'Important people'])).code).toBe(0);
  const made = await place.tims(
    [
      'users',
      'create',
      '--email',
      'gita@example.com',
      '--name',
      'Gita',
      '--role',
      'agent',
      '--team',
      'vip',
      'cx',
      '--password-stdin',
    ],
    { input: 'nine-lives-of-a-cat' },
  );
  expect(made.stderr).not.toContain('error');
  expect((await place.tims(['users', 'deactivate', 'gita@example.com'])).stdout).toContain('deactivated');
  expect((await place.tims(['users', 'list'])).stdout).toMatch(/gita@example.com +Gita +agent +deactivated +vip, cx/);
  expect((await place.tims(['users', 'activate', 'Gita'])).stdout).toContain('active');
  const added = await place.tims(
    [
      'channels',
      'add',
      'whatsapp',
      '--name',
      'VIP line',
      '--team',
      'vip',
      '--phone-number-id',
      '777',
      '--own-app',
      '--secrets-stdin',
      '--no-check',
    ],
    { input: 'token-of-the-line\nsecret-of-the-app\n' },
  );
  expect(added.stderr).toMatch(new RegExp(`Callback URL +${url}/api/webhook/whatsapp/chn_`));
  expect(added.stdout + added.stderr).not.toMatch(/token-of-the-line|secret-of-the-app/);
  const shown = await place.tims(['channels', 'show', 'vip line']);
  expect(shown.stdout).toMatch(/default team +vip/);
  expect(shown.stdout).toMatch(/secrets +accessToken, appSecret, verifyToken/);

  const update = (more: string[], input = '') => place.tims(['channels', 'update', 'vip line', ...more], { input });
  const settings = ['--set', 'displayPhoneNumber=+60 12=3', '--unset', 'verifyToken'];
  const changed = await update([...settings, '--secret', 'appSecret', '--secrets-stdin', '--no-check'], 'another\n');
  expect(changed.stdout).toMatch(/displayPhoneNumber +\+60 12=3\n/);
  expect(changed.stdout).toMatch(/secrets +accessToken, appSecret\n/);
  expect((await update(['--team', 'cx', '--name', 'VIP line'])).stdout).toMatch(/default team +cx/);
  expect(await update(['--set', 'accessToken=seen-by-all'])).toMatchObject({ code: 2, stdout: '' });
  expect((await update(['--secret', 'accessToken', '--secrets-stdin'])).stderr).toContain('no line 1 on stdin');
  expect((await update([])).stderr).toContain('nothing to change');
  // The simulated provider does not know the line's token.
  const refused = await update(['--set', 'displayPhoneNumber=+60 13']);
  expect(refused.stderr).toContain("refused the channel's credentials");
});

test('doctor finds the running server and asks it', async () => {
  const { port } = new URL(url);
  const ended = await place.tims(['doctor'], { env: { TIMS_PORT: port, TIMS_URL: undefined } });
  expect(ended.code).toBe(0);
  expect(ended.stdout).toMatch(/ok +port +a TIMS server answers/);
  expect(ended.stdout).toMatch(/ok +database +in use by the running server/);
  expect(ended.stdout).toMatch(/failures +1 webhooks could not be taken in/);
});

test('a second server on the same file, or the same port, is refused with the mend', async () => {
  const file = await place.tims(['start']);
  expect(file).toMatchObject({ code: 1, stdout: '' });
  expect(file.stderr).toMatch(new RegExp(`tims.db is in use by another TIMS server \\(process ${server.child.pid} `));
  const { port } = new URL(url);
  const same = await place.tims(['start'], { env: { TIMS_PORT: port, TIMS_DATA_DIR: 'other' } });
  expect(same.code).toBe(1);
  expect(same.stderr).toContain(`Port ${port} is in use by another TIMS server`);
  expect(same.stderr).toContain('TIMS_PORT=');
  const simulated = await place.tims(['start', '--demo'], {
    env: { TIMS_SIMULATOR_PORT: new URL(simulator).port, TIMS_DATA_DIR: 'other' },
  });
  expect(simulated.code).toBe(1);
  expect(simulated.stderr).toContain('TIMS_SIMULATOR_PORT=');
});

test('SIGTERM ends it with 0, the log is free of what was said, and the next start goes on with the same password', async () => {
  server.child.kill('SIGTERM');
  const ended = await server.ended;
  expect(ended.code).toBe(0);
  expect(ended.stderr).not.toMatch(/Good morning|447700900302|Bearer|password/i);
  for (const line of ended.stderr.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('level');

  const doctor = await place.tims(['doctor'], { env: { TIMS_URL: undefined } });
  expect(doctor.code).toBe(0);
  expect(doctor.stdout).toMatch(/ok +counts/);

  const again = place.start(['start', '--demo'], { env: { TIMS_URL: undefined } });
  place.env.TIMS_URL = await addressOf(again);
  const { data } = await json<{ data: Conversation[] }>('conversations', 'list', '--limit', '100');
  expect(data.map(({ contact }) => contact.name)).toContain('Budi Santoso');
  again.child.kill('SIGINT');
  expect((await again.ended).code).toBe(0);
});
