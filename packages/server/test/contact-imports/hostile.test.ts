import { Readable } from 'node:stream';
import { readContactFile } from '@tims/core';
import { openSqlite } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../stage/index.js';
import { importFile, newNumber, upload } from './files.js';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(await openSqlite());
});
afterAll(() => stage.close());

const utf16 = (text: string, big = false) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return big ? bytes.swap16() : bytes;
};

describe('a file that cannot be read is refused as a whole, and says where', () => {
  const manyRows = `name\n${'Mei\n'.repeat(10_001)}`;
  it.each<[string, string | Buffer, string, RegExp]>([
    ['empty', '', 'csv_invalid', /It is empty/],
    ['a byte order mark and nothing else', '\ufeff', 'csv_invalid', /It is empty/],
    ['a heading only', 'name,phone\n', 'csv_invalid', /no rows/],
    ['a heading and empty rows', 'name,phone\n,\n\n , \n', 'csv_invalid', /no rows/],
    ['an empty first row', '\nMei\n', 'csv_invalid', /first row is empty/],
    ['a column without a name', 'name,,phone\nMei,x,\n', 'csv_invalid', /Column 2 has no name/],
    ['one name twice', 'Name,phone,NAME\nMei,,\n', 'csv_invalid', /Columns 1 and 3 have one name/],
    ['too many columns', `${Array.from({ length: 101 }, (_, n) => `c${n}`)}\n1\n`, 'csv_invalid', /101 columns/],
    ['a heading that is a book', `${'x'.repeat(100_000)}`, 'csv_invalid', /first row does not end/],
    ['a name of a column that is too long', `${'x'.repeat(201)}\nMei\n`, 'csv_invalid', /too long/],
    ['a quote that is never closed', 'name\nMei\n"Ali\nSiti\n', 'csv_invalid', /Row 3: a quote is opened/],
    ['a quote within a cell', 'name\nMei\nAli "the" man\n', 'csv_invalid', /Row 3: a quote stands within/],
    ['something behind a quote', 'name\n"Mei"x\n', 'csv_invalid', /Row 2: something follows/],
    ['Latin-1', Buffer.from('name\nMei\nJosé\n', 'latin1'), 'csv_invalid', /Line 3 has the byte 0xe9 at 12/],
    [
      'a character cut in two',
      Buffer.from('name\nJosé').subarray(0, -1),
      'csv_invalid',
      /Line 2 has the byte 0xc3 at 8/,
    ],
    ['half of a pair', Buffer.from([0x6e, 0x0a, 0xed, 0xa0, 0x80]), 'csv_invalid', /Line 2 has the byte 0xed at 2/],
    ['UTF-16 that does not say so', Buffer.from('name\nMei\n', 'utf16le'), 'csv_invalid', /code 0/],
    ['UTF-16 cut in two', utf16('name\nMei').subarray(0, -1), 'csv_invalid', /utf-16le/],
    ['a NUL character', 'name\nMei\0\n', 'csv_invalid', /Line 2 has a character with the code 0/],
    ['a workbook', Buffer.from('PK\u0003\u0004\u0014\u0000\u0006'), 'csv_invalid', /workbook/],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), 'csv_invalid', /0x89/],
    ['too many rows', manyRows, 'csv_too_large', /10000 rows/],
    [
      'too many bytes',
      Buffer.alloc(16 * 1024 * 1024 + 1, 'name\nMei,,,,,,,,,,,,'),
      'csv_too_large',
      /16 MB|10000 rows/,
    ],
    [
      'a quote that holds a whole file',
      `name\n"${'x'.repeat(5_000_000)}`,
      'csv_invalid',
      /Row 2: the row does not end/,
    ],
  ])('%s', async (_what, file, code, detail) => {
    const before = await importCount();
    const answer = await upload(stage, file);
    expect(answer.body).toMatchObject({ code, detail: expect.stringMatching(detail) });
    expect(answer.status).toBe(code === 'csv_too_large' ? 413 : 422);
    expect(await importCount()).toBe(before);
  });

  it('also where it is no CSV by its own word, or nothing at all', async () => {
    const send = (headers: Record<string, string>, body?: string) =>
      stage.call('POST', '/api/contact-imports', { as: stage.admin, headers, body });
    expect((await send({ 'content-type': 'application/json' }, '{}')).body.code).toBe('unsupported_media_type');
    expect((await send({ 'content-type': 'multipart/form-data; boundary=x' }, 'x')).body.code).toBe(
      'unsupported_media_type',
    );
    expect((await send({})).body.code).toBe('unsupported_media_type');
    expect((await send({ 'content-type': 'text/csv' })).body.code).toBe('csv_invalid');
    const query = await upload(stage, 'name\nMei\n', { query: `?fileName=${'x'.repeat(201)}` });
    expect(query.body.code).toBe('validation_failed');
    // Nobody else takes CSV.
    const teams = { as: stage.admin, headers: { 'content-type': 'text/csv' }, body: 'key,name' };
    expect((await stage.call('POST', '/api/teams', teams)).body.code).toBe('unsupported_media_type');
  });
});

