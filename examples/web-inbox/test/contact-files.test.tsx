// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ContactImport, ImportRow, RealtimeItem } from '@tims/sdk';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { columnFaults } from '../src/admin/contact-files/fields.js';
import { closePage, openPage, type Page } from './shell-page.js';
import { clock, problem } from './shell-server.js';

afterEach(closePage);

const start = 'POST /api/contact-imports/imp_1/start';
let one: ContactImport;
let rows: ImportRow[];

describe('a file', () => {
  test('that is no CSV is refused before it is sent; what the server refuses says why, and is not gone', async () => {
    const page = openFiles('/admin/contact-files');
    await screen.findByText('Nothing was imported yet');
    await choose(file('people.xlsx'));
    expect((await screen.findByRole('alert')).textContent).toContain('save it as “CSV UTF-8”');
    await choose(file('empty.csv', ''));
    expect((await screen.findByRole('alert')).textContent).toContain('empty.csv is empty');
    expect(page.server.asked.some((asked) => asked.startsWith('POST /api/contact-imports'))).toBe(false);

    const help = 'Mend what is named and send the whole file again.';
    page.server.instead.set('POST /api/contact-imports', () =>
      problem(422, 'csv_invalid', 'The file cannot be read', { detail: 'A quote in line 2 is never closed', help }),
    );
    await choose(file('people.csv'));
    expect((await screen.findByText('A quote in line 2 is never closed')).textContent).toBeDefined();
    page.server.instead.set('POST /api/contact-imports', () => ({ status: 201, body: one }));
    await page.user.click(screen.getByRole('button', { name: 'Send people.csv again' }));
    await screen.findByRole('heading', { name: 'people.csv' });
    expect(location.search).toBe('?import=imp_1');
    expect(page.server.asked.filter((asked) => asked.startsWith('POST /api/contact-imports?')).at(-1)).toContain(
      'fileName=people.csv',
    );
  });

  test('is dropped as well as chosen, one at a time', async () => {
    const page = openFiles('/admin/contact-files');
    const place = (await screen.findByText('Drop a CSV file here')).closest('div')?.parentElement;
    if (!place) throw new Error('There is nowhere to drop it');
    await drop(place, file('a.csv'), file('b.csv'));
    expect((await screen.findByRole('alert')).textContent).toContain('Drop one of them');
    await drop(place, file('people.csv'));
    await screen.findByRole('heading', { name: 'people.csv' });
    expect(page.server.asked.filter((asked) => asked.startsWith('POST /api/contact-imports?')).length).toBe(1);
  });
});

describe('columns', () => {
  test('that are not clear are said at their place, and only what was said otherwise is sent', async () => {
    const page = openFiles('/admin/contact-files?import=imp_1', 2);
    const asked = listening();
    await screen.findByText('Mei · Ali');
    await page.user.click(await screen.findByRole('button', { name: 'Import 3 rows' }));
    const who = screen.getByRole('combobox', { name: 'What “Who” holds' });
    expect(who.getAttribute('aria-invalid')).toBe('true');
    await waitFor(() => expect(document.activeElement).toBe(who));
    expect(screen.getByText('Choose the channel over which they are written to.')).toBeDefined();
    await page.user.selectOptions(who, 'Name');
    await page.user.selectOptions(screen.getByRole('combobox', { name: 'The addresses are of' }), 'Second number');
    await page.user.click(screen.getByRole('button', { name: 'Import 3 rows' }));
    await screen.findByText('Running');
    expect(asked).toEqual([{ columns: [{ column: 'Who', field: 'name' }], existing: 'update', channelId: 'chn_2' }]);
  });

  test('what the server says of them stands at them', async () => {
    const page = openFiles('/admin/contact-files?import=imp_1');
    page.server.instead.set(start, () =>
      problem(422, 'import_columns_unclear', 'Not clear', {
        detail: 'Nothing is known of “Who”',
        help: 'Give a field.',
      }),
    );
    await page.user.selectOptions(await screen.findByRole('combobox', { name: 'What “Who” holds' }), 'Name');
    await page.user.click(screen.getByRole('button', { name: 'Import 3 rows' }));
    await screen.findByText('Nothing is known of “Who”. Give a field.');
  });

  test('two of one field are told apart, those that are left out are not', () => {
    const columns = ['A', 'B', 'C', 'D'].map((column) => ({ column, field: null }));
    expect(columnFaults(columns, ['name', 'name', 'ignore', 'ignore'])).toEqual([
      '“B” holds that already. Leave one of them out.',
      '“A” holds that already. Leave one of them out.',
      undefined,
      undefined,
    ]);
  });
});

test('an import moves as the server tells, says which rows are at fault, and is stopped once that was asked', async () => {
  const page = openFiles('/admin/contact-files?import=imp_1');
  one = { ...one, state: 'running', rows: 500, created: 249, failed: 1, version: 3 };
  rows = [
    { row: 7, state: 'failed', fault: 'Phone: is no number; Kind: there is no vip', contactId: null, cells: ['x'] },
  ];
  await waitFor(() => expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('50'));
  const line = within(await screen.findByRole('row', { name: /^7/ }));
  expect(line.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'Phone: is no number',
    'Kind: there is no vip',
  ]);
  one = { ...one, created: 399, version: 4 };
  await act(async () => page.server.tell(told(4)));
  await waitFor(() => expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('80'));

  page.server.instead.set('POST /api/contact-imports/imp_1/cancel', () => {
    one = { ...one, state: 'cancelled', version: 5 };
    return { body: one };
  });
  await page.user.click(screen.getByRole('button', { name: 'Stop' }));
  const question = await screen.findByRole('dialog', { name: 'Stop this import?' });
  expect(question.textContent).toContain('What was imported stays');
  await page.user.click(within(question).getByRole('button', { name: 'Stop' }));
  await screen.findByText('Stopped');
  expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
});

