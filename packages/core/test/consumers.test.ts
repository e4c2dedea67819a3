import {
  assignConversation,
  closeConversation,
  type Installation,
  type LoggedEvent,
  readConversation,
  reading,
  reopenConversation,
  sendMessage,
  TimsError,
  takeConversation,
  transaction,
} from '@tims/core';
import { forEachDatabase, newWamid, textWebhook } from '@tims/testing';
import { expect, it } from 'vitest';
import type { Context } from '../src/database/context.js';
import { countDrift } from '../src/features/counts/index.js';
import type { Consumer } from '../src/pipeline/consumers/consumer.js';
import { countsConsumer } from '../src/pipeline/consumers/counts.js';
import { catchUp } from '../src/pipeline/consumers/runner.js';
import {
  anotherNode,
  echoWebhook,
  eventsAfter,
  headOf,
  newPhone,
  type Row,
  rows,
  type Stage,
  seeded,
  shared,
} from './stage.js';

const actor = { type: 'system', id: 'test' } as const;

forEachDatabase('a consumer', (open) => {
  const stage = shared(open);

  it('sees every event in order, and its effect is there exactly once also when it fails halfway', async () => {
    const tims = stage();
    await effectsTable(tims);
    await tell(tims, 20);
    let attempts = 0;
    const consumer = consumerOf('halfway', async (ctx, events) => {
      await note(ctx, 'halfway', events);
      if (attempts++ === 0) throw new Error('after the effect, before the cursor');
    });
    await finish(tims.installation, consumer);
    expect(attempts).toBeGreaterThan(1);
    expect(await effects(tims, 'halfway')).toEqual((await eventsAfter(tims, 0)).map((event) => event.sequence));
    expect(await rows(tims, 'parked_events', { consumer: 'halfway' })).toEqual([]);
  });

  it('puts an event aside that fails five times, visibly, and goes on with the rest', async () => {
    const tims = stage();
    await tell(tims, 20);
    const poison = (await headOf(tims)) - 10;
    let failures = 0;
    const consumer = consumerOf('poisoned', async (ctx, events) => {
      await note(ctx, 'poisoned', events);
      if (!events.some((event) => event.sequence === poison)) return;
      if (events.length === 1) failures++;
      throw new Error('cannot');
    });
    await finish(tims.installation, consumer);
    expect(failures).toBe(5);
    const others = (await eventsAfter(tims, 0))
      .map((event) => event.sequence)
      .filter((sequence) => sequence !== poison);
    expect(await effects(tims, 'poisoned')).toEqual(others);
    expect(await rows(tims, 'parked_events', { consumer: 'poisoned' })).toMatchObject([
      { sequence: poison, error: 'Error: cannot' },
    ]);
  });

  it('blames no event for a database that is away', async () => {
    const tims = stage();
    await tell(tims, 5);
    let away = 12;
    const consumer = consumerOf('away', async (ctx, events) => {
      if (away-- > 0) throw new TimsError('database_unavailable');
      await note(ctx, 'away', events);
    });
    for (let round = 0; round < 12; round++) {
      await expect(catchUp(tims.installation, consumer)).rejects.toMatchObject({ code: 'database_unavailable' });
    }
    await finish(tims.installation, consumer);
    expect(await rows(tims, 'parked_events', { consumer: 'away' })).toEqual([]);
    expect(await effects(tims, 'away')).toHaveLength(await headOf(tims));
  });

  it('counts nothing twice when two servers run it on one log', async () => {
    const tims = stage();
    const other = await anotherNode(tims);
    const consumer = consumerOf('twice', async (ctx, events) => {
      await note(ctx, 'twice', events);
      await new Promise((resolve) => setTimeout(resolve, 2));
    });
    const writing = (async () => {
      for (let round = 0; round < 30; round++) await tell(tims, 3);
    })();
    const follow = async (installation: Installation) => {
      for (let round = 0; round < 30; round++) await catchUp(installation, consumer);
    };
    await Promise.all([writing, follow(tims.installation), follow(other.installation)]);
    await finish(other.installation, consumer);
    await other.close();
    expect(await effects(tims, 'twice')).toEqual((await eventsAfter(tims, 0)).map((event) => event.sequence));
  });
});

