import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { browserPath } from './chromium.js';
import { type Office, openOffice } from './office.js';

let office: Office;
const mistakes: string[] = [];

describe.skipIf(!browserPath)('the web inbox', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office?.close());
  afterEach(() => {
    expect(mistakes.splice(0)).toEqual([]);
  });

  it('takes a newcomer from the login to a closed conversation, with a manager looking on', async () => {
    const agent = watched(await office.open(office.agent, { path: '/inbox/queue' }));
    const manager = watched(await office.open(office.manager, { path: '/inbox/all' }));

    await office.write('+60171000001', 'Where is my parcel?', { name: 'Nadia' });
    await row(agent, 'Nadia').waitFor();
    await row(manager, 'Nadia').waitFor();

    // Taking is one click from the conversation.
    await row(agent, 'Nadia').click();
    const clicks = countClicks(agent);
    await agent.getByRole('button', { name: 'Take', exact: true }).first().click();
    await composer(agent).waitFor();
    expect(await clicks()).toBe(1);

    await composer(agent).fill('It arrives today.');
    await composer(agent).press('Enter');
    await bubble(agent, 'It arrives today.').getByText('Read', { exact: true }).waitFor({ state: 'attached' });
    expect(await bubble(agent, 'It arrives today.').count()).toBe(1);

    await row(manager, 'Nadia').click();
    await bubble(manager, 'It arrives today.').waitFor();

    // Assigning is two.
    const more = countClicks(agent);
    await agent.getByRole('button', { name: /^Assigned to you/i }).click();
    await choices(agent)
      .getByRole('option', { name: /^agent/ })
      .first()
      .click();
    await agent.getByText('The conversation with Nadia has moved on').waitFor();
    expect(await more()).toBe(2);

    await manager.getByRole('button', { name: /^Assigned to/ }).click();
    await choices(manager).getByRole('option', { name: 'Assign to me' }).click();
    await manager.getByRole('button', { name: 'Close', exact: true }).click();
    await choices(manager).getByRole('option').first().click();
    await manager.getByRole('button', { name: 'Reopen', exact: true }).first().waitFor();
    await manager.getByRole('link', { name: /^Closed/ }).click();
    await row(manager, 'Nadia').waitFor();
  });

  it('is used by the keyboard alone', async () => {
    const page = watched(await office.open(office.manager, { path: '/inbox/queue' }));
    await office.write('+60171000002', 'Do you open on Sunday?', { name: 'Omar' });
    await row(page, 'Omar').waitFor();
    await page.getByRole('listbox').first().focus();
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await bubble(page, 'Do you open on Sunday?').waitFor();
    await page.keyboard.press('t');
    await composer(page).waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type('From ten.');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('Until four.');
    await page.keyboard.press('Enter');
    await bubble(page, 'Until four.').getByText('Read', { exact: true }).waitFor({ state: 'attached' });
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await page.getByPlaceholder('Why is it closed?').fill('resolved');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Reopen', exact: true }).first().waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill('closed');
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).pathname).toContain('/inbox/closed');
  });

  it('keeps what is written while the line is cut, and sends it once when it is back', async () => {
    const page = watched(await office.open(office.agent, { path: '/inbox/queue' }));
    await office.write('+60171000003', 'Hello?', { name: 'Priya' });
    await row(page, 'Priya').click();
    await page.getByRole('button', { name: 'Take', exact: true }).first().click();
    await composer(page).waitFor();
    office.line.cut();
    await page
      .getByText(/^Offline/)
      .first()
      .waitFor();
    await composer(page).fill('Still here, are you?');
    await composer(page).press('Enter');
    await composer(page).fill('half a sen');
    await bubble(page, 'Still here, are you?')
      .getByText(/waiting|will be sent/i)
      .first()
      .waitFor();
    office.line.mend();
    await bubble(page, 'Still here, are you?')
      .getByText('Read', { exact: true })
      .waitFor({ state: 'attached', timeout: 40_000 });
    expect(await bubble(page, 'Still here, are you?').count()).toBe(1);
    expect((await sends()).filter((text) => text.includes('Still here, are you?'))).toHaveLength(1);
    await page.reload();
    await composer(page).waitFor();
    expect(await composer(page).inputValue()).toBe('half a sen');
  });

  it('says why a window is shut, and what can be done', async () => {
    const page = watched(await office.open(office.agent, { path: '/inbox/queue' }));
    const { simulator, tims } = office.server;
    const yesterday = Math.floor(Date.now() / 1000) - 25 * 3600;
    await simulator.write({
      phoneNumberId: tims.phoneNumberId,
      from: { phone: '+60171000004', name: 'Quentin' },
      text: 'Anybody there?',
      timestamp: yesterday,
    });
    await row(page, 'Quentin').click();
    await page.getByRole('button', { name: 'Take', exact: true }).first().click();
    await page.getByRole('region', { name: 'Why you cannot write here now' }).waitFor();
    expect(await composer(page).count()).toBe(0);
  });

  it('shows a failed send with its reason, and sends it again', async () => {
    const page = watched(await office.open(office.agent, { path: '/inbox/queue' }));
    await office.write('+60171000005', 'Ready?', { name: 'Rosa' });
    await row(page, 'Rosa').click();
    await page.getByRole('button', { name: 'Take', exact: true }).first().click();
    await composer(page).waitFor();
    await office.server.simulator.fault({ kind: 'fails_later', code: 131000 });
    await composer(page).fill('Ready.');
    await composer(page).press('Enter');
    const failed = bubble(page, 'Ready.').filter({ has: page.getByRole('button', { name: 'Retry' }) });
    await failed.waitFor({ timeout: 30_000 });
    await office.server.simulator.clearFaults();
    await failed.getByRole('button', { name: 'Retry' }).click();
    await bubble(page, 'Ready.').getByText('Read', { exact: true }).first().waitFor({ state: 'attached' });
  });

  it('stays where the reader is while 500 messages arrive', async () => {
    const page = watched(await office.open(office.agent, { path: '/inbox/queue' }));
    await office.write('+60171000006', 'Line', { name: 'Sam', count: 120 });
    await row(page, 'Sam').click();
    await page.getByRole('button', { name: 'Take', exact: true }).first().click();
    await composer(page).waitFor();
    const log = page.getByRole('log');
    await log.evaluate((element) => element.scrollTo({ top: element.scrollHeight - 2_000 }));
    await page.waitForTimeout(300);
    const before = await topmost(page);
    await office.write('+60171000006', 'More', { count: 500 });
    await page.getByRole('button', { name: /new/ }).first().waitFor();
    await page.waitForTimeout(500);
    const after = await topmost(page);
    expect(after.id).toBe(before.id);
    expect(Math.abs(after.top - before.top)).toBeLessThanOrEqual(2);
  });

  it('goes on after the session was revoked, with what was typed', async () => {
    const page = watched(await office.open(office.agent, { path: '/inbox/mine' }));
    await page.getByRole('option').first().click();
    await composer(page).fill('I am typing');
    await office.endSessions(office.agent);
    await page.getByRole('dialog').waitFor({ timeout: 30_000 });
    await page.getByRole('dialog').getByLabel('Password', { exact: true }).fill(office.server.password);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /sign in/i })
      .click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await composer(page).inputValue()).toBe('I am typing');
  });

  it('works with a clock that is an hour off', async () => {
    const skew = `{ const now = Date.now.bind(Date); const Real = Date; const off = 3_600_000;
      globalThis.Date = class extends Real { constructor(...args) { if (args.length) super(...args); else super(now() + off); } static now() { return now() + off; } }; }`;
    await office.write('+60171000007', 'What time is it?', { name: 'Tariq' });
    const page = watched(await office.open(office.manager, { path: '/inbox/queue', before: skew }));
    await row(page, 'Tariq').waitFor();
    expect(await row(page, 'Tariq').textContent()).not.toMatch(/\b(59|6\d) ?m|1 ?h/);
  });

  it('signs both tabs out together', async () => {
    const page = watched(await office.open(office.agent));
    const other = watched(await page.context().newPage());
    await other.goto(`${office.line.url}/inbox/mine`);
    await other.getByRole('navigation').first().waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await other.getByLabel('E-mail').waitFor();
  });

  it('refuses a wrong password in words, and has a page for a server that is away', async () => {
    const page = watched(await office.visit());
    await page.getByLabel('E-mail').fill('agent@example.com');
    await page.getByLabel('Password', { exact: true }).fill('wrong horse battery');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').getByText(/wrong/i).first().waitFor();
  });
});

