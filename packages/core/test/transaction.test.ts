import { transaction } from '@tims/core';
import { forEachDatabase, forMariadb } from '@tims/testing';
import { expect, it } from 'vitest';
import { eventsAfter, headOf, type Stage, shared } from './stage.js';

const actor = { type: 'system', id: 'test' } as const;

forEachDatabase('a transaction', (open) => {
  const stage = shared(open);

  it('leaves nothing of what it wrote and told when its last statement fails', async () => {
    const tims = stage();
    await markers(tims);
    const before = await headOf(tims);
    const failing = transaction(tims.installation, tims.organization, actor, async (ctx) => {
      ctx.write(Promise.resolve(ctx.trx('markers').insert({ name: 'first' })));
      ctx.append({ type: 'channel.updated', entityId: tims.channelId, entityVersion: 1 });
      ctx.write(Promise.resolve(ctx.trx('no_such_table').insert({ name: 'second' })));
      ctx.write(Promise.resolve(ctx.trx('markers').insert({ name: 'third' })));
    });
    await expect(failing).rejects.toMatchObject({ code: 'database_unavailable' });
    expect(await tims.installation.storage.reader('markers')).toEqual([]);
    expect(await eventsAfter(tims, before)).toEqual([]);
  });

  it('wakes readers after its commit and never for what was rolled back', async () => {
    const tims = stage();
    const woken: string[] = [];
    const unsubscribe = tims.installation.wakeups.subscribe((organization) => void woken.push(organization));
    const tell = (fails: boolean) =>
      transaction(tims.installation, tims.organization, actor, async (ctx) => {
        ctx.append({ type: 'channel.updated', entityId: tims.channelId, entityVersion: 1 });
        if (fails) throw new Error('no');
      });
    await expect(tell(true)).rejects.toThrow('no');
    expect(woken).toEqual([]);
    await tell(false);
    expect(woken).toEqual([tims.organization]);
    unsubscribe();
  });
});

forMariadb('a deadlock', (open) => {
  const stage = shared(open);

  it('leaves nothing of the transaction that lost, also of statements that were on their way; both are done once', async () => {
    const tims = stage();
    await markers(tims);
    await tims.installation.storage.writer.schema.createTable('doors', (table) => {
      table.string('name', 20).primary();
      table.integer('opened').notNullable();
    });
    await tims.installation.storage.writer('doors').insert([
      { name: 'left', opened: 0 },
      { name: 'right', opened: 0 },
    ]);
    let attempts = 0;
    const before = await headOf(tims);
    const pass = (first: string, second: string) =>
      transaction(tims.installation, tims.organization, actor, async (ctx) => {
        attempts++;
        await ctx.trx('doors').where('name', first).increment('opened');
        await new Promise((resolve) => setTimeout(resolve, 100));
        ctx.write(
          Promise.resolve(ctx.trx('doors').where('name', second).increment('opened')),
          Promise.resolve(ctx.trx('markers').insert({ name: first })),
          ctx.installation.storage.dialect.bulkInsert(ctx.trx, 'markers', [{ name: `${first} in bulk` }]),
        );
        ctx.append({ type: 'channel.updated', entityId: tims.channelId, entityVersion: 1 });
      });
    await Promise.all([pass('left', 'right'), pass('right', 'left')]);
    expect(attempts).toBeGreaterThan(2);
    const names: { name: string }[] = await tims.installation.storage.reader('markers').orderBy('name').select('name');
    expect(names.map((row) => row.name)).toEqual(['left', 'left in bulk', 'right', 'right in bulk']);
    expect(await tims.installation.storage.reader('doors').select('opened')).toEqual([{ opened: 2 }, { opened: 2 }]);
    expect((await eventsAfter(tims, before)).map((event) => event.sequence)).toEqual([before + 1, before + 2]);
  });
});

async function markers({ installation }: Stage): Promise<void> {
  await installation.storage.writer.schema.createTable('markers', (table) => table.string('name', 40));
}
