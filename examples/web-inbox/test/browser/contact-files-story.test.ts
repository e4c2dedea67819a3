import { readFileSync } from 'node:fs';
import { createTims, type Tims } from '@tims/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { line } from './area-page.js';
import { browserPath } from './chromium.js';
import { type Office, openOffice } from './office.js';

let office: Office;
let admin: Tims;
let operations: Office['agent'];

const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

describe.skipIf(!browserPath)('contacts from a file', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    office = await openOffice();
    const { tims } = office.server;
    operations = await tims.addUser('operations_manager', [tims.teamId]);
    admin = createTims({ url: office.server.url, accessToken: await office.server.tokenOf(office.admin) });
    await admin.contactAttributes.create({ key: 'plan', name: 'Plan', type: 'select', options: ['gold', 'silver'] });
  });
  afterAll(() => office?.close());

  it('a file is looked at, mended, imported and told row by row; what came in goes out again', async () => {
    const page = await office.open(operations, { path: '/admin/contact-files' });
    const watching = await office.open(office.admin, { path: '/admin/contact-files' });
    await page.getByText('Nothing was imported yet').waitFor();
    await page.getByLabel('CSV file').setInputFiles(file('open.csv', 'name,phone\n"Mei,+601\n'));
    await page
      .getByRole('alert')
      .getByText(/quote|closed/i)
      .first()
      .waitFor();

    const text =
      'Who,Phone,Plan,Remark\nMei Ling,+60 12-400 0101,gold,asks\nAli,+60 12-400 0102,bronze,\nSiti,+60 12-400 0103,,\n';
    await page.getByLabel('CSV file').setInputFiles(file('people.csv', text));
    await page.getByRole('heading', { name: 'people.csv' }).waitFor();
    await page.getByText('Mei Ling · Ali · Siti').waitFor();
    await page.getByRole('button', { name: /^Import 3 rows/ }).click();
    expect(await page.getByText('Say what it holds, or leave it out.').count()).toBe(2);
    await page.getByLabel('What “Who” holds').selectOption({ label: 'Name' });
    await page.getByLabel('What “Remark” holds').selectOption({ label: 'Name' });
    await page.getByText('“Who” holds that already.').waitFor();
    await page.getByLabel('What “Remark” holds').selectOption({ label: 'Leave it out' });
    await page.getByRole('button', { name: /^Import 3 rows/ }).click();
    await page.getByRole('status').getByText('All of 3 rows').waitFor();
    await line(page, 'Rows', 'Plan').getByText('3', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Created 2' }).click();
    await line(page, 'Rows', 'Created').first().waitFor();

    // A colleague who looks on sees it without a reload.
    await line(watching, 'Imports', 'people.csv').getByText('1 at fault').waitFor();
    await page.getByRole('link', { name: 'All imports' }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download all contacts' }).click();
    const path = await (await saved).path();
    expect(readFileSync(path, 'utf8')).toMatch(/Mei Ling/);
    expect(await admin.contacts.list({ name: 'Ali' })).toMatchObject({ data: [] });
  });

  it('who may not bring contacts in does not get there', async () => {
    const page = await office.open(office.agent, { path: '/admin/contact-files' });
    await page.getByRole('heading', { name: 'This is for administrators' }).waitFor();
  });
});
