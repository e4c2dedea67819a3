import { createContactAttribute, purgeImports } from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { customerWrites, openStage, type Stage } from '../stage/index.js';
import { contactOf, importFile, newNumber, reportOf, upload } from './files.js';

forEachDatabase('an import of contacts', (open) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(await open());
  });
  afterAll(() => stage.close());

  it('is staged first: what its columns are taken for is shown, and nothing is imported', async () => {
    const before = await contactCount();
    const { status, body } = await upload(stage, `Full name;Phone;Colour\nMei;${newNumber()};red\n`, {
      query: '?fileName=people.csv',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      state: 'staged',
      fileName: 'people.csv',
      columns: [
        { column: 'Full name', field: 'name' },
        { column: 'Phone', field: 'address' },
        { column: 'Colour', field: null },
      ],
      channelId: stage.tims.channelId,
      ...{ rows: 1, created: 0, updated: 0, unchanged: 0, failed: 0 },
    });
    expect(await contactCount()).toBe(before);
    const list = await stage.call('GET', '/api/contact-imports', { as: stage.admin });
    expect(list.body.data[0]).toEqual(body);
  });

  it('makes contacts whom messages then find, and says of each row what became of it', async () => {
    const number = newNumber();
    const { report, rows } = await importFile(
      stage,
      [
        'name,kind,tags,phone',
        `"Tan, Mei",Tutor,"Payment|New Lead",'${number}`,
        `Bad number,,,call me`,
        `Bad tag,,No such tag,`,
        '',
        `No number,,,`,
        `Too,many,,cells,here`,
      ].join('\r\n'),
    );
    expect(report).toMatchObject({ state: 'done', rows: 5, created: 2, updated: 0, unchanged: 0, failed: 3 });
    expect(report.endedAt).not.toBeNull();
    expect(rows.map(({ row, state, fault }: Row) => [row, state, fault])).toEqual([
      [2, 'created', null],
      [3, 'failed', 'phone: WhatsApp cannot read the address'],
      [4, 'failed', 'tags: there is no tag “No such tag”'],
      [6, 'created', null],
      [7, 'failed', 'The row has 5 cells, the heading 4'],
    ]);
    expect(rows[0].cells).toEqual([]);
    expect(rows[1].cells).toEqual(['Bad number', '', '', 'call me']);
    const contact = await contactOf(stage, rows[0].contactId);
    expect(contact).toMatchObject({ name: 'Tan, Mei', kind: 'tutor', identities: [{ keys: [{ value: number }] }] });
    expect(contact.tags).toHaveLength(2);
    expect((await customerWrites(stage.tims, 'Hello', number.slice(1))).contactId).toBe(contact.id);
  });

  it('changes who is there already, by address or by id, and only what the row says', async () => {
    const written = await customerWrites(stage.tims);
    const first = await importFile(stage, `name,kind,phone\nAisyah,tutor,+${written.phone}\n`);
    expect(first.rows[0]).toMatchObject({ state: 'updated', contactId: written.contactId });
    const number = newNumber();
    const second = await importFile(stage, `id,name,phone\n${written.contactId},,${number}\n`);
    expect(second.rows[0]).toMatchObject({ state: 'updated', contactId: written.contactId });
    const contact = await contactOf(stage, written.contactId);
    expect(contact).toMatchObject({ name: 'Aisyah', kind: 'tutor' });
    expect(contact.identities).toHaveLength(2);
    const third = await importFile(stage, `name,phone\nAisyah,${number}\n`);
    expect(third.report).toMatchObject({ unchanged: 1, updated: 0 });
    expect((await contactOf(stage, written.contactId)).version).toBe(contact.version);
  });

  it('reports who is there already, where that is asked for, also from a row before', async () => {
    const { phone, contactId } = await customerWrites(stage.tims);
    const number = newNumber();
    const file = `name,phone\nX,+${phone}\nY,${number}\nZ,${number}\n`;
    const { rows } = await importFile(stage, file, { existing: 'refuse' });
    expect(rows.map(({ state }: Row) => state)).toEqual(['failed', 'created', 'failed']);
    expect(rows[0]).toMatchObject({ contactId, fault: 'The contact is there already' });
    expect((await contactOf(stage, contactId)).name).not.toBe('X');
  });

  it('takes no contact of another organization, nor two for one', async () => {
    const theirs = await customerWrites(stage.other);
    const [one, two] = [await customerWrites(stage.tims), await customerWrites(stage.tims)];
    const { rows } = await importFile(
      stage,
      `id,name,phone\n${theirs.contactId},X,\n${one.contactId},Y,+${two.phone}\ncon_x,Z,\n`,
    );
    expect(rows.map(({ fault }: Row) => fault)).toEqual([
      `There is no contact ${theirs.contactId}`,
      `The address is of another contact, ${two.contactId}`,
      'id: it is no id of a contact',
    ]);
  });

  it('starts only when it is clear what every column holds', async () => {
    const { body } = await upload(stage, `name,phone,mobile,Colour\nMei,${newNumber()},,red\n`);
    const start = (said: object) =>
      stage.call('POST', `/api/contact-imports/${body.id}/start`, { as: stage.admin, body: said });
    const columns = (...fields: [string, string][]) => ({
      columns: fields.map(([column, field]) => ({ column, field })),
    });
    expect((await start({})).body).toMatchObject({ code: 'import_columns_unclear', columns: ['mobile', 'Colour'] });
    expect((await start(columns(['mobile', 'address'], ['Colour', 'ignore']))).body).toMatchObject({
      code: 'import_columns_unclear',
      columns: ['phone', 'mobile'],
    });
    expect((await start(columns(['Color', 'ignore']))).body.code).toBe('validation_failed');
    expect((await start(columns(['Colour', 'attributes.nothing']))).body.code).toBe('validation_failed');
    expect((await start({ channelId: stage.other.channelId })).body.code).toBe('import_columns_unclear');
    const clear = columns(['mobile', 'ignore'], ['COLOUR', 'ignore']);
    expect((await start({ ...clear, channelId: stage.other.channelId })).body.code).toBe('not_found');
    expect((await start({ ...clear, channelId: null })).body.code).toBe('validation_failed');
    expect((await start(clear)).body).toMatchObject({ state: 'running' });
  });

  it('is cancelled: nothing more is imported, and it cannot be started again', async () => {
    const { body } = await upload(stage, `name\nMei\n`);
    const post = (act: string) =>
      stage.call('POST', `/api/contact-imports/${body.id}/${act}`, {
        as: stage.admin,
        ...(act === 'start' ? { body: {} } : {}),
      });
    expect((await post('cancel')).body).toMatchObject({ state: 'cancelled' });
    expect((await post('cancel')).status).toBe(200);
    expect((await post('start')).body.code).toBe('import_state');
    expect((await reportOf(stage, body.id)).rows[0].state).toBe('pending');
  });

  it('is of one organization alone', async () => {
    const { body } = await upload(stage, `name\nMei\n`);
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/rows'],
      ['POST', '/cancel'],
      ['POST', '/start'],
    ] as const) {
      const answer = await stage.call(method, `/api/contact-imports/${body.id}${path}`, {
        as: stage.stranger,
        ...(path === '/start' ? { body: {} } : {}),
      });
      expect(`${method} ${path} ${answer.status}`).toBe(`${method} ${path} 404`);
    }
    expect((await stage.call('GET', '/api/contact-imports', { as: stage.stranger })).body.data).toEqual([]);
  });

  it('is one import, however often the file is sent with one key', async () => {
    const file = `name\nMei\n`;
    const headers = { 'idempotency-key': 'once' };
    const first = await upload(stage, file, { headers });
    expect((await upload(stage, file, { headers })).body).toEqual(first.body);
    expect((await upload(stage, `name\nAli\n`, { headers })).body.code).toBe('idempotency_key_reused');
  });

  it('tells of its progress in events, with counts and no content', async () => {
    const { asOf } = (await stage.call('GET', '/api/contact-imports', { as: stage.admin })).body;
    const { report } = await importFile(stage, `name\nVery Private\n`);
    const events = await stage.call('GET', `/api/events?cursor=${asOf}`, { as: stage.admin });
    const mine = events.body.data.filter(({ entityId }: { entityId: string }) => entityId === report.id);
    expect(mine.map(({ changes }: { changes: { state: string } }) => changes.state)).toEqual([
      'staged',
      'running',
      'done',
    ]);
    expect(mine.at(-1).changes).toMatchObject({ rows: 1, created: 1, failed: 0 });
    expect(events.text).not.toContain('Private');
  });

  it('fails the one row whose value the database refuses, and imports those around it', async () => {
    const { writer, dialect } = stage.tims.installation.storage;
    await writer.raw(
      dialect.name === 'sqlite'
        ? "create trigger poison before insert on contacts when new.name = 'Poison' begin select raise(abort, 'no'); end"
        : "alter table contacts add constraint poison check (name <> 'Poison')",
    );
    const names = Array.from({ length: 30 }, (_, n) => (n === 10 ? 'Poison' : `Healthy ${n}`));
    const { report } = await importFile(stage, `name\n${names.join('\n')}\n`);
    expect(report).toMatchObject({ created: 29, failed: 1 });
    const { id } = report;
    const failed = await stage.call('GET', `/api/contact-imports/${id}/rows?state=failed`, { as: stage.admin });
    expect(failed.body.data).toMatchObject([{ row: 12, fault: 'The database refuses a value' }]);
    await writer.raw(dialect.name === 'sqlite' ? 'drop trigger poison' : 'alter table contacts drop constraint poison');
  });

  it('lists its rows page by page, whole or by state', async () => {
    const names = Array.from({ length: 25 }, (_, n) => (n % 5 === 0 ? 'Mei,x' : 'Mei'));
    const { report } = await importFile(stage, `name\n${names.join('\n')}\n`);
    const pages: Row[][] = [];
    for (let cursor = ''; ; ) {
      const path = `/api/contact-imports/${report.id}/rows?state=failed&limit=2${cursor && `&cursor=${cursor}`}`;
      const { data, nextCursor } = (await stage.call('GET', path, { as: stage.admin })).body;
      pages.push(data);
      if (nextCursor === null) break;
      cursor = nextCursor;
    }
    expect(pages.map((page) => page.map(({ row }) => row))).toEqual([[2, 7], [12, 17], [22]]);
    for (const cursor of ['x', 'MTIz', 'A'.repeat(200)]) {
      const path = `/api/contact-imports/${report.id}/rows?cursor=${cursor}`;
      expect((await stage.call('GET', path, { as: stage.admin })).body.code).toBe('cursor_invalid');
    }
  });

  it('takes attributes by key or name, each as its type asks', async () => {
    const { installation, admin } = stage.tims;
    const options = ['gold', 'silver'];
    await createContactAttribute(installation, admin, { key: 'plan', name: 'Tariff', type: 'select', options });
    await createContactAttribute(installation, admin, { key: 'since', name: 'Customer since', type: 'date' });
    const { rows } = await importFile(
      stage,
      'name,tariff,Customer since\nMei,Gold,2026-01-31\nAli,bronze,2026-02-30\nSiti,,\n',
    );
    expect((await contactOf(stage, rows[0].contactId)).attributes).toEqual({ plan: 'gold', since: '2026-01-31' });
    expect(rows[1].fault).toBe(
      'tariff: it is none of the options: gold, silver; Customer since: it is not a day; write it like 2026-01-31',
    );
    expect((await contactOf(stage, rows[2].contactId)).attributes).toEqual({});
  });

  it('is purged a month after its end, and what broke off while it was staged after an hour', async () => {
    const { storage } = stage.tims.installation;
    const count = async (table: string) => Number((await storage.reader(table).count({ count: '*' }))[0]?.count);
    const { body } = await upload(stage, 'name\nMei\n');
    await storage.writer('imports').where('id', body.id).update({ state: 'staging' });
    expect((await stage.call('GET', `/api/contact-imports/${body.id}`, { as: stage.admin })).status).toBe(404);
    const states = async () => new Set(await storage.reader('imports').pluck('state'));
    const day = 24 * 3_600_000;
    await purgeImports(stage.tims.installation, Date.now() + day / 12);
    expect(await states()).toEqual(new Set(['staged', 'done', 'cancelled']));
    await purgeImports(stage.tims.installation, Date.now() + 32 * day);
    expect([await count('imports'), await count('import_rows')]).toEqual([0, 0]);
  });

  async function contactCount(): Promise<number> {
    const [row] = await stage.tims.installation.storage.reader('contacts').count({ count: '*' });
    return Number(row?.count);
  }
});

interface Row {
  row: number;
  state: string;
  fault: string | null;
}
