import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forEachDatabase } from '@tims/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aisyah, botToken, openStage, type Stage } from './stage.js';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const who = { email: 'mei@example.com', password: 'nine-lives-of-a-cat' };

let stage: Stage;
let folder: string;
const servers: ChildProcess[] = [];

beforeEach(async () => {
  stage = await openStage();
  folder = mkdtempSync(join(tmpdir(), 'tims-telegram-'));
  writeFileSync(
    join(folder, 'tims.config.ts'),
    `import { defineConfig } from '@tims/server/config';
import telegram from '${path('../src/index.ts')}';

export default defineConfig({
  plugins: [telegram],
  telegram: { apiUrl: '${stage.context().installation.apiUrl}' },
});
`,
  );
});
afterEach(async () => {
  for (const child of servers.splice(0)) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.kill('SIGTERM')) await ended;
  }
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});

forEachDatabase('a bot of Telegram', (open) => {
  it('brings its messages in, and the answers out', async () => {
    const database = await open();
    // One process has an SQLite file, and here that is the server.
    await database.storage.close();
    const environment = { TIMS_DATABASE_URL: database.url, TIMS_PORT: '0' };
    const init = ['init', '--organization', 'Bright', '--email', who.email, '--name', 'Mei', '--password-stdin'];
    await run([path('../../../packages/cli/bin/tims.js'), ...init], environment, { input: who.password });
    const server = start([path('../../../packages/cli/bin/tims.js'), 'start'], environment);
    const [, url = ''] = await server.until(/TIMS is ready at (\S+)/);
    const connected = await run([path('../connect.mjs')], {
      TIMS_URL: url,
      TIMS_EMAIL: who.email,
      TIMS_PASSWORD: who.password,
      TELEGRAM_BOT_TOKEN: botToken,
      TELEGRAM_API_URL: String(stage.context().installation.apiUrl),
    });
    expect(connected).toContain('Connected.');

    const { telegram } = stage;
    const first = await telegram.do('write', { token: botToken, from: aisyah, text: 'When do you open?', copies: 2 });
    await telegram.do('edit', {
      token: botToken,
      user: aisyah.id,
      messageId: first.messageId,
      text: 'When are you open?',
    });
    await telegram.idle();
    const api = await signIn(url);
    const [conversation] = (await api('GET', '/api/conversations')).data ?? [];
    expect(conversation).toMatchObject({
      status: 'queued',
      unreadCount: 2,
      contact: { name: 'Aisyah Rahman' },
      channel: { kind: 'telegram' },
      lastMessage: { type: 'text', preview: 'When are you open?' },
    });

    const { id: conversationId = '', lastMessage } = conversation ?? {};
    await api('POST', '/api/messages/send', { conversationId, text: 'From nine to six', replyTo: lastMessage?.id });
    const [sent] = await until(async () => {
      const report = await telegram.do('report', {});
      return report.sent.length > 0 ? report.sent : undefined;
    });
    expect(sent).toMatchObject({ chat: aisyah.id, text: 'From nine to six', replyTo: first.messageId });

    await telegram.do('react', { token: botToken, user: aisyah.id, messageId: sent?.messageId ?? 0, emoji: ['👍'] });
    await telegram.idle();
    const messages = await until(async () => {
      const page = await api('GET', `/api/conversations/${conversationId}`);
      return page.messages?.at(-1)?.reactions.length ? page.messages : undefined;
    });
    expect(messages.map(({ content }) => content.text)).toEqual(['/start', 'When are you open?', 'From nine to six']);
    expect(messages.at(-1)).toMatchObject({ state: 'sent', reactions: [{ emoji: '👍' }] });

    // Nobody else posts here.
    for (const secretToken of ['guessed-by-somebody', null]) {
      const raw = await telegram.do('raw', { token: botToken, body: '{"update_id":1}', secretToken });
      expect(raw.status).toBe(401);
    }
    await database.close();
  });
});

/** What is read here of the API's answers. */
interface Answer {
  accessToken?: string;
  data?: { id: string; lastMessage: { id: string } }[];
  messages?: { content: { text: string }; reactions: object[] }[];
}

/** Calls of the API as the person who signed in. */
async function signIn(url: string) {
  const call = async (method: string, to: string, body?: object, token?: string) => {
    const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
    const response = await fetch(url + to, { method, headers, body: body && JSON.stringify(body) });
    const answer = (await response.json()) as Answer; // documented in /openapi.json
    expect(response.ok, JSON.stringify(answer)).toBe(true);
    return answer;
  };
  const { accessToken } = await call('POST', '/api/auth/login', who);
  return (method: string, to: string, body?: object) => call(method, to, body, accessToken);
}

async function until<T>(probe: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 15_000; Date.now() < end; ) {
    const found = await probe();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('It did not happen in time');
}

/** Runs a program in the folder to its end, and gives what it says. */
async function run(args: string[], environment: NodeJS.ProcessEnv, { input = '' } = {}): Promise<string> {
  const program = start(args, environment);
  program.child.stdin?.end(input);
  return program.ended;
}

function start(args: string[], environment: NodeJS.ProcessEnv) {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TIMS_')));
  const child = spawn(process.execPath, args, { cwd: folder, env: { ...own, ...environment }, stdio: 'pipe' });
  servers.push(child);
  let output = '';
  const heard = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const look of heard) look();
    });
  }
  const ended = new Promise<string>((resolve, reject) => {
    child.once('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`It ended with ${code}: ${output}`)),
    );
  });
  // Who waits for its end hears of it; a server ends by a signal.
  ended.catch(() => undefined);
  return {
    child,
    ended,
    until: (pattern: RegExp) =>
      new Promise<RegExpExecArray>((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output);
          if (match) resolve(match);
        };
        heard.add(look);
        look();
        ended.then(() => reject(new Error(`It ended: ${output}`)), reject);
      }),
  };
}
