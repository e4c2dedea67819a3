import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { browserPath } from './chromium.js';
import { type Office, openOffice } from './office.js';

let office: Office;
const mistakes: string[] = [];
const opened: Page[] = [];

/** Keeps what the page shows beside itself. */
const noticed = `{
  globalThis.noticed = [];
  const Real = globalThis.Notification;
  globalThis.Notification = class extends Real {
    constructor(title, options) { super(title, options); noticed.push(title + ' / ' + (options?.body ?? '')); }
  };
}`;

describe.skipIf(!browserPath)('the lists of the web inbox', { timeout: 90_000 }, () => {
  beforeAll(async () => {
    office = await openOffice();
  }, 60_000);
  afterAll(() => office?.close());
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((page) => page.context().close()));
    expect(mistakes.splice(0)).toEqual([]);
  });

  it('finds a message that is not loaded, and opens its conversation there', async () => {
    await office.write('+60172000001', 'The zebra has stripes, and costs Ångström 5', { name: 'Uma' });
    await office.write('+60172000001', 'Line', { count: 120 });
    await office.write('+60172000002', 'Nothing of that kind', { name: 'Vera' });
    const page = watched(await office.open(office.manager, { path: '/inbox/all' }));
    await row(page, 'Uma').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.getByRole('searchbox', { name: 'Search everywhere' }).fill('angstrom zeb');
    const hit = page.getByRole('list', { name: 'What was found' }).getByRole('link', { name: /zebra/ });
    await hit.waitFor();
    expect(await hit.locator('mark').allTextContents()).toEqual(['zebra', 'Ångström']);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await bubble(page, 'The zebra has stripes').waitFor();
    expect(await isSeen(page, 'The zebra has stripes')).toBe(true);
    // A reload comes to the same place.
    await page.reload();
    await bubble(page, 'The zebra has stripes').waitFor();
    // The box of a list finds it too, though its last line says something else.
    await page.goto(`${office.line.url}/inbox/all`);
    await page.getByRole('searchbox').first().fill('zebra');
    await page.getByText('1 found in this list').waitFor();
    expect(await page.getByRole('option').count()).toBe(1);
    await page.getByRole('searchbox').first().fill('nothing says so much');
    await page.getByText('Nothing found in this list').waitFor();
  });

  it('tells of a mention at once, also beside the page, and not of what is looked at', async () => {
    await office.write('+60172000003', 'May I speak to somebody?', { name: 'Wanda' });
    const id = await conversationOf('Wanda');
    await call(office.manager, `/api/conversations/${id}/assign`, { assigneeId: office.agent.id });
    const page = watched(await office.open(office.agent, { path: '/inbox/queue', before: noticed }));
    await page.context().grantPermissions(['notifications'], { origin: new URL(page.url()).origin });
    await page.reload();
    await page.getByRole('button', { name: /^Notifications, 1 unread/ }).click();
    const panel = page.getByRole('dialog', { name: 'Notifications' });
    await panel.getByRole('button', { name: /manager gave you Wanda/ }).waitFor();
    await panel.getByRole('button', { name: 'Turn on' }).click();
    await panel.getByRole('button', { name: 'Mark all as read' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();

    await mention(id, 'Can you call her back?');
    await page.getByRole('button', { name: 'Notifications, 1 unread' }).waitFor();
    await expect.poll(() => page.title()).toContain('1 new');
    await expect
      .poll(() => page.evaluate('globalThis.noticed'))
      .toEqual(['manager mentioned you about Wanda / Can you call her back?']);

    await page.keyboard.press('g');
    await page.keyboard.press('n');
    await panel.getByRole('button', { name: /manager mentioned you about Wanda.*call her back/ }).click();
    await bubble(page, 'May I speak to somebody?').waitFor();
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
    await mention(id, 'Thank you');
    await expect.poll(async () => (await notificationsOf(office.agent)).filter((one) => one.readAt).length).toBe(3);
    expect(await page.evaluate('globalThis.noticed')).toHaveLength(1);
  });

  it('keeps a filter in the address and as a view, which a colleague shares', async () => {
    for (const [index, name] of ['Xaver', 'Yara', 'Zoe'].entries()) {
      await office.write(`+6017200001${index}`, 'Hello', { name });
    }
    const tag = (await call(office.manager, '/api/tags')).data.find((one: { name: string }) => one.name === 'Payment');
    await call(office.manager, `/api/conversations/${await conversationOf('Yara')}/tags`, { tagId: tag.id });
    const page = watched(await office.open(office.manager, { path: '/inbox/all' }));
    await row(page, 'Xaver').waitFor();
    await page.keyboard.press('f');
    await page.getByPlaceholder('Filter by…').fill('payment');
    await page.getByRole('dialog').getByRole('option', { name: 'Payment', selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('option').count()).toBe(1);
    await page.reload();
    await row(page, 'Yara').waitFor();
    expect(await page.getByRole('option').count()).toBe(1);

    await page.keyboard.press('Shift+V');
    await page.getByLabel('Name', { exact: true }).fill('Who pays');
    await page.getByLabel('Who sees it').selectOption({ index: 1 });
    await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Who pays' }).waitFor();
    const other = watched(await office.open(office.colleague, { path: '/inbox/queue' }));
    await other.getByRole('link', { name: /^Who pays.*1 conversation/ }).click();
    await row(other, 'Yara').waitFor();
    expect(await other.getByRole('button', { name: 'Delete this view' }).count()).toBe(0);

    // It counts on, for everybody.
    await call(office.manager, `/api/conversations/${await conversationOf('Zoe')}/tags`, { tagId: tag.id });
    await other.getByRole('link', { name: /^Who pays.*2 conversations/ }).waitFor();
    await row(other, 'Zoe').waitFor();

    await page.reload();
    await row(page, 'Zoe').waitFor();
    await page.getByRole('button', { name: 'Rename this view' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Payments');
    await page.getByRole('button', { name: 'Rename', exact: true }).click();
    await other.getByRole('link', { name: /^Payments/ }).waitFor();
    await page.getByRole('button', { name: 'Delete this view' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await other.getByText('There is no such view').waitFor();
  });

  it('closes thirty at once, and says which it could not and why', async () => {
    const people = Array.from({ length: 30 }, (_, index) => `Bulk ${String(index).padStart(2, '0')}`);
    for (const [index, name] of people.entries()) {
      await office.write(`+601730000${String(index).padStart(2, '0')}`, 'Bye', { name });
    }
    const taken = people.slice(0, 22);
    for (const name of taken) await call(office.colleague, `/api/conversations/${await conversationOf(name)}/take`, {});
    const page = watched(await office.open(office.colleague, { path: '/inbox/all' }));
    await page.getByRole('searchbox').first().fill('bulk');
    await page.getByText('30 found in this list').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Shift+X');
    await page.getByText('30 selected').waitFor();
    await page.keyboard.press('b');
    await page.getByPlaceholder('Do what with them?').fill('close');
    await page.keyboard.press('Enter');
    await page.getByPlaceholder('Why are they closed?').fill('resolved');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: '22 closed, 8 refused' });
    await dialog.getByText(/Your role may not do that there.*8/).waitFor();
    await dialog.getByText(/Bulk 2\d/).waitFor();
    await dialog.getByRole('button', { name: 'All right' }).click();
    await page.getByText('8 selected').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('8 selected').waitFor({ state: 'detached' });
  });

  it('shows a manager who has how much, and moves when somebody takes one', async () => {
    const page = watched(await office.open(office.manager, { path: '/inbox/all' }));
    await page.getByRole('link', { name: 'Workload' }).click();
    const mine = page.getByRole('row').filter({ has: page.locator(`a[href*="${office.colleague.id}"]`) });
    const open = async () => Number(await mine.getByRole('cell').nth(1).textContent());
    await mine.waitFor();
    const before = await open();
    await office.write('+60172000040', 'Who takes me?', { name: 'Quincy' });
    await call(office.colleague, `/api/conversations/${await conversationOf('Quincy')}/take`, {});
    await expect.poll(open).toBe(before + 1);
    await mine.getByRole('link').click();
    await row(page, 'Quincy').waitFor();
    expect(new URL(page.url()).search).toBe(`?assignee=${office.colleague.id}`);
  });

  it('shows colleagues whether somebody is there', async () => {
    const agent = watched(await office.open(office.agent, { path: '/inbox/mine' }));
    const manager = watched(await office.open(office.manager, { path: '/inbox/mine' }));
    await manager.getByRole('listitem').filter({ hasText: 'agent, online' }).first().waitFor();
    await agent.getByRole('listbox').or(agent.getByText('Nothing is waiting')).first().waitFor();
    await agent.keyboard.press('Shift+O');
    await manager.getByRole('listitem').filter({ hasText: 'agent, away' }).first().waitFor();
    await agent.keyboard.press('Shift+O');
    await manager.getByRole('listitem').filter({ hasText: 'agent, away' }).waitFor({ state: 'detached' });
  });
});

const row = (page: Page, name: string) => page.getByRole('option', { name: new RegExp(name) });
const bubble = (page: Page, text: string) => page.getByRole('log').getByRole('article').filter({ hasText: text });

/** Whether it is on the screen, and not only in the page. */
function isSeen(page: Page, text: string): Promise<boolean> {
  return bubble(page, text).evaluate((article) => {
    const { top, bottom } = article.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight;
  });
}

async function call(who: Office['agent'], path: string, body?: object) {
  const headers = {
    authorization: `Bearer ${await office.server.tokenOf(who)}`,
    ...(body ? { 'content-type': 'application/json' } : {}),
  };
  const answer = await fetch(office.server.url + path, {
    headers,
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function conversationOf(name: string): Promise<string> {
  const { data } = await call(office.server.tims.admin, '/api/conversations?limit=100');
  const found = data.find((one: { contact: { name: string } }) => one.contact.name === name);
  if (!found) throw new Error(`Nobody is called ${name}`);
  return found.id;
}

const mention = (id: string, text: string) =>
  call(office.manager, `/api/conversations/${id}/notes`, { text, mentions: [office.agent.id] });

async function notificationsOf(who: Office['agent']): Promise<{ readAt: string | null }[]> {
  return (await call(who, '/api/notifications')).data;
}

/** Errors of the page are errors of the test; what a cut line makes the browser say is not. */
function watched(page: Page): Page {
  opened.push(page);
  page.on('pageerror', (error) => mistakes.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|WebSocket connection|net::ERR/.test(message.text()))
      mistakes.push(message.text());
  });
  return page;
}
