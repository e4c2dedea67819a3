import { createTims, type Tims } from '@tims/sdk';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserPath } from './chromium.js';
import { looks, mainLooks, photograph } from './looks.js';
import { type Office, openOffice } from './office.js';

let office: Office;
let agent: Tims;
let admin: Tims;

describe.skipIf(!browserPath)('what is noted of a contact, and its end', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    office = await openOffice();
    const clientOf = async (person: Office['agent']) =>
      createTims({ url: office.server.url, accessToken: await office.server.tokenOf(person) });
    [agent, admin] = await Promise.all([clientOf(office.agent), clientOf(office.admin)]);
  });
  afterAll(() => office?.close());

  it('a note is there for the other at once, pinned and changed; the person is erased in front of both', async () => {
    const { id } = await taken('+60173500001', 'Nadia Rahman');
    const [mine, theirs] = await Promise.all([
      office.open(office.agent, { path: `/inbox/mine/${id}` }),
      office.open(office.admin, { path: `/inbox/all/${id}` }),
    ]);
    await notes(mine).getByText('Nothing is noted about them yet.').waitFor();
    await notes(theirs).getByText('Nothing is noted about them yet.').waitFor();
    await mine.keyboard.press('Shift+N');
    await notes(mine).getByRole('textbox', { name: 'Internal note' }).fill('Prefers to be called in the morning');
    await mine.keyboard.press('Enter');
    const told = notes(theirs).getByRole('listitem').filter({ hasText: 'in the morning' });
    await told.waitFor();
    expect(await told.getByRole('button', { name: 'Edit the note' }).count()).toBe(0);
    await told.getByRole('button', { name: 'Pin the note' }).click();
    await notes(mine).getByText('pinned').waitFor();
    await notes(mine).getByRole('button', { name: 'Edit the note' }).click();
    await notes(mine).getByRole('textbox', { name: 'What the note says' }).fill('Never call her');
    await mine.keyboard.press('Enter');
    await notes(theirs).getByText('Never call her').waitFor();

    expect(await profile(mine).getByRole('button', { name: /Erase/ }).count()).toBe(0);
    await profile(theirs).getByRole('button', { name: 'Erase this person…' }).click();
    const dialog = theirs.getByRole('alertdialog');
    await dialog.getByRole('textbox').fill('Nadia');
    expect(await dialog.getByRole('button', { name: 'Erase for good' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('+60 17 350 0001');
    await dialog.getByRole('button', { name: 'Erase for good' }).click();
    await dialog.getByRole('heading', { name: /erased/ }).waitFor();
    for (const page of [mine, theirs]) {
      await profile(page).getByText('This person was erased').waitFor();
      expect(await page.getByText('Nadia Rahman').count()).toBe(0);
      await expect.poll(() => page.getByText('Never call her').count(), slowly).toBe(0);
    }
    await dialog.getByRole('heading', { name: 'They are erased' }).waitFor({ timeout: 30_000 });
    await dialog.getByText('Messages, emptied').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    expect((await admin.contacts.list({ name: 'Nadia' })).data).toEqual([]);
  });

  it.each(mainLooks)('in %s has nothing that keeps people out', async (look) => {
    const name = `Valentina Ortega-Lim ${look}`;
    const { id, contactId } = await taken(`+6017360000${mainLooks.indexOf(look)}`, name);
    await agent.notes.createOfContact({ id: contactId, text: 'Prefers to be called in the morning.', pinned: true });
    const colleague = office.server.tims.admin.id;
    await agent.notes.createOfContact({ id: contactId, text: 'wordwithoutanyend'.repeat(9), mentions: [colleague] });
    await admin.notes.createOfContact({ id: contactId, text: 'Pays by invoice.\nAsk Mei for the address.' });
    const page = await office.open(office.admin, { ...looks[look], path: `/inbox/all/${id}` });
    await page.getByRole('log').getByRole('article').first().waitFor();
    if (!(await profile(page).isVisible())) await page.getByRole('button', { name: 'Profile', exact: true }).click();
    await notes(page).getByText('Pays by invoice.').waitFor();
    await notes(page).scrollIntoViewIfNeeded();
    const found = await photograph(page, 'contact notes', look);
    await notes(page).getByRole('button', { name: 'Add a note' }).click();
    await notes(page).getByRole('textbox', { name: 'Internal note' }).fill('Ask @');
    await page.getByRole('listbox', { name: 'Colleagues to mention' }).waitFor();
    found.push(...(await photograph(page, 'contact note begun', look)));
    await page.keyboard.press('Escape');
    await notes(page).getByRole('textbox', { name: 'Internal note' }).fill('');
    await page.keyboard.press('Escape');
    await notes(page).getByRole('button', { name: 'Edit the note' }).first().click();
    await notes(page).getByRole('textbox', { name: 'What the note says' }).scrollIntoViewIfNeeded();
    found.push(...(await photograph(page, 'contact note edited', look)));
    await page.keyboard.press('Escape');
    await profile(page).getByRole('button', { name: 'Erase this person…' }).click();
    await page.getByRole('alertdialog').getByRole('textbox').fill(name);
    await page.waitForTimeout(300);
    found.push(...(await photograph(page, 'erase a person', look)));
    await page.getByRole('alertdialog').getByRole('button', { name: 'Erase for good' }).click();
    await page.getByRole('heading', { name: /^They are/ }).waitFor();
    found.push(...(await photograph(page, 'erased person report', look)));
    await page.getByRole('alertdialog').getByRole('button', { name: 'Close' }).click();
    await profile(page).getByText('This person was erased').waitFor();
    found.push(...(await photograph(page, 'erased person', look)));
    await page.context().close();
    expect(found).toEqual([]);
  });
});

/** A poll over a busy machine. */
const slowly = { timeout: 15_000 };
const profile = (page: Page) => page.getByRole('complementary', { name: 'Profile' });
const notes = (page: Page) => profile(page).getByRole('region', { name: 'Notes about the contact' });

/** Somebody has written, and the agent has taken it. */
async function taken(phone: string, name: string): Promise<{ id: string; contactId: string }> {
  await office.write(phone, 'Good morning', { name });
  const { data } = await agent.conversations.list({ status: 'queued' });
  const found = data.find(({ contact }) => contact.name === name);
  const id = found?.id ?? '';
  await agent.conversations.take({ id });
  return { id, contactId: found?.contact.id ?? '' };
}
