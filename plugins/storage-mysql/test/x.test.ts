import { forMariadb } from '@tims/testing';
import { it } from 'vitest';
forMariadb('x', (open) => {
  it('y', async () => {
    const d = await open();
    const { writer, dialect } = d.storage;
    await writer.schema.createTable('notes', (t) => { dialect.columns.id(t, 'id').primary(); dialect.columns.bytes(t, 'raw'); dialect.columns.json(t, 'j') });
    const raw = Buffer.alloc(3 << 20, 0xff);
    await dialect.bulkInsert(writer, 'notes', [{ id: 'a', raw, j: '' }, { id: 'b', raw, j: '' }]);
    console.log((await writer.raw('select id, length(raw) l from notes'))[0]);
    for (const size of [10, 1000, 70000, 1 << 20, 3 << 20]) {
      await dialect.bulkUpdate(writer, 'notes', ['id'], [{ id: 'a', raw: Buffer.alloc(size, 1), j: 'x'.repeat(size) }, { id: 'b', raw: Buffer.alloc(size, 1), j: null }]);
      console.log(size, (await writer.raw('select id, length(raw) l, length(j) j from notes'))[0], (await writer.raw('show warnings'))[0]);
    }
    console.log((await writer.raw('select @@tmp_memory_table_size a, @@max_heap_table_size b, @@max_allowed_packet c'))[0]);
    await d.close();
  });
});
