import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { focused, line, pathIn, setUp, watching } from './area-page.js';
import { codeOf } from './authenticator.js';
import { browserPath } from './chromium.js';
import { type Office, openOffice } from './office.js';

let office: Office;
const mistakes: string[] = [];
const watched = watching(mistakes);

describe.skipIf(!browserPath)('accounts in the web inbox', { timeout: 60_000 }, () => {
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

  it('makes new recovery codes, which stay on the screen until they are kept', async () => {
    const person = await office.server.tims.addUser('agent', [office.server.tims.teamId]);
    const page = watched(await office.open(person, { path: '/account/security' }));
    await page.getByRole('button', { name: 'Set it up' }).click();
    const secret = await setUp(page, office.server.password);
    await page.getByRole('button', { name: 'New recovery codes' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Password', { exact: true }).fill(office.server.password);
    await dialog.getByLabel('Code').fill('000000');
    await dialog.getByRole('button', { name: 'Make them' }).click();
    await dialog.getByText('The password or the code is wrong; check both.').waitFor();
    await dialog.getByLabel('Code').fill(codeOf(secret, 1));
    await dialog.getByRole('button', { name: 'Make them' }).click();
    const codes = page.getByRole('dialog', { name: 'Your new recovery codes' });
    await codes.waitFor();
    expect(await codes.getByRole('listitem').count()).toBe(10);
    await page.keyboard.press('Escape');
    expect(await codes.count()).toBe(1);
    await codes.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('10 recovery codes are left').waitFor();
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
    await page.getByRole('link', { name: 'Security' }).click();
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
