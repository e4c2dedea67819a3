import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserPath } from './chromium.js';
import { looks, mainLooks, photograph } from './looks.js';
import { type Office, openOffice } from './office.js';

/** Each screen around a conversation, and how a manager comes to it. */
const screens: Record<string, (page: Page) => Promise<unknown>> = {
  'search nothing asked': (page) => go(page, '/search', page.getByText('Search everything you may see')),
  'search found': (page) => go(page, '/search?q=refund', found(page)),
  'search found and open': async (page) => {
    await go(page, '/search?q=refund&order=relevance', found(page));
    await found(page).click();
    await page.getByRole('log').waitFor();
    await page.waitForTimeout(400);
  },
  'search nothing found': (page) => go(page, '/search?q=qwertz', page.getByText('Nothing says that')),
  notifications: async (page) => {
    await go(page, '/inbox/all', row(page));
    await page.keyboard.press('g');
    await page.keyboard.press('n');
    await page
      .getByRole('dialog')
      .getByText(/mentioned you/)
      .first()
      .waitFor();
  },
  filtered: (page) => go(page, '/inbox/all?lifecycle=any&status=queued&from=2026-01-01&order=waiting', chips(page)),
  'filter menu': async (page) => {
    await go(page, '/inbox/all', row(page));
    await page.keyboard.press('f');
    await page.getByPlaceholder('Filter by…').waitFor();
  },
  'save a view': async (page) => {
    await go(page, '/inbox/all?status=queued', row(page));
    await page.getByRole('button', { name: 'Save as a view' }).click();
    await page.getByRole('dialog').waitFor();
  },
  view: async (page) => {
    await go(page, `/views/${viewId}`, row(page));
    await page.getByRole('button', { name: 'Rename this view' }).waitFor();
  },
  'view changed': (page) => go(page, `/views/${viewId}?unread=1`, page.getByRole('button', { name: 'Undo changes' })),
  selected: async (page) => {
    await select(page);
  },
  'selected menu': async (page) => {
    await select(page);
    await page.keyboard.press('b');
    await page.getByPlaceholder('Do what with them?').waitFor();
  },
  'selected refused': async (page) => {
    await select(page);
    await page.keyboard.press('b');
    await page.getByPlaceholder('Do what with them?').fill('reopen');
    await page.keyboard.press('Enter');
    await page
      .getByRole('dialog')
      .getByText(/refused/)
      .first()
      .waitFor();
  },
  due: (page) => go(page, '/inbox/due', row(page)),
  workload: async (page) => {
    await go(page, '/workload/cx', page.getByRole('table'));
  },
};

let office: Office;
let viewId: string;

describe.skipIf(!browserPath)('every screen of the lists', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    office = await openOffice();
    await furnish();
  }, 60_000);
  afterAll(() => office?.close());

  it.each(mainLooks)('in %s has nothing that keeps people out, and is left as a picture', async (look) => {
    const faults: string[] = [];
    const page = await office.open(office.manager, { ...looks[look], path: '/inbox/all' });
    for (const [name, show] of Object.entries(screens)) {
      await show(page);
      faults.push(...(await photograph(page, name, look)));
    }
    if (await page.getByRole('button', { name: 'Menu' }).isVisible()) {
      await go(page, '/inbox/all', row(page));
      await page.getByRole('button', { name: 'Menu' }).click();
      await page.getByRole('navigation').waitFor();
      faults.push(...(await photograph(page, 'sidebar', look)));
    }
    await page.context().close();
    expect(faults).toEqual([]);
  });
});

const row = (page: Page) => page.getByRole('option').first();
const found = (page: Page) => page.getByRole('list', { name: 'What was found' }).getByRole('link').first();
const chips = (page: Page) => page.getByRole('button', { name: 'Remove the filter Status: Queued' });

async function go(page: Page, path: string, there: { waitFor(): Promise<void> }): Promise<void> {
  await page.goto(office.line.url + path);
  await there.waitFor();
}

async function select(page: Page): Promise<void> {
  await go(page, '/inbox/all', row(page));
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+J');
  await page.getByText('3 selected').waitFor();
}

/** Somebody and something in each state that a screen shows. */
async function furnish(): Promise<void> {
  const { agent, colleague, manager } = office;
  const texts = ['Where is my refund?', 'I was promised a refund of RM 120 on Monday', 'مرحبا، أين طلبي؟', 'Hello'];
  const people = ['Uma', 'Valentina González-Álvarez de la Cruz', 'وليد', 'Xenia', 'Yusuf', 'Zoe'];
  for (const [index, name] of people.entries()) {
    await office.write(`+6017400000${index}`, texts[index % texts.length] ?? '', { name });
  }
  const { data } = await call('/api/conversations?limit=100');
  const ids: string[] = data.map(({ id }: { id: string }) => id);
  const [first, second, third] = ids;
  await call(`/api/conversations/${first}/assign`, { assigneeId: manager.id });
  await call(`/api/conversations/${second}/assign`, { assigneeId: colleague.id });
  await call(`/api/conversations/${third}/assign`, { assigneeId: agent.id });
  const note = { text: 'She asked for the refund twice, can you look?', mentions: [manager.id] };
  await call(`/api/conversations/${first}/notes`, note);
  await call(`/api/conversations/${first}/follow-ups`, { dueAt: new Date(Date.now() + 1_500).toISOString() });
  const view = await call('/api/views', {
    name: 'In the queue',
    filter: { status: 'queued' },
    shared: 'team',
    teamId: office.server.tims.teamId,
  });
  viewId = view.id;
}

async function call(path: string, body?: object) {
  const headers = {
    authorization: `Bearer ${await office.server.tokenOf(office.server.tims.admin)}`,
    ...(body ? { 'content-type': 'application/json' } : {}),
  };
  const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
  const answer = await fetch(office.server.url + path, init);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