test('an import that does not move for a minute can be told to go on', async () => {
  const page = openFiles('/admin/contact-files?import=imp_1');
  one = { ...one, state: 'running', rows: 500, created: 250, version: 3 };
  await screen.findByText(/It goes on in the server/);
  const later = Date.now() + 61_000;
  vi.spyOn(Date, 'now').mockImplementation(() => later);
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  await page.user.click(await screen.findByRole('button', { name: 'Go on now' }));
  await screen.findByText(/It goes on in the server/);
  expect(page.server.asked).toContain(start);
  vi.restoreAllMocks();
});

test('the export is saved, with the addresses of the channel that was chosen; a failure stays in sight', async () => {
  const page = openFiles('/admin/contact-files', 2);
  const saved: string[] = [];
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => {} }));
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  page.server.instead.set('GET /api/contacts/export', () => problem(503, 'database_unavailable', 'No database'));
  await page.user.click(await screen.findByRole('button', { name: 'Download all contacts' }));
  await screen.findByText('The server has trouble', undefined, { timeout: 8_000 });
  page.server.instead.set('GET /api/contacts/export', () => ({ body: 'id,name\n' }));
  await page.user.selectOptions(screen.getByRole('combobox', { name: 'Addresses of' }), 'Second number');
  await page.user.click(screen.getByRole('button', { name: 'Download all contacts' }));
  await waitFor(() => expect(saved).toEqual(['contacts.csv']));
  expect(page.server.asked).toContain('GET /api/contacts/export?channelId=chn_2');
  vi.restoreAllMocks();
});

test('an import that there is not, and a role that may not, are told', async () => {
  openFiles('/admin/contact-files?import=imp_9');
  await screen.findByRole('heading', { name: 'There is no such import' });
  closePage();
  openPage('/admin/contact-files');
  await screen.findByRole('heading', { name: 'This is for administrators' });
});

function openFiles(path: string, channels = 1): Page {
  one = staged();
  rows = ['Mei', 'Ali', ''].map((name, at) => ({
    row: at + 2,
    state: 'pending',
    fault: null,
    contactId: null,
    cells: [name, '+601'],
  }));
  return openPage(path, {
    prepare(server) {
      Object.assign(server.me.permissions, { 'contacts:transfer': 'all', 'channels:read': 'all' });
      const list = (data: unknown[]) => ({ body: { data, nextCursor: null, asOf: 'a' } });
      const named = ['First number', 'Second number'].map((name, at) => ({ id: `chn_${at + 1}`, name }));
      server.instead.set('GET /api/channels', () => list(named.slice(0, channels)));
      server.instead.set('GET /api/contact-attributes', () => list([]));
      server.instead.set('GET /api/contact-imports', () => list([]));
      server.instead.set('POST /api/contact-imports', () => ({ status: 201, body: one }));
      server.instead.set('GET /api/contact-imports/imp_1', () => ({ body: one }));
      server.instead.set('GET /api/contact-imports/imp_1/rows', () => list(rows));
      server.instead.set(start, () => {
        one = { ...one, state: 'running', version: one.version + 1 };
        return { body: one };
      });
    },
  });
}

/** The bodies with which an import is started. */
function listening(): unknown[] {
  const bodies: unknown[] = [];
  const inner = globalThis.fetch;
  vi.stubGlobal('fetch', async (request: Request) => {
    if (`${request.method} ${new URL(request.url).pathname}` === start)
      bodies.push(JSON.parse(await request.clone().text()));
    return inner(request);
  });
  return bodies;
}

const file = (name: string, text = 'Who,Phone\nMei,+601\n') => new File([text], name, { type: 'text/csv' });

async function choose(chosen: File): Promise<void> {
  // As from a dialog in which somebody asked for all files.
  await userEvent.setup({ applyAccept: false }).upload(await screen.findByLabelText('CSV file'), chosen);
}

async function drop(place: Element, ...files: File[]): Promise<void> {
  const event = new Event('drop', { bubbles: true, cancelable: true });
  Object.assign(event, { dataTransfer: { files } });
  await act(async () => void place.dispatchEvent(event));
}

function staged(): ContactImport {
  return {
    id: 'imp_1',
    state: 'staged',
    fileName: 'people.csv',
    columns: [
      { column: 'Who', field: null },
      { column: 'Phone', field: 'address' },
    ],
    channelId: null,
    existing: 'update',
    rows: 3,
    created: 0,
    updated: 0,
    unchanged: 0,
    failed: 0,
    createdBy: 'usr_1',
    createdAt: clock(0),
    endedAt: null,
    version: 1,
  };
}

function told(entityVersion: number): RealtimeItem {
  return {
    type: 'event',
    event: {
      id: `evt_import_${entityVersion}`,
      type: 'import.updated',
      entityId: 'imp_1',
      entityVersion,
      actor: { type: 'user', id: 'usr_1' },
      at: clock(0),
      cursor: `c${entityVersion}`,
    },
  };
}
