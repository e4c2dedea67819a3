import { updateSettings } from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { conversationAt, customerWritesAgain, openStage, type Stage } from '../stage/index.js';

forEachDatabase('somebody who writes without pause', (open) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(await open());
  });
  afterAll(() => stage.close());

  it('is stored to the last message, marked, and pushes nobody else down the list', async () => {
    const { tims, admin, call } = stage;
    await updateSettings(tims.installation, tims.admin, { floodPerMinute: 10 });
    const loud = await conversationAt(tims);
    await customerWritesAgain(tims, loud, 9);
    const quiet = await conversationAt(tims);
    await customerWritesAgain(tims, loud, 40);
    const { body } = await call('GET', '/api/conversations?limit=2', { as: admin });
    expect(body.data.map((one: { id: string }) => one.id)).toEqual([quiet.id, loud.id]);
    expect(body.data[1]).toMatchObject({ unreadCount: 50, floodedAt: expect.any(String) });
    expect(body.data[0]).toMatchObject({ unreadCount: 1, floodedAt: null });
    const { body: page } = await call('GET', `/api/conversations/${loud.id}?limit=100`, { as: admin });
    expect(page.messages).toHaveLength(50);
    expect(page.messages.filter((one: { flood: boolean }) => one.flood)).toHaveLength(40);
  });

  it('by many new senders over one channel is marked conversation by conversation', async () => {
    const { tims, admin, call } = stage;
    await updateSettings(tims.installation, tims.admin, { channelFloodPerMinute: 3 });
    const made = [];
    for (let i = 0; i < 6; i++) made.push(await conversationAt(tims));
    const { body } = await call('GET', `/api/conversations?ids=${made.map(({ id }) => id).join(',')}`, { as: admin });
    const flooded = body.data.filter((one: { floodedAt: string | null }) => one.floodedAt !== null);
    expect(flooded).toHaveLength(3);
  });
});
