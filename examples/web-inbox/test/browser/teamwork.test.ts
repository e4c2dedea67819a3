import { createTims, type Tims } from '@tims/sdk';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { browserPath } from './chromium.js';
import { type Office, openOffice } from './office.js';

let office: Office;
let admin: Tims;
const mistakes: string[] = [];

describe.skipIf(!browserPath)('two people in one conversation', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    office = await openOffice();
    admin = await clientOf(office.server.tims.admin);
  });
  afterAll(() => office?.close());
  afterEach(() => {
    expect(mistakes.splice(0)).toEqual([]);
  });

  it('a note with a mention is there for the other at once, and never goes to the customer', async () => {
    const { agent, manager } = await openBoth('+60172000001', 'Nadia');
    await manager.keyboard.press('n');
    const field = manager.getByRole('textbox', { name: 'Internal note' });
    await field.pressSequentially('Please ask @ag');
    await manager.getByRole('listbox', { name: 'Colleagues to mention' }).getByRole('option').first().click();
    await field.pressSequentially('for the invoice');
    await manager.getByRole('button', { name: 'Add note' }).click();
    const said = note(agent, 'for the invoice');
    await said.waitFor();
    expect(await said.getByText('Internal note').count()).toBe(1);
    await expect
      .poll(async () => (await (await clientOf(office.agent)).notifications.list()).data[0]?.kind)
      .toBe('mention');

    await note(manager, 'for the invoice').hover();
    await note(manager, 'for the invoice').getByRole('button', { name: 'Pin the note' }).click();
    await agent.getByRole('region', { name: 'Pinned notes' }).getByText('for the invoice').waitFor();
    expect((await sends()).filter((text) => text.includes('invoice'))).toEqual([]);
  });

  it('feedback is for whom it is about, and looks like it', async () => {
    const { agent, manager } = await openBoth('+60172000002', 'Omar');
    await manager.keyboard.press('n');
    await manager.getByRole('button', { name: 'Make it feedback' }).click();
    await manager
      .getByRole('dialog')
      .getByRole('option', { name: /Answers here/ })
      .click();
    await manager.getByRole('textbox', { name: 'Feedback' }).fill('Calm and clear');
    await manager.getByRole('textbox', { name: 'Feedback' }).press('Enter');
    await note(agent, 'Calm and clear').getByText('for you').waitFor();
    expect(await note(agent, 'Calm and clear').getByRole('button').count()).toBe(0);
  });

  it('a tag that one sets is there for the other, in the header and in the list', async () => {
    const { agent, manager } = await openBoth('+60172000003', 'Priya');
    await manager.keyboard.press('l');
    await manager.getByPlaceholder('Find or make a tag…').fill('Trial lesson');
    await manager.getByRole('option', { name: /Make the tag/ }).click();
    await agent.getByRole('button', { name: 'Remove the tag Trial lesson' }).waitFor();
    await row(agent, 'Priya').getByText('Trial lesson').waitFor();
    await agent.getByRole('button', { name: 'Remove the tag Trial lesson' }).click();
    await manager.getByRole('button', { name: 'Remove the tag Trial lesson' }).waitFor({ state: 'detached' });
  });

  it('a canned response asks for what it lacks before it is sent', async () => {
    await admin.cannedResponses.create({
      shortcut: 'plan',
      title: 'The plan',
      text: 'Hello {{contact.first_name}}, your plan is {{contact.attributes.plan}}.',
    });
    const { agent } = await openBoth('+60172000004', 'Quentin Tarr');
    await agent.keyboard.press('c');
    await composer(agent).pressSequentially('pl');
    await composer(agent).press('Enter');
    await expect.poll(() => composer(agent).inputValue(), slowly).toContain('Hello Quentin');
    expect(await agent.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
    await agent.getByRole('textbox', { name: 'plan', exact: true }).fill('Gold');
    await agent.getByRole('textbox', { name: 'plan', exact: true }).press('Enter');
    await composer(agent).press('Enter');
    await bubble(agent, 'Hello Quentin, your plan is Gold.').waitFor();
  });

  it('who answers too late is shown what was said, and decides', async () => {
    const { agent, manager } = await openBoth('+60172000005', 'Rosa');
    await agent.getByText(/is here too/).waitFor();
    await manager.keyboard.press('r');
    await composer(manager).pressSequentially('We open at nine.');
    await agent.getByText(/is typing/).waitFor();
    // The agent's machine hears nothing of what the manager says.
    await agent.context().setOffline(true);
    await composer(agent).fill('We open at ten.');
    await composer(manager).press('Enter');
    await bubble(manager, 'We open at nine.').getByText('Read', { exact: true }).waitFor({ state: 'attached' });
    await composer(agent).press('Enter');
    await agent.context().setOffline(false);
    const refused = bubble(agent, 'We open at ten.');
    await refused.getByRole('button', { name: 'Send anyway' }).waitFor({ timeout: 30_000 });
    await refused.getByText('We open at nine.').waitFor();
    expect((await sends()).filter((text) => text.includes('ten'))).toEqual([]);
    await refused.getByRole('button', { name: 'Edit' }).click();
    expect(await composer(agent).inputValue()).toBe('We open at ten.');
    await composer(agent).fill('At ten on Sundays.');
    await composer(agent).press('Enter');
    await bubble(manager, 'At ten on Sundays.').waitFor();
  });

  it('a message that waits can be taken back, and written anew', async () => {
    await admin.settings.update({ undoSendSeconds: 20 });
    try {
      const { agent } = await openBoth('+60172000006', 'Sam');
      await composer(agent).fill('Wrong person');
      await composer(agent).press('Enter');
      await bubble(agent, 'Wrong person')
        .getByText(/^Sending in \d+ s/)
        .waitFor();
      await agent.getByRole('button', { name: 'Undo' }).click();
      await bubble(agent, 'Wrong person').waitFor({ state: 'detached' });
      expect(await composer(agent).inputValue()).toBe('Wrong person');
      await office.server.simulator.idle();
      expect((await sends()).filter((text) => text.includes('Wrong person'))).toEqual([]);
    } finally {
      await admin.settings.update({ undoSendSeconds: 0 });
    }
  });

  it('a conversation comes back when its follow-up is due', async () => {
    const { agent, id } = await openBoth('+60172000007', 'Tariq');
    await agent.keyboard.press('h');
    const menu = agent.getByRole('dialog', { name: 'Follow-ups' });
    await menu.getByLabel('What it is about').fill('Has she paid?');
    await menu.getByRole('checkbox').check();
    await menu.getByRole('button', { name: /^Tomorrow/ }).click();
    await agent.getByRole('button', { name: /Comes back tomorrow 09:00/ }).waitFor();
    await agent.getByText('Pending', { exact: true }).first().waitFor();

    // Its time comes.
    const tims = await clientOf(office.agent);
    const [one] = (await tims.followUps.list({ conversationId: id })).data;
    await tims.followUps.update({ id: one?.id ?? '', dueAt: new Date(Date.now() + 1_000).toISOString() });
    await agent.getByRole('button', { name: /Follow-up due/ }).waitFor({ timeout: 30_000 });
    await agent.getByText('Assigned', { exact: true }).first().waitFor({ timeout: 30_000 });
    await agent.getByRole('button', { name: 'Done' }).first().click();
    await agent.getByRole('button', { name: 'Remind me' }).waitFor();
  });

  it('what is typed on one machine is there on another, and goes when it is sent there', async () => {
    const { agent, id } = await openBoth('+60172000009', 'Valentina');
    await composer(agent).fill('I have looked it up, and');
    const second = watched(await office.open(office.agent, { path: `/inbox/mine/${id}`, width: 800 }));
    await expect.poll(() => composer(second).inputValue(), slowly).toBe('I have looked it up, and');
    await composer(second).fill('I have looked it up, and it is fine.');
    await expect.poll(() => composer(agent).inputValue(), slowly).toBe('I have looked it up, and it is fine.');
    await composer(second).press('Enter');
    await bubble(agent, 'and it is fine.').waitFor();
    await expect.poll(() => composer(agent).inputValue(), slowly).toBe('');
    await agent.reload();
    await bubble(agent, 'and it is fine.').waitFor();
    expect(await composer(agent).inputValue()).toBe('');
  });

  it('a transfer takes its note along', async () => {
    const { agent, manager } = await openBoth('+60172000008', 'Uma');
    await manager.keyboard.press('Shift+A');
    await manager.getByLabel('What should they know?').fill('She has paid twice');
    await manager
      .getByRole('option', { name: /^agent/ })
      .last()
      .click();
    await agent.getByText('The conversation with Uma has moved on').waitFor();
    await note(manager, 'She has paid twice').waitFor();
  });
});