forEachDatabase('the counts', (open) => {
  const stage = shared(open);

  it('equal a recount after a random walk of everything that changes a conversation, on two servers at once', async () => {
    const tims = stage();
    const { installation, admin } = tims;
    const team = await tims.addTeam('billing');
    const other = await anotherNode(tims);
    const random = seeded(8);
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
    const phones = Array.from({ length: 12 }, newPhone);
    let refused = 0;
    const step = async () => {
      const node = random() < 0.5 ? tims : other;
      const from = pick(phones);
      const conversations = await rows(tims, 'conversations');
      const id = conversations.length > 0 ? pick(conversations).id : '';
      const moves = [
        () => node.receive(textWebhook({ phoneNumberId: tims.phoneNumberId, from })),
        () => node.receive(echoWebhook({ phoneNumberId: tims.phoneNumberId, to: from, id: newWamid() })),
        () => takeConversation(node.installation, admin, { id }),
        () => assignConversation(node.installation, admin, { id, teamId: pick([team, tims.teamId]) }),
        () => assignConversation(node.installation, admin, { id, assigneeId: admin.id }),
        () => closeConversation(node.installation, admin, { id, reason: 'resolved' }),
        () => reopenConversation(node.installation, admin, { id }),
        () => readConversation(node.installation, admin, { id }),
        () => sendMessage(node.installation, admin, { conversationId: id, text: 'Hi' }),
        () => expireReopening(tims, id),
        () => catchUp(node.installation, countsConsumer),
      ];
      await pick(moves)().catch((error: unknown) => {
        if (!(error instanceof TimsError) || error.status >= 500) throw error;
        refused++;
      });
    };
    for (let round = 0; round < 60; round++) await Promise.all(Array.from({ length: 4 }, step));
    await finish(installation, countsConsumer);
    await other.close();
    expect(refused).toBeLessThan(160);
    expect((await rows(tims, 'conversations')).length).toBeGreaterThan(12);
    expect(await countDrift(reading(installation, tims.organization, admin))).toEqual([]);
    const counted = (await rows(tims, 'conversation_counts')).reduce((sum, row) => sum + row.count, 0);
    expect(counted).toBe((await rows(tims, 'conversations')).length);
  });
});

function consumerOf(name: string, handle: Consumer['handle']): Consumer {
  return { name, handle };
}

async function finish(installation: Installation, consumer: Consumer): Promise<void> {
  while (await catchUp(installation, consumer));
}

async function tell(tims: Stage, count: number): Promise<void> {
  await transaction(tims.installation, tims.organization, actor, async (ctx) => {
    for (let one = 0; one < count; one++)
      ctx.append({ type: 'channel.updated', entityId: tims.channelId, entityVersion: one });
  });
}

async function effectsTable({ installation }: Stage): Promise<void> {
  await installation.storage.writer.schema.createTable('effects', (table) => {
    table.string('organization_id', 40);
    table.string('consumer', 40);
    table.integer('sequence');
  });
}

async function note(ctx: Context, consumer: string, events: readonly LoggedEvent[]): Promise<void> {
  const rows = events.map((event) => ({ organization_id: ctx.organization, consumer, sequence: event.sequence }));
  await ctx.installation.storage.dialect.bulkInsert(ctx.trx, 'effects', rows);
}

/** In the order in which they were noted would be stricter than the promise; each once is what it says. */
async function effects(tims: Stage, consumer: string): Promise<number[]> {
  const noted: Row[] = await rows(tims, 'effects', { consumer });
  return noted.map((row) => row.sequence).sort((a, b) => a - b);
}

/** A closed conversation that was closed long ago: the customer's next message starts a new one. */
async function expireReopening({ installation, organization }: Stage, id: string): Promise<void> {
  const longAgo = Date.now() - 48 * 3_600_000;
  await installation.storage
    .writer('conversations')
    .where({ organization_id: organization, id, lifecycle: 'closed' })
    .update({ closed_at: longAgo });
}