const row = (page: Page, name: string) => page.getByRole('option', { name: new RegExp(name) });
/** What a menu of the header offers. */
const choices = (page: Page) => page.getByRole('dialog').getByRole('listbox');
const composer = (page: Page) => page.getByRole('form', { name: 'Answer' }).getByRole('textbox');
const bubble = (page: Page, text: string) => page.getByRole('log').getByRole('article').filter({ hasText: text });

/** Errors of the page are errors of the test; what a cut line makes the browser say is not. */
function watched(page: Page): Page {
  page.on('pageerror', (error) => mistakes.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|WebSocket connection|net::ERR/.test(message.text()))
      mistakes.push(message.text());
  });
  return page;
}

/** How many clicks the page gets from here on. */
function countClicks(page: Page): () => Promise<number> {
  const started = page.evaluate(() => {
    const counter = { clicks: 0 };
    document.addEventListener('click', (event) => event.isTrusted && counter.clicks++, true);
    Object.assign(window, { counter });
  });
  return async () => {
    await started;
    return page.evaluate(() => (window as unknown as { counter: { clicks: number } }).counter.clicks);
  };
}

function topmost(page: Page): Promise<{ id: string; top: number }> {
  return page.getByRole('log').evaluate((log) => {
    const edge = log.getBoundingClientRect().top;
    const rows = [...log.querySelectorAll('[data-message]')];
    const first = rows.find((row) => row.getBoundingClientRect().bottom > edge + 60);
    return { id: first?.getAttribute('data-message') ?? '', top: first?.getBoundingClientRect().top ?? 0 };
  });
}

async function sends(): Promise<string[]> {
  return (await office.server.simulator.sends()).sends.map((send) => JSON.stringify(send));
}
