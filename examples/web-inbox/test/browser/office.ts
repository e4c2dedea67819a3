import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Line, openLine, openSqlite, startTestServer, type TestServer } from '@tims/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launch } from './chromium.js';

type Person = TestServer['tims']['admin'];

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

/** A server with the built inbox, people who work there, and browsers in front of it. */
export interface Office {
  server: TestServer;
  /** What the browsers go through: it can be cut. */
  line: Line;
  /** What was mailed to the address last; resolves once something was. */
  mailTo(address: string): Promise<string>;
  admin: Person;
  agent: Person;
  colleague: Person;
  manager: Person;
  /** A browser of its own, signed in as the user, at the path. */
  open(who: Person, options?: WindowOptions): Promise<Page>;
  /** A browser of its own at the login. */
  visit(options?: WindowOptions): Promise<Page>;
  /** A customer writes; resolves when it is stored. */
  write(phone: string, text: string, options?: { name?: string; count?: number }): Promise<void>;
  /** Ends all sessions that they have in browsers. */
  endSessions(who: Person): Promise<void>;
  close(): Promise<void>;
}

export interface WindowOptions {
  path?: string;
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  /** Runs in each page before anything else. */
  before?: string;
}

export async function openOffice(): Promise<Office> {
  if (!existsSync(join(dist, 'index.html'))) throw new Error('The web inbox is not built: npm run build');
  const mails = new Map<string, string>();
  const mail = { send: async ({ to, text }: { to: string; text: string }) => void mails.set(to, text) };
  const server = await startTestServer(await openSqlite(), { app: { inboxFolder: dist }, mail });
  const line = await openLine(server.url);
  const { tims, simulator } = server;
  const browser: Browser = await launch();
  const contexts: BrowserContext[] = [];
  const [agent, colleague, manager] = await Promise.all(
    ['agent', 'agent', 'manager'].map((role) => tims.addUser(role, [tims.teamId])),
  );
  if (!agent || !colleague || !manager) throw new Error('Nobody was made');

  async function visit({ path = '/', width = 1440, height = 900, colorScheme = 'light', before }: WindowOptions = {}) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
    contexts.push(context);
    if (before) await context.addInitScript(before);
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    await page.goto(line.url + path);
    return page;
  }

  return {
    server,
    line,
    async mailTo(address) {
      for (let tries = 0; tries < 200; tries++) {
        const found = mails.get(address);
        if (found !== undefined) return found;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`Nothing was mailed to ${address}`);
    },
    admin: tims.admin,
    agent,
    colleague,
    manager,
    visit,
    async open(who, options) {
      const page = await visit(options);
      await page.getByLabel('E-mail').fill(await tims.emailOf(who));
      await page.getByLabel('Password', { exact: true }).fill(server.password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByLabel('E-mail').waitFor({ state: 'detached' });
      return page;
    },
    async write(phone, text, { name, count } = {}) {
      const from = { phone, ...(name === undefined ? {} : { name }) };
      const { phoneNumberId } = tims;
      await simulator.write({ phoneNumberId, from, text, ...(count === undefined ? {} : { count, batch: 50 }) });
      await simulator.idle();
    },
    async endSessions(who) {
      const headers = { authorization: `Bearer ${await server.tokenOf(who)}` };
      const answer = await fetch(`${server.url}/api/me/sessions`, { method: 'DELETE', headers });
      if (!answer.ok) throw new Error(`${answer.status}`);
    },
    async close() {
      await Promise.all(contexts.map((context) => context.close()));
      await browser.close();
      await line.close();
      await server.close();
    },
  };
}
