import { createTims, type Tims } from '@tims/sdk';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserPath } from './chromium.js';
import { looks, mainLooks, photograph } from './looks.js';
import { type Office, openOffice } from './office.js';

let office: Office;
let agent: Tims;
let manager: Tims;
/** The manager's own browser. */
let other: Page;
/** Conversations of the agent, by the customer's first name. */
const ids: Record<string, string> = {};

/** What stands open over a conversation in which a team works. */
const screens: Record<string, (page: Page) => Promise<unknown>> = {
  'notes of a team': async (page) => {
    await open(page, 'Nadia');
    await page.getByRole('region', { name: 'Pinned notes' }).waitFor();
  },
  'writing a note': async (page) => {
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Internal note' }).pressSequentially('Thanks! @');
    await page.getByRole('listbox', { name: 'Colleagues to mention' }).waitFor();
  },
  'pinned notes': async (page) => {
    await page.getByRole('textbox', { name: 'Internal note' }).fill('');
    await page.getByRole('region', { name: 'Pinned notes' }).getByRole('button').click();
  },
  'tags of a conversation': async (page) => {
    await open(page, 'Nadia');
    await page.keyboard.press('l');
    await page.getByPlaceholder('Find a tag…').waitFor();
  },
  'follow-ups': async (page) => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('h');
    await page.getByRole('dialog', { name: 'Follow-ups' }).waitFor();
  },
  'more to do': async (page) => {
    await open(page, 'Nadia');
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('button', { name: /^Watchers/ }).waitFor();
  },
  watchers: async (page) => {
    await page.getByRole('button', { name: /^Watchers/ }).click();
    await page.getByRole('option', { name: /You watch this|Watch this yourself/ }).waitFor();
  },
  'transfer with a note': async (page) => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+A');
    await page.getByLabel('What should they know?').fill('She was promised a call before noon.');
  },
  'canned responses': async (page) => {
    await open(page, 'Omar');
    await page.keyboard.press('c');
    await page.getByRole('listbox', { name: 'Canned responses' }).waitFor();
  },
  'missing values': async (page) => {
    await composer(page).pressSequentially('plan');
    await composer(page).press('Enter');
    await page.getByRole('region', { name: 'Missing values' }).waitFor();
  },
  'a colleague types': async (page) => {
    await composer(page).fill('');
    await composer(other).fill('We op');
    await page.getByText(/is typing/).waitFor();
  },
  collision: async (page) => {
    await page.context().setOffline(true);
    await composer(page).fill('We open at ten.');
    await composer(other).fill('');
    await manager.messages.send({
      conversationId: ids.Omar ?? '',
      text: 'We open at nine, also on Sundays.',
      force: true,
    });
    await composer(page).press('Enter');
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Send anyway' }).waitFor({ timeout: 40_000 });
  },
  'undo send': async (page) => {
    await page.getByRole('button', { name: 'Discard' }).click();
    await composer(page).fill('That was the wrong answer, sorry.');
    await composer(page).press('Enter');
    await page.getByRole('button', { name: 'Undo' }).waitFor();
  },
};

describe.skipIf(!browserPath)('every screen of a team’s conversation', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    office = await openOffice();
    await furnish();
  }, 60_000);
  afterAll(() => office?.close());

  it.each(mainLooks)('in %s has nothing that keeps people out, and is left as a picture', async (look) => {
    const page = await office.open(office.agent, { ...looks[look], path: '/inbox/mine' });
    const found: string[] = [];
    for (const [name, show] of Object.entries(screens)) {
      await show(page);
      found.push(...(await photograph(page, name, look)));
    }
    // The next look begins with the same conversation.
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });
    await composer(page).fill('');
    await expect.poll(draftOfOmar, { timeout: 10_000 }).toBe('');
    await page.context().close();
    expect(found).toEqual([]);
  });
});

const draftOfOmar = async () => (await agent.drafts.get({ id: ids.Omar ?? '' })).text;
const composer = (page: Page) => page.getByRole('form', { name: 'Answer' }).getByRole('textbox').first();

async function open(page: Page, name: string): Promise<void> {
  await page.goto(`${office.line.url}/inbox/mine/${ids[name]}`);
  await page.getByRole('log').getByRole('article').first().waitFor();
  await page.getByRole('button', { name: 'Answer', exact: true }).waitFor();
  await page.waitForTimeout(400);
}

/** A conversation that a team has worked on, and one that is begun. */
async function furnish(): Promise<void> {
  const { server } = office;
  const clientOf = async (who: Office['agent']) =>
    createTims({ url: server.url, accessToken: await server.tokenOf(who) });
  const admin = await clientOf(server.tims.admin);
  agent = await clientOf(office.agent);
  manager = await clientOf(office.manager);
  for (const [index, name] of ['Nadia Rahman', 'Omar'].entries()) {
    await office.write(`+6017300000${index}`, 'Hello, I have paid twice. Can you look?', { name });
    const { data } = await agent.conversations.list({ status: 'queued' });
    const id = data[0]?.id ?? '';
    await agent.conversations.take({ id });
    ids[name.split(' ')[0] ?? name] = id;
  }
  const id = ids.Nadia ?? '';
  const make = (name: string, color: 'red' | 'green' | 'purple') => admin.tags.create({ name, color });
  const tags = await Promise.all([
    make('Urgent', 'red'),
    make('Trial lesson', 'green'),
    make('Refund of a term', 'purple'),
  ]);
  for (const tag of tags) await agent.conversations.tag({ id, tagId: tag.id });
  await manager.notes.create({
    id,
    text: 'Pays by bank transfer, always on the 1st. Never send her card links.',
    pinned: true,
  });
  await agent.messages.send({ conversationId: id, text: 'Good morning! I am looking at it.' });
  await server.simulator.idle();
  await manager.notes.create({
    id,
    text: 'Second payment arrived on Monday. @agent can you refund it?',
    mentions: [office.agent.id],
  });
  await agent.notes.create({ id, text: 'Done, refund takes three days.\nReference R-2231.' });
  await manager.notes.create({
    id,
    text: 'Calm and clear, well done.',
    kind: 'feedback',
    aboutUserId: office.agent.id,
  });
  const { messages } = await agent.conversations.get({ id });
  await agent.messages.tag({ id: messages[0]?.id ?? '', tagId: tags[0]?.id ?? '' });
  await office.write('+60173000000', 'Thank you so much!');
  await agent.followUps.create({
    id,
    dueAt: new Date(Date.now() + 1_500).toISOString(),
    text: 'Has the refund arrived?',
  });
  await agent.followUps.create({ id, dueAt: new Date(Date.now() + 3 * 86_400_000).toISOString() });
  await admin.participants.add({ id, userId: office.manager.id });
  await admin.cannedResponses.create({
    shortcut: 'hello',
    title: 'Greeting',
    text: 'Hello {{contact.first_name|there}}, this is {{user.first_name}} of {{organization.name}}.',
  });
  await admin.cannedResponses.create({
    shortcut: 'plan',
    title: 'The plan',
    text: 'Your plan is {{contact.attributes.plan}} until {{contact.attributes.until}}.',
  });
  await admin.settings.update({ undoSendSeconds: 60 });
  other = await office.open(office.manager, { path: `/inbox/all/${ids.Omar}` });
  await other.getByRole('log').getByRole('article').first().waitFor();
  await other.keyboard.press('r');
  await composer(other).waitFor();
}
