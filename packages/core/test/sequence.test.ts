import { encodeCursor, type Installation, listEvents, newId, readHead, reading, transaction } from '@tims/core';
import { addTestOrganization, forEachDatabase } from '@tims/testing';
import { expect, it } from 'vitest';
import { anotherNode, eventsAfter, headOf, type Stage, seeded, shared } from './stage.js';

const actor = { type: 'system', id: 'test' } as const;

forEachDatabase('the event log', (open) => {
  const stage = shared(open);

  it('is read without a gap and in order beside 16 writers that commit after random delays and sometimes roll back', async () => {
    const tims = stage();
    const other = await anotherNode(tims);
    await slowCommits(tims);
    const start = await readHead(tims.installation.storage.reader, tims.organization);
    const random = seeded(9);
    let written = 0;
    const write = async (installation: Installation) => {
      for (let turn = 0; turn < 12; turn++) {
        const count = 1 + Math.floor(random() * 3);
        const fault = random();
        const delay = random() * 8;
        const writing = transaction(installation, tims.organization, actor, async (ctx) => {
          for (let one = 0; one < count; one++)
            ctx.append({ type: 'channel.updated', entityId: tims.channelId, entityVersion: one });
          // Too long for its column: fails after the numbers were given.
          if (fault < 0.1) ctx.append({ type: 'channel.updated', entityId: 'x'.repeat(40), entityVersion: 1 });
          await new Promise((resolve) => setTimeout(resolve, delay));
          if (fault > 0.9) throw new Error('rolled back');
        });
        if (
          await writing.then(
            () => true,
            () => false,
          )
        )
          written += count;
      }
    };
    let done = false;
    const writers = Promise.all(
      Array.from({ length: 16 }, (_, index) => write(index % 2 ? tims.installation : other.installation)),
    );
    const seen: number[][] = [];
    const follow = async (installation: Installation, limit: number) => {
      const mine: number[] = [];
      seen.push(mine);
      for (let cursor = encodeCursor(start), last = false; ; ) {
        const ended = done;
        const page = await listEvents(reading(installation, tims.organization, tims.admin), { cursor, limit });
        expect(page.resyncRequired).toBe(false);
        mine.push(...page.events.map((event) => event.sequence));
        cursor = page.nextCursor;
        // One more look after the writers have ended.
        if (last && !page.more) return;
        last = ended && !page.more;
      }
    };
    const readers = Promise.all([
      follow(tims.installation, 7),
      follow(other.installation, 100),
      follow(tims.installation, 1),
    ]);
    await writers;
    done = true;
    await readers;
    await other.close();
    await fastCommits(tims);
    expect(written).toBeGreaterThan(100);
    const all = Array.from({ length: written }, (_, index) => start.sequence + 1 + index);
    for (const sequences of seen) expect(sequences).toEqual(all);
    expect(await headOf(tims)).toBe(start.sequence + written);
  });

  it('tells who brings a cursor that does not stand here to start anew: forged, of another organization, or too old', async () => {
    const tims = stage();
    const { installation, organization, admin } = tims;
    const foreign = await addTestOrganization(installation);
    const head = await readHead(installation.storage.reader, organization);
    const list = (cursor: string) => listEvents(reading(installation, organization, admin), { cursor });
    expect(await list(encodeCursor(head))).toMatchObject({ resyncRequired: false, events: [] });
    expect(await list(encodeCursor({ ...head, eventId: newId('event') }))).toMatchObject({
      resyncRequired: true,
      events: [],
    });
    expect(await list(encodeCursor({ sequence: head.sequence + 1_000, eventId: head.eventId }))).toMatchObject({
      resyncRequired: true,
    });
    const theirs = await readHead(installation.storage.reader, foreign.organization);
    expect(await list(encodeCursor(theirs))).toMatchObject({ resyncRequired: true, events: [] });
    await expect(list('bm90IGEgY3Vyc29y')).rejects.toMatchObject({ code: 'cursor_invalid' });

    const [first, second] = await eventsAfter(tims, 0);
    await installation.storage.writer('events').where({ organization_id: organization, sequence: 1 }).delete();
    expect(await list(encodeCursor({ sequence: 1, eventId: first?.id ?? '' }))).toMatchObject({ resyncRequired: true });
    expect(await list(encodeCursor({ sequence: 0, eventId: '0' }))).toMatchObject({ resyncRequired: true });
    expect(await list(encodeCursor({ sequence: 2, eventId: second?.id ?? '' }))).toMatchObject({
      resyncRequired: false,
    });
  });
});

/** Where the database can sleep, each event takes its time between being numbered and being committed. */
async function slowCommits({ installation }: Stage): Promise<void> {
  const { writer, dialect } = installation.storage;
  if (dialect.name === 'sqlite') return;
  await writer.raw('create trigger slow after insert on events for each row set @slept = sleep(rand() * 0.01)');
}

async function fastCommits({ installation }: Stage): Promise<void> {
  const { writer, dialect } = installation.storage;
  if (dialect.name !== 'sqlite') await writer.raw('drop trigger slow');
}
