import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pathIn } from './area-page.js';
import { browserPath } from './chromium.js';
import { looks, mainLooks, photograph } from './looks.js';
import { type Office, openOffice } from './office.js';

let office: Office;

/** Each screen beside the inbox, and how an administrator comes to it. */
const screens: Record<string, (page: Page) => Promise<unknown>> = {
  'admin settings': (page) => go(page, '/admin/settings', page.getByLabel('Overload')),
  'admin settings unsaved': async (page) => {
    await page.getByLabel('Overload').fill('many');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('A whole number from 1').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
  },
  'admin users': (page) => go(page, '/admin/users', page.getByText('nadia@example.com')),
  'admin user menu': async (page) => {
    await page.getByRole('button', { name: 'What to do with Admin' }).click();
    await page.getByRole('menu').waitFor();
  },
  'admin user': async (page) => {
    await go(page, '/admin/users', page.getByText('nadia@example.com'));
    await page
      .getByRole('button', { name: /manager/ })
      .first()
      .click();
    await page.getByRole('dialog').getByText('Primary').first().waitFor();
  },
  'admin invite': async (page) => {
    await go(page, '/admin/users', page.getByText('nadia@example.com'));
    await page.getByRole('button', { name: 'Invite' }).click();
    await page.getByRole('button', { name: 'Send the invitation' }).click();
    await page.getByText('Type an e-mail.').waitFor();
  },
  'admin deactivate': async (page) => {
    await go(page, '/admin/users', page.getByText('nadia@example.com'));
    await page.getByRole('button', { name: 'What to do with manager' }).click();
    await page.getByRole('menuitem', { name: 'Deactivate' }).click();
    await page.getByRole('dialog').waitFor();
  },
  'admin teams': (page) => go(page, '/admin/teams', row(page, 'cx')),
  'admin members': async (page) => {
    await row(page, 'cx').getByRole('button').first().click();
    await page.getByRole('dialog').getByText('manager').first().waitFor();
  },
  'admin roles': (page) => go(page, '/admin/roles', page.getByText('night_shift')),
  'admin role': async (page) => {
    await page.getByRole('button', { name: /^Night shift/ }).click();
    await page.getByRole('dialog').waitFor();
  },
  'admin channels': (page) => go(page, '/admin/channels', row(page, 'Shared number')),
  'admin channel': async (page) => {
    await row(page, 'Shared number')
      .getByRole('button', { name: /^Shared number/ })
      .click();
    await page.getByRole('dialog').getByLabel('Access token').fill('wrong');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('WhatsApp says').waitFor();
  },
  'admin new channel': async (page) => {
    await go(page, '/admin/channels', row(page, 'Shared number'));
    await page.getByRole('button', { name: 'Connect WhatsApp' }).click();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('Access token is needed.').waitFor();
  },
  'admin import': async (page) => {
    await go(page, '/admin/contact-files', page.getByRole('button', { name: 'Choose a file' }));
    const rows = Array.from(
      { length: 12 },
      (_, at) => `Mei Ling ${at},${at % 4 ? `+60 12-400 01${at}0` : 'none'},gold`,
    );
    const csv = ['Who,Phone,A heading that somebody made far too long for any table of contacts', ...rows].join('\n');
    await page
      .getByLabel('CSV file')
      .setInputFiles({ name: 'people of the spring campaign.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.getByText('Mei Ling 0 · Mei Ling 1').waitFor();
    await page.getByRole('button', { name: /^Import 12/ }).click();
    await page.getByText('Say what it holds, or leave it out.').first().waitFor();
  },
  'admin import discard': async (page) => {
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('dialog').waitFor();
  },
  'admin import report': async (page) => {
    await page.keyboard.press('Escape');
    await page.getByLabel('What “Who” holds').selectOption('name');
    await page.getByLabel(/^What “A heading/).selectOption('ignore');
    await page.getByRole('button', { name: /^Import 12/ }).click();
    await page.getByText('All of 12 rows').waitFor();
    await page.getByRole('table', { name: 'Rows' }).getByText(/Phone/).first().waitFor();
  },
  'admin import and export': async (page) => {
    await page.getByRole('link', { name: 'All imports' }).click();
    await row(page, 'people of the spring campaign.csv').first().waitFor();
  },
  'admin tags': (page) => go(page, '/admin/tags', row(page, 'Payment')),
  'admin tag': async (page) => {
    await page.getByRole('button', { name: /^Payment/ }).click();
    await page.getByRole('dialog').waitFor();
  },
  'admin canned responses': (page) => go(page, '/admin/canned-responses', row(page, 'Greeting')),
  'admin canned response': async (page) => {
    await page.getByRole('button', { name: /^Greeting/ }).click();
    await page
      .getByRole('dialog')
      .getByText(/nothing stands in/)
      .waitFor();
  },
  'admin close reasons': (page) => go(page, '/admin/close-reasons', row(page, 'Spam')),
  'admin keys': (page) => go(page, '/admin/keys', row(page, 'Nightly export')),
  'admin new key': async (page) => {
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByRole('dialog').waitFor();
  },
  'admin activity': (page) => go(page, '/admin/activity', row(page, 'Auth: login').first()),
  'admin not there': (page) =>
    go(page, '/admin/nonsense', page.getByRole('heading', { name: 'There is no such page' })),
  'account profile': (page) => go(page, '/account', page.getByLabel('Time zone')),
  'account security': (page) => go(page, '/account/security', page.getByRole('button', { name: 'Set it up' })),
  'account second factor': async (page) => {
    await page.getByRole('button', { name: 'Set it up' }).click();
    await page.getByRole('textbox', { name: 'Password', exact: true }).fill(office.server.password);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('img', { name: /QR code/ }).waitFor();
  },
  'account sessions': (page) => go(page, '/account/sessions', page.getByText('This one')),
};

describe.skipIf(!browserPath)('every screen beside the inbox', { timeout: 240_000 }, () => {
  beforeAll(async () => {
    office = await openOffice();
    await furnish();
  }, 60_000);
  afterAll(() => office?.close());

  it.each(mainLooks)('in %s has nothing that keeps people out, and is left as a picture', async (look) => {
    const found: string[] = [];
    const shoot = async (page: Page, name: string) => found.push(...(await photograph(page, name, look)));

    const guest = await office.visit({ ...looks[look], path: pathIn(await office.mailTo('nadia@example.com')) });
    await guest.getByRole('button', { name: 'Join' }).click();
    await guest.getByText('Choose a password.', { exact: true }).waitFor();
    await shoot(guest, 'invite');
    await go(guest, '/invite?token=no', guest.getByRole('heading', { name: 'This invitation does not work' }));
    await shoot(guest, 'invite does not work');
    await go(guest, '/forgot-password', guest.getByLabel('E-mail'));
    await shoot(guest, 'forgot password');
    await go(guest, '/reset-password?token=no', guest.getByRole('button', { name: 'Set the password' }));
    await shoot(guest, 'reset password');
    await guest.close();

    const agent = await office.open(office.agent, { ...looks[look], path: '/admin/users' });
    await agent.getByRole('heading', { name: 'This is for administrators' }).waitFor();
    await shoot(agent, 'admin refused');
    await agent.close();

    const page = await office.open(office.admin, { ...looks[look], path: '/admin/settings' });
    for (const [name, show] of Object.entries(screens)) {
      await show(page);
      await page.waitForTimeout(200);
      await shoot(page, name);
    }
    expect(found).toEqual([]);
  });
});

const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });

async function go(page: Page, path: string, there: { waitFor(): Promise<void> }): Promise<void> {
  await page.goto(office.line.url + path);
  await there.waitFor();
}

/** Something in each list. */
async function furnish(): Promise<void> {
  const { server } = office;
  const authorization = `Bearer ${await server.tokenOf(server.tims.admin)}`;
  const post = async (path: string, body: object) => {
    const headers = { authorization, 'content-type': 'application/json' };
    const answer = await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  };
  await post('/api/invitations', { email: 'nadia@example.com', name: 'Nadia Rahman', role: 'agent' });
  await post('/api/teams', { key: 'tx', name: 'Tutor Experience' });
  await post('/api/roles', {
    key: 'night_shift',
    name: 'Night shift',
    rank: 10,
    permissions: [
      { permission: 'conversations:read', scope: 'team' },
      { permission: 'conversations:reply', scope: 'team' },
      { permission: 'directory:read', scope: 'all' },
      { permission: 'events:read', scope: 'all' },
    ],
  });
  await post('/api/tags', { name: 'Refund', color: 'teal', teamId: server.tims.teamId });
  await post('/api/canned-responses', {
    shortcut: 'greeting',
    title: 'Greeting',
    text: 'Hello {{contact.first_name}}, this is {{user.first_name}} of {{organization.name}}.\nHow can we help?',
  });
  await post('/api/keys', {
    name: 'Nightly export',
    permissions: ['conversations:read', 'contacts:read', 'directory:read', 'events:read'],
    expiresAt: new Date(Date.now() + 5 * 24 * 3_600_000).toISOString(),
  });
}