/** A poll over a busy machine. */
const slowly = { timeout: 10_000 };
const row = (page: Page, name: string) => page.getByRole('option', { name: new RegExp(name) });
const composer = (page: Page) => page.getByRole('form', { name: 'Answer' }).getByRole('textbox').first();
const bubble = (page: Page, text: string) => page.getByRole('log').getByRole('article').filter({ hasText: text });
const note = (page: Page, text: string) => bubble(page, text).filter({ hasText: /Internal note|Feedback/ });

/** A conversation that the agent has, open before the agent and before the manager. */
async function openBoth(phone: string, name: string): Promise<{ agent: Page; manager: Page; id: string }> {
  await office.write(phone, 'Good morning', { name });
  const tims = await clientOf(office.agent);
  const { data } = await tims.conversations.list({ status: 'queued' });
  const id = data.find(({ contact }) => contact.name === name)?.id ?? '';
  await tims.conversations.take({ id });
  const [agent, manager] = await Promise.all([
    office.open(office.agent, { path: `/inbox/mine/${id}` }),
    office.open(office.manager, { path: `/inbox/all/${id}` }),
  ]);
  await Promise.all([agent, manager].map((page) => bubble(watched(page), 'Good morning').waitFor()));
  return { agent, manager, id };
}

async function clientOf(person: Office['agent']): Promise<Tims> {
  return createTims({ url: office.server.url, accessToken: await office.server.tokenOf(person) });
}

/** Errors of the page are errors of the test; what a cut line makes the browser say is not. */
function watched(page: Page): Page {
  page.on('pageerror', (error) => mistakes.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|WebSocket connection|net::ERR/.test(message.text()))
      mistakes.push(message.text());
  });
  return page;
}

async function sends(): Promise<string[]> {
  return (await office.server.simulator.sends()).sends.map((send) => JSON.stringify(send));
}