describe('a file is read however it was written', () => {
  it.each<[string, (text: string) => string | Buffer]>([
    ['with a byte order mark', (text) => `\ufeff${text}`],
    ['in UTF-16, little end first', (text) => utf16(text)],
    ['in UTF-16, big end first', (text) => utf16(text, true)],
    ['with Windows line ends', (text) => text.replaceAll('\n', '\r\n')],
    ['with old Macintosh line ends', (text) => text.replaceAll('\n', '\r')],
    ['with semicolons', (text) => text.replaceAll(',', ';')],
    ['with tabs', (text) => text.replaceAll(',', '\t')],
    ['without an end of the last line', (text) => text.trimEnd()],
    ['with empty columns at its end', (text) => text.replaceAll('\n', ',,\n')],
  ])('%s', async (_how, written) => {
    const file = `name,phone\nJosé 🙂,${newNumber()}\nMei,\n`;
    const { report, rows } = await importFile(stage, written(file));
    expect(report).toMatchObject({ rows: 2, created: 2, failed: 0 });
    const contact = await stage.call('GET', `/api/contacts/${rows[0].contactId}`, { as: stage.admin });
    expect(contact.body.name).toBe('José 🙂');
  });

  it('and in whatever pieces it comes', async () => {
    const bytes = Buffer.from('\ufeffname,phone\n"José, 🙂\n""x""",+60123456789\nMei,\n');
    for (const size of [1, 2, 3, 5, 7, 1000]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
        bytes.subarray(n * size, (n + 1) * size),
      );
      const { headings, rows } = await readContactFile(Readable.from(pieces));
      expect(headings).toEqual(['name', 'phone']);
      expect(rows.map(({ row, cells }) => [row, ...cells])).toEqual([
        [2, 'José, 🙂\n"x"', '+60123456789'],
        [3, 'Mei', ''],
      ]);
    }
  });
});

describe('a row that is at fault leaves the others alone', () => {
  it('whatever is in it', async () => {
    const lines = [
      'name,kind,phone',
      'Good,,',
      `${'x'.repeat(1024 * 1024)},,`,
      `${'y'.repeat(501)},,`,
      ',"a kind; of drop table contacts",',
      ',,"=HYPERLINK(""http://evil.example"")"',
      ',,+1',
      'Short',
      `Also good,,${newNumber()}`,
    ];
    const { report, rows } = await importFile(stage, lines.join('\n'));
    expect(report).toMatchObject({ rows: 8, created: 2, failed: 6 });
    expect(rows.map(({ fault }: { fault: string | null }) => fault)).toEqual([
      null,
      'name: the cell has 1048576 characters, 10000 are read',
      'name: a name has at most 500 characters',
      'kind: the kinds are customer, tutor',
      'phone: WhatsApp cannot read the address',
      'phone: WhatsApp cannot read the address',
      'The row has 1 cells, the heading 3',
      null,
    ]);
    // What is too long is not kept either.
    expect(rows[1].cells[0].length).toBeLessThan(200);
  });
});

describe('a million rows', () => {
  it('are let go as soon as there are too many, without being held', async () => {
    let sent = 0;
    async function* million() {
      yield Buffer.from('name,phone\n');
      const piece = Buffer.from('Somebody with a name,+60123456789\n'.repeat(1000));
      for (; sent < 1000; sent++) yield piece;
    }
    await expect(readContactFile(million())).rejects.toMatchObject({ code: 'csv_too_large' });
    expect(sent).toBeLessThan(100);
  });

  it('get their answer over a socket, where most of them are still on the way', async () => {
    const url = await stage.app.listen({ host: '127.0.0.1', port: 0 });
    const before = process.memoryUsage().rss;
    const million = `name\n${'Somebody with a long name, and more\n'.repeat(1_000_000)}`.replaceAll(',', '');
    const answer = await fetch(`${url}/api/contact-imports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stage.admin.token}`, 'content-type': 'text/csv' },
      body: new Blob([million]),
    });
    expect(await answer.json()).toMatchObject({ code: 'csv_too_large' });
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
    const next = await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${stage.admin.token}` } });
    expect(next.status).toBe(200);
  });
});

async function importCount(): Promise<number> {
  const [row] = await stage.tims.installation.storage.reader('imports').count({ count: '*' });
  return Number(row?.count);
}
