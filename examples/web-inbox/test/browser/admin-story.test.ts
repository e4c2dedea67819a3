import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { focused, line, names, watching } from './area-page.js';
import { browserPath } from './chromium.js';
import { type Office, openOffice } from './office.js';

let office: Office;
const mistakes: string[] = [];
const watched = watching(mistakes);

describe.skipIf(!browserPath)('the administration in the web inbox', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office?.close());
  afterEach(() => {
    expect(mistakes.splice(0)).toEqual([]);
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

  it('connects a channel and changes it, and tells who else is changing the same', async () => {
    const { simulator, url } = office.server;
    await simulator.registerNumber({
      phoneNumberId: '880',
      displayPhoneNumber: '+60123456788',
      businessAccountId: '102290129340398',
      webhookUrl: `${url}/api/webhook/whatsapp`,
      appSecret: 'of no use here',
    });
    const page = watched(await office.open(office.admin, { path: '/admin/channels' }));
    await page.getByRole('button', { name: 'Connect WhatsApp' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Night line');
    await dialog.getByLabel('Phone number ID').fill('880');
    await dialog.getByLabel('Access token').fill('mistyped');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('WhatsApp says').waitFor();
    await dialog.getByLabel('Access token').fill('simulated-access-token');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page
      .getByRole('dialog', { name: 'Night line is connected' })
      .getByText(/webhook.whatsapp.chn_/)
      .waitFor();
    await page.getByRole('button', { name: 'Done' }).click();

    const other = watched(await office.open(office.admin, { path: '/admin/channels' }));
    for (const one of [page, other]) {
      await line(one, 'Channels', 'Night line')
        .getByRole('button', { name: /^Night line/ })
        .click();
    }
    expect(await dialog.getByLabel('Access token').inputValue()).toBe('');
    await other.getByRole('dialog').getByLabel('Name').fill('Late line');
    await dialog.getByLabel('Name').fill('Evening line');
    await dialog.getByLabel(/^Phone number ?optional/).fill('+60 88');
    await dialog.getByLabel('App secret').fill('of its own');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Evening line is saved').waitFor();
    // What the other one did not touch is there; what both changed is for them to decide.
    await other.getByText('A colleague has changed the same meanwhile').waitFor();
    await expect
      .poll(() =>
        other
          .getByRole('dialog')
          .getByLabel(/^Phone number ?optional/)
          .inputValue(),
      )
      .toBe('+60 88');
    await other.getByRole('button', { name: 'Save' }).click();
    await other.getByText('Say first whose change is to stand').waitFor();
    await other.getByRole('button', { name: 'Keep mine' }).click();
    await other.getByLabel('Remove it: App secret').check();
    await other.getByRole('button', { name: 'Save' }).click();
    await other.getByText('Late line is saved').waitFor();
    await line(page, 'Channels', 'Late line').waitFor();
    const { channels } = office.server.tims.installation;
    const known = (await channels.current()).byRoute('whatsapp', { address: '880' })[0];
    expect(known?.settings).toEqual({
      phoneNumberId: '880',
      accessToken: 'simulated-access-token',
      displayPhoneNumber: '+60 88',
    });
  });

  it('shows an agent nothing of it, and says so at its addresses', async () => {
    const page = watched(await office.open(office.agent, { path: '/inbox/mine' }));
    await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
    expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('canned responses');
    await page.getByRole('option', { name: /^Search everywhere/ }).waitFor();
    expect(await page.getByRole('option').count()).toBe(1);
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
    await dialog.getByRole('checkbox', { name: /^See conversations/ }).check();
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
    await page.getByText('The key Nightly export is revoked').waitFor();
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
});
