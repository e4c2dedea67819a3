import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from './authenticator.js';
import { browserPath } from './chromium.js';
import { type Office, openOffice } from './office.js';

let office: Office;
const mistakes: string[] = [];

describe.skipIf(!browserPath)('the administration in the web inbox', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office?.close());
  afterEach(() => {
    expect(mistakes.splice(0)).toEqual([]);
  });

  it('invites somebody, who opens the link of the mail, joins and is in the inbox', async () => {
    const admin = watched(await office.open(office.admin, { path: '/admin/users' }));
    await admin.getByRole('button', { name: 'Invite' }).click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Send the invitation' }).click();
    await dialog.getByText('Type an e-mail.').waitFor();
    expect(await focused(admin)).toBe('email');
    await dialog.getByLabel('E-mail').fill('nadia@example.com');
    await dialog.getByRole('checkbox').first().check();
    await dialog.getByRole('button', { name: 'Send the invitation' }).click();
    await dialog.getByText('A mail with the link goes to nadia@example.com.').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await line(admin, 'Invitations', 'nadia@example.com').waitFor();

    const path = pathIn(await office.mailTo('nadia@example.com'));
    const guest = watched(await office.visit({ path }));
    await guest.getByRole('heading', { name: /^Join Organization/ }).waitFor();
    await guest.getByLabel('Your name').fill('Nadia Rahman');
    await guest.getByLabel('Password', { exact: true }).fill('password');
    await guest.getByRole('button', { name: 'Join' }).click();
    await guest.getByText(/Use 8 to 128 characters/).waitFor();
    expect(await guest.getByLabel('Your name').inputValue()).toBe('Nadia Rahman');
    await guest.getByLabel('Password', { exact: true }).fill('a horse of my own');
    await guest.getByRole('button', { name: 'Join' }).click();
    await guest.getByRole('link', { name: /Nadia Rahman/ }).waitFor();
    expect(new URL(guest.url()).pathname).toBe('/inbox/mine');

    // The administrator's list has changed by itself, and the link is used.
    await line(admin, 'Users', 'Nadia Rahman').waitFor();
    await line(admin, 'Invitations', 'nadia@example.com').waitFor({ state: 'detached' });
    const late = watched(await office.visit({ path }));
    await late.getByRole('heading', { name: 'This invitation does not work' }).waitFor();
  });

  it('sets up a second factor with a code of an app, and asks for one at the next log-in', async () => {
    const person = await office.server.tims.addUser('agent', [office.server.tims.teamId]);
    const page = watched(await office.open(person, { path: '/account/security' }));
    await page.getByRole('button', { name: 'Set it up' }).click();
    const secret = await setUp(page, office.server.password);
    await page.getByText('10 recovery codes are left').waitFor();
    await page.goto(`${office.line.url}/inbox/mine`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail').fill(await office.server.tims.emailOf(person));
    await page.getByLabel('Password', { exact: true }).fill(office.server.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByLabel('Code').fill(codeOf(secret, 1));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
  });

  it('makes a tag, which others see without loading the page again', async () => {
    const manager = watched(await office.open(office.manager, { path: '/admin/tags' }));
    await line(manager, 'Tags', 'Payment').waitFor();
    const admin = watched(await office.open(office.admin, { path: '/admin/tags' }));
    await admin.getByRole('button', { name: 'New tag' }).click();
    await admin.getByRole('dialog').getByLabel('Name').fill('Payment');
    await admin.getByRole('button', { name: 'Make the tag' }).click();
    await admin.getByText('A tag with this name already exists.').waitFor();
    expect(await focused(admin)).toBe('name');
    await admin.getByRole('dialog').getByLabel('Name').fill('Refund');
    await admin.getByRole('radio', { name: 'Teal' }).check();
    await admin.getByRole('button', { name: 'Make the tag' }).click();
    await line(admin, 'Tags', 'Refund').waitFor();
    await line(manager, 'Tags', 'Refund').waitFor();
    await line(manager, 'Tags', 'Refund').getByText('Teal').waitFor();
    // It is every team's: a manager reads it, and is told why no more.
    await line(manager, 'Tags', 'Refund').getByRole('button', { name: 'Refund', exact: true }).click();
    await manager.getByRole('dialog').getByText('It is every team’s: administrators change it.').waitFor();
  });

  it('changes a setting, and tells who else is changing the same', async () => {
    const page = watched(await office.open(office.admin, { path: '/admin/settings' }));
    const other = watched(await office.open(office.admin, { path: '/admin/settings' }));
    await other.getByLabel('Overload').fill('30');
    await page.getByLabel('Overload').fill('many');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('A whole number from 1 to 1,000.').waitFor();
    await page.getByLabel('Overload').fill('25');
    await page.getByLabel('Undo send').fill('10');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The settings are saved').waitFor();

    await other.getByText('A colleague has changed the same meanwhile').waitFor();
    expect(await other.getByLabel('Undo send').inputValue()).toBe('10');
    await other.getByRole('button', { name: 'Keep mine' }).click();
    await other.getByRole('button', { name: 'Save' }).click();
    await other.getByText('The settings are saved').waitFor();
    await expect.poll(() => page.getByLabel('Overload').inputValue()).toBe('30');
    await page.reload();
    expect(await page.getByLabel('Overload').inputValue()).toBe('30');
  });

  it('shows an agent nothing of it, and says so at its addresses', async () => {
    const page = watched(await office.open(office.agent, { path: '/inbox/mine' }));
    await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
    expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('canned responses');
    await page.getByText('Nothing of that name').waitFor();
    for (const path of ['/admin', '/admin/users', '/admin/settings', '/admin/nonsense']) {
      await page.goto(office.line.url + path);
      await page.getByRole('heading', { name: 'This is for administrators' }).waitFor();
    }
    const manager = watched(await office.open(office.manager, { path: '/admin/users' }));
    await manager.getByRole('heading', { name: 'Your role does not show this page' }).waitFor();
    expect(
      await manager.getByRole('navigation', { name: 'Administration' }).getByRole('link').allTextContents(),
    ).toEqual(['Tags', 'Canned responses', 'Close reasons']);
  });

  it('is reached and used by the keyboard alone', async () => {
    const page = watched(await office.open(office.admin, { path: '/inbox/mine' }));
    await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('close reasons');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Close reasons' }).waitFor();
    await page.getByRole('button', { name: 'What to do with Spam' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Move up' }).press('Enter');
    await expect.poll(() => names(page, 'Close reasons')).toEqual(expect.arrayContaining(['Spam', 'Not for us']));
    await expect.poll(async () => (await names(page, 'Close reasons')).slice(-2)).toEqual(['Spam', 'Not for us']);
    await page.getByRole('button', { name: 'What to do with Spam' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Remove' }).press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('What to do with Spam');
    await page.keyboard.press('g');
    await page.keyboard.press('q');
    await expect.poll(() => new URL(page.url()).pathname).toBe('/inbox/queue');
  });

  it('makes an API key that is shown once and works, and revokes it', async () => {
    const page = watched(await office.open(office.admin, { path: '/admin/keys' }));
    await page.getByRole('button', { name: 'New key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Nightly export');
    await dialog.getByRole('checkbox', { name: /^see conversations/ }).check();
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    const key = (await page.getByRole('list', { name: 'API key' }).textContent()) ?? '';
    expect(key).toMatch(/^tims_/);
    const answer = () =>
      fetch(`${office.server.url}/api/conversations`, { headers: { authorization: `Bearer ${key}` } });
    expect((await answer()).status).toBe(200);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await line(page, 'API keys', 'Nightly export').waitFor();
    expect(await page.content()).not.toContain(key);
    await page.getByRole('button', { name: 'What to do with Nightly export' }).click();
    await page.getByRole('menuitem', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await line(page, 'API keys', 'Nightly export').waitFor({ state: 'detached' });
    expect((await answer()).status).toBe(401);
  });

  it('keeps what was typed while the line is cut, and does it once', async () => {
    const page = watched(await office.open(office.admin, { path: '/admin/teams' }));
    await page.getByRole('button', { name: 'New team' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('School Experience');
    await dialog.getByLabel('Key', { exact: true }).fill('sx');
    office.line.cut();
    await dialog.getByRole('button', { name: 'Make the team' }).click();
    await dialog.getByRole('alert').getByText('The server cannot be reached').waitFor({ timeout: 40_000 });
    expect(await dialog.getByLabel('Key', { exact: true }).inputValue()).toBe('sx');
    office.line.mend();
    await dialog.getByRole('button', { name: 'Make the team' }).click();
    await line(page, 'Teams', 'School Experience').waitFor();
    expect((await names(page, 'Teams')).filter((name) => name.startsWith('School'))).toHaveLength(1);
  });

  it('asks before what was typed goes away', async () => {
    const page = watched(await office.open(office.admin, { path: '/admin/canned-responses' }));
    await page.getByRole('button', { name: 'New response' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Text').fill('Hello {{contact.first_name}}, {{nonsense}}');
    await dialog.getByText('There is no such variable as the one in red.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.getByText('What you typed is not saved.').waitFor();
    await dialog.getByRole('button', { name: 'Keep editing' }).click();
    await dialog.getByLabel('Text').fill('Hello {{contact.first_name}}');
    await dialog.getByText(/nothing stands in for contact.first_name/).waitFor();
    await dialog.getByLabel('Title').fill('Greeting');
    await dialog.getByLabel('Shortcut').fill('hi');
    await dialog.getByRole('button', { name: 'Add the response' }).click();
    await line(page, 'Canned responses', 'Greeting').waitFor();
  });

  it('makes a role, and says which permission does not fit', async () => {
    const page = watched(await office.open(office.admin, { path: '/admin/roles' }));
    await page.getByRole('button', { name: 'New role' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Night shift');
    await dialog.getByLabel('Key', { exact: true }).fill('night_shift');
    await dialog.getByLabel(/^Reply, and mark as read/).selectOption('team');
    await dialog.getByRole('button', { name: 'Make the role' }).click();
    await dialog.getByText('conversations:reply as team needs conversations:read as team or wider.').first().waitFor();
    await dialog.getByLabel(/^See conversations/).selectOption('team');
    await dialog.getByRole('button', { name: 'Make the role' }).click();
    await line(page, 'Roles', 'Night shift').waitFor();
  });

  it('shows what somebody did, and hands it out as a file', async () => {
    const page = watched(await office.open(office.admin, { path: '/admin/users' }));
    await page.getByRole('button', { name: 'What to do with manager' }).click();
    await page.getByRole('menuitem', { name: 'What they did' }).click();
    await page.getByRole('heading', { name: 'Activity' }).waitFor();
    await line(page, 'Activity', 'Auth: login').first().waitFor();
    expect(await page.getByLabel('Who').inputValue()).toBe(office.manager.id);
    await page.getByLabel('What', { exact: true }).fill('cannedResponses.create');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing of that kind').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV', exact: true }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('activities.csv');
  });

  it('changes a name and a password, and ends other sessions', async () => {
    const person = await office.server.tims.addUser('agent', [office.server.tims.teamId]);
    const elsewhere = watched(await office.open(person, { path: '/inbox/mine' }));
    const page = watched(await office.open(person, { path: '/account' }));
    await page.getByLabel('Name', { exact: true }).fill('Siti');
    await page.getByLabel('Time zone').selectOption('Asia/Kuala_Lumpur');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your profile is saved').waitFor();
    await elsewhere.getByRole('link', { name: /^Siti/ }).waitFor();
    await page.getByRole('link', { name: 'Sessions' }).click();
    await page.getByText('This one').waitFor();
    expect(await page.getByRole('region', { name: 'Sessions' }).getByRole('row').count()).toBeGreaterThanOrEqual(3);
    await page.getByRole('link', { name: 'Password and second factor' }).click();
    await page.getByLabel('Current password', { exact: true }).fill('not my password');
    await page.getByLabel('New password', { exact: true }).fill('a horse of my own');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText(/The current password is wrong/).waitFor();
    await page.getByLabel('Current password', { exact: true }).fill(office.server.password);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('Your password is changed').waitFor();
    await elsewhere.getByRole('dialog', { name: 'Sign in again' }).waitFor({ timeout: 20_000 });
  });

  it('mails a link to who forgot the password, once', async () => {
    const person = await office.server.tims.addUser('agent', [office.server.tims.teamId]);
    const email = await office.server.tims.emailOf(person);
    const page = watched(await office.visit());
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByRole('heading', { name: 'Look at your mail' }).waitFor();
    const path = pathIn(await office.mailTo(email));
    await page.goto(office.line.url + path);
    await page.getByLabel('New password', { exact: true }).fill('a horse of my own');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByRole('heading', { name: 'Your new password is set' }).waitFor();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('a horse of my own');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
    await page.goto(office.line.url + path);
    await page.getByLabel('New password', { exact: true }).fill('another horse of mine');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
  });

  it('leads to the second factor where the organization demands one, and on from there', async () => {
    const boss = await office.server.tims.addUser('admin', []);
    const page = watched(await office.open(boss, { path: '/admin/settings' }));
    await page.getByLabel('Second factor').selectOption('administrators');
    await page.getByRole('button', { name: 'Save' }).click();
    const heading = page.getByRole('heading', { name: 'Set up your second factor' });
    await heading.waitFor();
    await page.goto(`${office.line.url}/inbox/mine`);
    await heading.waitFor();
    const secret = await setUp(page, office.server.password);
    await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
    // Whoever has to have one is told what switching it off means.
    await page.goto(`${office.line.url}/account/security`);
    await page.getByRole('button', { name: 'Switch it off' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('you can do nothing here until you have set up another').waitFor();
    await dialog.getByLabel('Password', { exact: true }).fill('not my password');
    await dialog.getByLabel('Code').fill(codeOf(secret, 1));
    await dialog.getByRole('button', { name: 'Switch it off' }).click();
    await dialog.getByText('The password or the code is wrong; check both.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Discard' }).click();
    await page.goto(`${office.line.url}/admin/settings`);
    await page.getByLabel('Second factor').selectOption('nobody');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The settings are saved').waitFor();
  });
});

/** A line of a list. */
const line = (page: Page, list: string, text: string) =>
  page.getByRole('region', { name: list, exact: true }).getByRole('row').filter({ hasText: text });

/** What the lines of a list are called. */
async function names(page: Page, list: string): Promise<string[]> {
  const cells = page.getByRole('region', { name: list, exact: true }).locator('tbody tr td:first-child');
  return (await cells.allTextContents()).map((text) => text.trim());
}

/** The name of the field that has the focus. */
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('name'));

/** The link of a mail, as a path of the inbox: the server of the test is at another address than its mails say. */
function pathIn(mail: string): string {
  const { pathname, search } = new URL(/https?:\/\/\S+/.exec(mail)?.[0] ?? '');
  return pathname + search;
}

/** From the password to the recovery codes; answers with the app's key. */
async function setUp(page: Page, password: string): Promise<string> {
  const field = page.getByRole('textbox', { name: 'Password', exact: true });
  await field.fill('not my password');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByText('The password is wrong.').waitFor();
  await field.fill(password);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
  const secret = (await page.getByText(/^([A-Z2-7]{4} )+[A-Z2-7]+$/).textContent()) ?? '';
  await page.getByLabel('The code that the app shows').fill(codeOf(secret));
  await page.getByRole('button', { name: 'Switch it on' }).click();
  await page.getByRole('list', { name: 'Recovery codes' }).waitFor();
  expect(await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').count()).toBe(10);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  return secret;
}

/** Errors of the page are errors of the test; what a refusal or a cut line makes the browser say is not. */
function watched(page: Page): Page {
  page.on('pageerror', (error) => mistakes.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|WebSocket connection|net::ERR/.test(message.text()))
      mistakes.push(message.text());
  });
  return page;
}
