import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserPath } from './chromium.js';
import { looks, mainLooks, photograph } from './looks.js';
import { type Office, openOffice } from './office.js';
import { richMessages } from './rich.js';

/** Each screen, and how somebody who is signed in comes to it. */
const screens: Record<string, (page: Page) => Promise<unknown>> = {
  'empty list': (page) => go(page, '/inbox/pending', page.getByText(/nothing|no conversation|empty/i).first()),
  queue: (page) => go(page, '/inbox/queue', row(page, 'Uma')),
  preview: async (page) => {
    await go(page, '/inbox/queue', row(page, 'Uma'));
    await row(page, 'Uma').click();
    await page.getByRole('button', { name: 'Take', exact: true }).first().waitFor();
  },
  'all kinds of messages': (page) => openRich(page),
  'older messages': async (page) => {
    await openRich(page);
    await page.getByRole('log').evaluate((log) => log.scrollTo({ top: 0 }));
    await page.waitForTimeout(400);
  },
  profile: async (page) => {
    await openRich(page);
    const panel = page.getByRole('complementary', { name: 'Profile' });
    if (!(await panel.isVisible())) await page.getByRole('button', { name: 'Profile', exact: true }).click();
    await page
      .getByText(/\+60 ?17/)
      .first()
      .waitFor();
  },
  assign: async (page) => {
    await openRich(page);
    await page.getByRole('button', { name: /^Assigned to you/i }).click();
    await page.getByPlaceholder('A person or a team…').waitFor();
  },
  close: async (page) => {
    await openRich(page);
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByPlaceholder('Why is it closed?').waitFor();
  },
  'shut window': async (page) => {
    await go(page, '/inbox/mine', row(page, 'Winston'));
    await row(page, 'Winston').click();
    await page.getByRole('region', { name: 'Why you cannot write here now' }).waitFor();
  },
  'failed send': async (page) => {
    await go(page, '/inbox/mine', row(page, 'Xenia'));
    await row(page, 'Xenia').click();
    await page.getByRole('button', { name: 'Retry' }).first().waitFor();
  },
  closed: async (page) => {
    await go(page, '/inbox/closed', row(page, 'Yusuf'));
    await row(page, 'Yusuf').click();
    await page.getByRole('log').waitFor();
  },
  search: async (page) => {
    await go(page, '/inbox/mine', row(page, 'Xenia'));
    await page.getByRole('searchbox').first().fill('xen');
    await page.waitForTimeout(300);
  },
  palette: async (page) => {
    await go(page, '/inbox/mine', row(page, 'Xenia'));
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
  },
  help: async (page) => {
    await go(page, '/inbox/mine', row(page, 'Xenia'));
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
  },
  'not there': (page) =>
    go(
      page,
      '/inbox/mine/cnv_01hzy3v9k2e7q8m4n5p6r7s8t9',
      page.getByRole('button', { name: 'Back to the list' }).first(),
    ),
  offline: async (page) => {
    await openRich(page);
    office.line.cut();
    await page
      .getByText(/^Offline/)
      .first()
      .waitFor();
  },
};

/** What a width or its darkness changes beside the main looks: the frame, not each dialog in it. */
const ofTheFrame = ['queue', 'preview', 'all kinds of messages', 'profile', 'assign', 'shut window'];

let office: Office;

describe.skipIf(!browserPath)('every screen', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    office = await openOffice();
    await furnish();
  }, 60_000);
  afterAll(() => office?.close());

  it.each(Object.keys(looks))('in %s has nothing that keeps people out, and is left as a picture', async (look) => {
    const found: string[] = [];
    const shoot = async (page: Page, name: string) => {
      found.push(...(await photograph(page, name, look)));
    };
    const out = await office.visit(looks[look]);
    await out.getByLabel('E-mail').waitFor();
    await shoot(out, 'login');
    await out.close();

    const page = await office.open(office.agent, { ...looks[look], path: '/inbox/mine' });
    const main = (mainLooks as readonly string[]).includes(look);
    for (const [name, show] of Object.entries(screens)) {
      if (!main && !ofTheFrame.includes(name)) continue;
      await show(page);
      await shoot(page, name);
      office.line.mend();
    }
    await signedOut(page, () => shoot(page, 'sign in again'));
    // The page comes from somewhere, and the server does not answer.
    await page.route('**/api/**', (route) => route.abort());
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await shoot(page, 'server away');
    expect(found).toEqual([]);
  });
});

/** Somebody ends the session; the work is done while the dialog asks for the password, which is then given. */
async function signedOut(page: Page, work: () => Promise<void>): Promise<void> {
  await openRich(page);
  await office.endSessions(office.agent);
  const dialog = page.getByRole('dialog');
  await dialog.waitFor({ timeout: 30_000 });
  await work();
  await dialog.getByLabel('Password', { exact: true }).fill(office.server.password);
  await dialog.getByRole('button', { name: /sign in/i }).click();
  await dialog.waitFor({ state: 'detached' });
}

const row = (page: Page, name: string) => page.getByRole('option', { name: new RegExp(name) }).first();

async function go(page: Page, path: string, there: { waitFor(): Promise<void> }): Promise<void> {
  await page.goto(office.line.url + path);
  await there.waitFor();
}

async function openRich(page: Page): Promise<void> {
  await go(page, '/inbox/mine', row(page, 'Valentina'));
  await row(page, 'Valentina').click();
  await page.getByRole('log').waitFor();
  await page.waitForTimeout(400);
}

/** Somebody in each state that a screen shows. */
async function furnish(): Promise<void> {
  const { server, agent } = office;
  const { simulator, tims } = server;
  const { phoneNumberId } = tims;
  const token = await server.tokenOf(agent);
  const call = async (path: string, body?: object) => {
    const headers = { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) };
    const answer = await fetch(server.url + path, {
      headers,
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    });
    return answer.json();
  };
  const take = async (name: string): Promise<string> => {
    const { data } = await call('/api/conversations?limit=100');
    const { id } = data.find((one: { contact: { name: string } }) => one.contact.name.startsWith(name));
    await call(`/api/conversations/${id}/take`, {});
    return id;
  };
  const people = ['Uma', 'Valentina González-Álvarez de la Cruz', 'Winston', 'Xenia', 'Yusuf'];
  for (const [index, name] of people.entries()) {
    const day = 24 * 3600;
    const timestamp = Math.floor(Date.now() / 1000) - (name === 'Winston' ? 2 * day : 120);
    const from = { phone: `+6017200000${index}`, name };
    await simulator.write({ phoneNumberId, from, text: 'Hello, is anybody there?', timestamp });
  }
  const rich = { phone: '+60172000001', name: people[1] };
  for (const message of richMessages) await simulator.write({ phoneNumberId, from: rich, message });
  await simulator.idle();
  const valentina = await take('Valentina');
  const reply = (conversationId: string, text: string) => call('/api/messages/send', { conversationId, text });
  await reply(valentina, 'Of course. Which day suits you best?');
  await take('Winston');
  await simulator.fault({ kind: 'fails_later', code: 131000 });
  await reply(await take('Xenia'), 'Yes, we are here. How can we help?');
  await simulator.idle();
  await call(`/api/conversations/${await take('Yusuf')}/close`, { reason: 'resolved' });
  await simulator.write({ phoneNumberId, from: rich, text: 'Any day but Friday.' });
  await simulator.idle();
}
