import { createTims, type Tims } from '@tims/sdk';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserPath } from './chromium.js';
import { looks, photograph } from './looks.js';
import { type Office, openOffice } from './office.js';

let office: Office;
let admin: Tims;
let agent: Tims;

describe.skipIf(!browserPath)('the contact of a conversation', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    office = await openOffice();
    admin = await clientOf(office.server.tims.admin);
    agent = await clientOf(office.agent);
    await admin.contactAttributes.create({ key: 'plan', name: 'Plan', type: 'select', options: ['gold', 'silver'] });
    await admin.contactAttributes.create({ key: 'renewal', name: 'Renewal', type: 'date' });
    await admin.contactAttributes.create({ key: 'site', name: 'Site of the company', type: 'url' });
    await admin.contactAttributes.create({ key: 'vip', name: 'VIP', type: 'boolean' });
    await admin.tags.create({ name: 'Scholarship', color: 'green' });
  });
  afterAll(() => office?.close());

  it('what one writes down of a contact is there for the other at once', async () => {
    const id = await taken('+60173100001', 'Nadia Rahman');
    const [mine, theirs] = await Promise.all([
      office.open(office.agent, { path: `/inbox/mine/${id}` }),
      office.open(office.manager, { path: `/inbox/all/${id}` }),
    ]);
    await profile(theirs)
      .getByRole('button', { name: /^Name: Nadia Rahman/ })
      .waitFor();
    await profile(mine)
      .getByRole('button', { name: /^Name: Nadia Rahman/ })
      .click();
    await profile(mine).getByRole('textbox', { name: 'Name' }).fill('Nadia R. Rahman');
    await profile(mine).getByRole('textbox', { name: 'Name' }).press('Enter');
    await profile(theirs)
      .getByRole('button', { name: /^Name: Nadia R. Rahman/ })
      .waitFor();
    await profile(theirs).getByRole('combobox', { name: 'Plan' }).selectOption('gold');
    await expect.poll(() => profile(mine).getByRole('combobox', { name: 'Plan' }).inputValue(), slowly).toBe('gold');
    await profile(mine).getByRole('button', { name: 'Tag the contact' }).click();
    await mine.getByRole('option', { name: 'Scholarship' }).click();
    await mine.keyboard.press('Escape');
    await profile(theirs).getByText('Scholarship').waitFor();

    await profile(mine)
      .getByRole('button', { name: /^Site of the company: Not set/ })
      .click();
    await profile(mine).getByRole('textbox', { name: 'Site of the company' }).fill('javascript:alert(1)');
    await profile(mine).getByRole('textbox', { name: 'Site of the company' }).press('Enter');
    await profile(mine)
      .getByRole('alert')
      .getByText(/^Site of the company /)
      .waitFor();
    await profile(mine).getByRole('textbox', { name: 'Site of the company' }).press('Escape');
    const { contact } = (await agent.conversations.get({ id })).conversation;
    expect((await agent.contacts.get({ id: contact.id })).attributes).toEqual({ plan: 'gold' });
  });

  it('an agent chooses from the kinds of the organization, as they are by now', async () => {
    const id = await taken('+60173100009', 'Hana Lim');
    const mine = await office.open(office.agent, { path: `/inbox/mine/${id}` });
    const kind = profile(mine).getByRole('combobox', { name: 'Kind' });
    const offered = () => kind.locator('option').allTextContents();
    await expect.poll(offered, slowly).toEqual(['customer', 'tutor']);
    await admin.settings.update({ contactKinds: ['customer', 'tutor', 'parent'] });
    await expect.poll(offered, slowly).toEqual(['customer', 'tutor', 'parent']);
    await kind.selectOption('parent');
    const { contact } = (await agent.conversations.get({ id })).conversation;
    await expect.poll(async () => (await agent.contacts.get({ id: contact.id })).kind, slowly).toBe('parent');
  });

  it('two that are one are linked, and parted again; who may not is not asked', async () => {
    const id = await taken('+60173100002', 'Priya Menon');
    await taken('+60173100003', 'Priya Menon');
    const [mine, theirs] = await Promise.all([
      office.open(office.agent, { path: `/inbox/mine/${id}` }),
      office.open(office.manager, { path: `/inbox/all/${id}` }),
    ]);
    await profile(mine)
      .getByRole('button', { name: /^Name: Priya/ })
      .waitFor();
    const same = profile(theirs).getByRole('region', { name: 'Maybe the same person' });
    await same.getByText('Both are called').waitFor();
    expect(await profile(mine).getByRole('region', { name: 'Maybe the same person' }).count()).toBe(0);
    await same.getByRole('button', { name: 'Link' }).click();
    await theirs.getByRole('alertdialog').getByRole('button', { name: 'Link' }).click();
    const others = profile(theirs).getByRole('region', { name: 'Other conversations' });
    await others.getByText('Good morning').waitFor();
    await profile(theirs).getByText('+60173100003').waitFor();

    // Their conversations are on one channel now: they can be one, too.
    await others.getByRole('button', { name: /^More to do/ }).click();
    await theirs.getByRole('dialog').getByRole('button', { name: 'Merge into this one' }).click();
    await expect.poll(() => theirs.getByRole('log').getByText('Good morning').count(), slowly).toBe(2);
    await theirs.getByRole('button', { name: 'Undo' }).last().click();
    await expect.poll(() => theirs.getByRole('log').getByText('Good morning').count(), slowly).toBe(1);

    const [merged] = (await admin.merges.list({ conversationId: id })).data;
    expect(merged?.undoneAt).not.toBeNull();

    // Long after the toast has gone the contacts can be parted, too.
    await theirs.reload();
    const links = profile(theirs).getByRole('region', { name: 'Linked contacts' });
    await links.getByText('You linked them').waitFor();
    expect(await photograph(theirs, 'linked contacts', 'light')).toEqual([]);
    await links.getByRole('button', { name: 'Undo the link with Priya Menon' }).click();
    await links.waitFor({ state: 'detached' });
    await same.getByText('Both are called').waitFor();
  });

  it('a merged conversation leads to the one that it is part of', async () => {
    const id = await taken('+60173100004', 'Omar Aziz');
    const other = await taken('+60173100005', 'Omar Aziz');
    const [into, from] = await Promise.all([id, other].map((one) => admin.conversations.get({ id: one })));
    await admin.contacts.link({
      id: into?.conversation.contact.id ?? '',
      contactId: from?.conversation.contact.id ?? '',
    });
    const page = await office.open(office.manager, { path: `/inbox/all/${other}` });
    await page.getByRole('log').getByText('Good morning').waitFor();
    await admin.conversations.merge({ id, conversationId: other });
    await page.getByText('This conversation is part of another one').waitFor();
    expect(await page.getByRole('form', { name: 'Answer' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /^(Assign|Close|Reopen)$/ }).count()).toBe(0);
    expect(await photograph(page, 'merged conversation', 'light')).toEqual([]);
    await page.getByRole('button', { name: 'Open that one' }).click();
    await page.waitForURL(new RegExp(id));
    await expect.poll(() => page.getByRole('log').getByText('Good morning').count(), slowly).toBe(2);

    await profile(page).getByRole('button', { name: 'Everything that was said' }).click();
    const said = profile(page).getByRole('region', { name: 'Everything that was said' });
    await expect.poll(() => said.getByText('Good morning').count(), slowly).toBe(2);
    await office.write('+60173100004', 'One more thing');
    await said.getByText('One more thing').waitFor();
    await profile(page).getByRole('button', { name: 'Back to the profile' }).click();
    await profile(page)
      .getByRole('button', { name: /^Name: Omar/ })
      .waitFor();
  });

  it.each(['light', 'dark', 'narrow', 'narrow-dark'])('in %s has nothing that keeps people out', async (look) => {
    const id = await taken(`+6017320000${Object.keys(looks).indexOf(look)}`, `Valentina Ortega-Lim ${look}`);
    await taken(`+6017330000${Object.keys(looks).indexOf(look)}`, `Valentina Ortega-Lim ${look}`);
    const { contact } = (await agent.conversations.get({ id })).conversation;
    const [tag] = (await admin.tags.list()).data.filter(({ name }) => name === 'Scholarship');
    await admin.contacts.tag({ id: contact.id, tagId: tag?.id ?? '' });
    await admin.contacts.update({ id: contact.id, attributes: { plan: 'gold', site: 'https://example.com/ortega' } });
    const page = await office.open(office.manager, { ...looks[look], path: `/inbox/all/${id}` });
    await page.getByRole('log').getByRole('article').first().waitFor();
    if (!(await profile(page).isVisible())) await page.getByRole('button', { name: 'Profile', exact: true }).click();
    await profile(page).getByRole('region', { name: 'Maybe the same person' }).waitFor();
    await page.waitForTimeout(300);
    const found = await photograph(page, 'contact', look);
    await profile(page)
      .getByRole('button', { name: /^Renewal/ })
      .click();
    await profile(page).getByRole('combobox', { name: 'Plan' }).focus();
    await profile(page)
      .getByRole('button', { name: /^Site of/ })
      .click();
    await profile(page).getByRole('textbox', { name: 'Site of the company' }).fill('ftp://nowhere');
    await profile(page).getByRole('textbox', { name: 'Site of the company' }).press('Enter');
    await profile(page).getByRole('alert').waitFor();
    found.push(...(await photograph(page, 'contact field', look)));
    await page.keyboard.press('Escape');
    await profile(page).getByRole('button', { name: 'Link' }).scrollIntoViewIfNeeded();
    found.push(...(await photograph(page, 'same person', look)));
    await profile(page).getByRole('button', { name: 'Block this contact' }).click();
    await page.getByRole('alertdialog').waitFor();
    await page.waitForTimeout(300);
    found.push(...(await photograph(page, 'block a contact', look)));
    await page.getByRole('alertdialog').getByRole('button', { name: 'Block' }).click();
    await profile(page).getByRole('button', { name: 'Unblock' }).scrollIntoViewIfNeeded();
    found.push(...(await photograph(page, 'blocked contact', look)));
    await profile(page).getByRole('button', { name: 'Everything that was said' }).click();
    await profile(page).getByRole('region', { name: 'Everything that was said' }).getByText('Good morning').waitFor();
    found.push(...(await photograph(page, 'everything said', look)));
    await page.context().close();
    expect(found).toEqual([]);
  });
});

/** A poll over a busy machine. */
const slowly = { timeout: 15_000 };
const profile = (page: Page) => page.getByRole('complementary', { name: 'Profile' });

/** Somebody has written, and the agent has taken it. */
async function taken(phone: string, name: string): Promise<string> {
  await office.write(phone, 'Good morning', { name });
  const { data } = await agent.conversations.list({ status: 'queued' });
  const id = data.find(({ contact }) => contact.name === name)?.id ?? '';
  await agent.conversations.take({ id });
  return id;
}

async function clientOf(person: Office['agent']): Promise<Tims> {
  return createTims({ url: office.server.url, accessToken: await office.server.tokenOf(person) });
}
