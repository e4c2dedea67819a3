import { renameSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openWithNotes, temporaryFile } from './temporary-file.js';

const large = 'x'.repeat(20_000);

it('R10: answers "unavailable" on a full disk, reads on, and recovers by itself', async () => {
  const { writer, reader, dialect } = await openWithNotes();
  await writer('notes').insert({ body: 'before' });
  await setMaxPages(20);
  const fill = writer.transaction(async (trx) => {
    for (let i = 0; i < 10; i++) await trx('notes').insert({ body: large });
  });
  expect(dialect.classify(await reasonOf(fill))).toBe('unavailable');
  expect(
    dialect.classify(await reasonOf(dialect.bulkInsert(writer, 'notes', new Array(10).fill({ body: large })))),
  ).toBe('unavailable');
  expect(await reader('notes').pluck('body')).toEqual(['before']);
  await setMaxPages(100_000);
  await writer('notes').insert({ body: 'after' });
  expect(await reader('notes').pluck('body')).toEqual(['before', 'after']);

  async function setMaxPages(pages: number): Promise<void> {
    await writer.raw(`pragma max_page_count = ${pages}`);
  }
});

it('commits nothing of a transaction whose caller overlooked that the disk was full', async () => {
  const { writer, reader, dialect } = await openWithNotes();
  await writer.raw('pragma max_page_count = 20');
  const careless = writer.transaction(async (trx) => {
    for (let i = 0; i < 10; i++)
      await trx('notes')
        .insert({ body: large })
        .catch(() => undefined);
    await trx('notes')
      .insert({ body: 'small' })
      .catch(() => undefined);
  });
  expect(dialect.classify(await reasonOf(careless))).toBe('unavailable');
  expect(await reader('notes').select()).toEqual([]);
});

it('does not write into a file that was moved away, and goes on when it is back', async () => {
  const file = temporaryFile();
  const { writer, dialect, ping } = await openWithNotes(file);
  renameSync(file, `${file}.away`);
  expect(dialect.classify(await reasonOf(insert('lost')))).toBe('unavailable');
  await expect(ping()).rejects.toThrow(/was deleted or moved while TIMS had it open/);
  renameSync(`${file}.away`, file);
  await ping();
  await insert('kept');
  expect(await writer('notes').pluck('body')).toEqual(['kept']);

  function insert(body: string): Promise<void> {
    return writer.transaction(async (trx) => {
      await trx('notes').insert({ body });
    });
  }
});

it('leaves no transaction open when a commit fails', async () => {
  const { writer, reader, dialect } = await openWithNotes();
  await writer.raw('create table tags (note integer references notes (id) deferrable initially deferred)');
  const dangling = writer.transaction(async (trx) => {
    await trx('tags').insert({ note: 77 });
  });
  expect(dialect.classify(await reasonOf(dangling))).toBe('data');
  await writer('notes').insert({ body: 'next' });
  expect(await reader('notes').pluck('body')).toEqual(['next']);
  expect(await reader('tags').select()).toEqual([]);
});

it('blames the row for a value that SQLite cannot hold', async () => {
  const { writer, dialect } = await openWithNotes();
  const tooLarge = BigInt(2) ** BigInt(70);
  expect(dialect.classify(await reasonOf(writer('notes').insert({ body: tooLarge })))).toBe('data');
});

async function reasonOf(work: PromiseLike<unknown>): Promise<unknown> {
  return Promise.resolve(work).then(
    () => undefined,
    (error: unknown) => error,
  );
}
