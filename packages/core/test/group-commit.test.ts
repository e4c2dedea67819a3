import type { Installation } from '@tims/core';
import { forEachDatabase, newWamid, textWebhook, together } from '@tims/testing';
import { expect, it } from 'vitest';
import { newPhone, rows, shared } from './stage.js';

forEachDatabase('a group commit', (open) => {
  const stage = shared(open);

  it('gives requests that come together one transaction', async () => {
    const tims = stage();
    const webhooks = Array.from({ length: 200 }, () =>
      textWebhook({ phoneNumberId: tims.phoneNumberId, from: newPhone() }),
    );
    const transactions = await countTransactions(tims.installation, () =>
      Promise.all(webhooks.map((webhook) => tims.receive(webhook))),
    );
    expect(transactions).toBeLessThanOrEqual(3);
    expect(await rows(tims, 'messages')).toHaveLength(200);
  });

  it('lets one request alone have its own', async () => {
    const tims = stage();
    const transactions = await countTransactions(tims.installation, () =>
      tims.receive(textWebhook({ phoneNumberId: tims.phoneNumberId, from: newPhone() })),
    );
    expect(transactions).toBe(1);
  });

  it('cuts a POST of 1000 messages at 500 a transaction, and stores its body once', async () => {
    const tims = stage();
    const before = { messages: await rows(tims, 'messages'), bodies: await rows(tims, 'inbound_requests') };
    const webhook = together(
      ...Array.from({ length: 1000 }, (_, index) =>
        textWebhook({ phoneNumberId: tims.phoneNumberId, from: `6013${1_000_000 + (index % 50)}`, id: newWamid() }),
      ),
    );
    const sizes: number[] = [];
    const transactions = await countTransactions(tims.installation, async () => {
      await tims.receive(webhook);
      const heads: { sequence: number }[] = await tims.installation.storage
        .reader('organization_heads')
        .where('organization_id', tims.organization);
      sizes.push(Number(heads[0]?.sequence));
    });
    expect(transactions).toBe(2);
    expect((await rows(tims, 'messages')).length - before.messages.length).toBe(1000);
    expect((await rows(tims, 'inbound_requests')).length - before.bodies.length).toBe(1);
  });

  it('is all or nothing for one webhook with several messages, as its answer says', async () => {
    const tims = stage();
    const ids = [newWamid(), newWamid(), newWamid()];
    const report = await tims.receive(
      together(...ids.map((id) => textWebhook({ phoneNumberId: tims.phoneNumberId, from: newPhone(), id }))),
    );
    expect(report).toEqual({ accepted: 3, failed: [] });
    expect((await rows(tims, 'messages')).filter((row) => ids.includes(row.external_id))).toHaveLength(3);
  });

  it('numbers the events of one batch in the order in which its requests came', async () => {
    const tims = stage();
    const from = newPhone();
    const ids = Array.from({ length: 30 }, () => newWamid());
    await Promise.all(ids.map((id) => tims.receive(textWebhook({ phoneNumberId: tims.phoneNumberId, from, id }))));
    const messages = new Map((await rows(tims, 'messages')).map((row) => [row.id, row.external_id]));
    const events = (await rows(tims, 'events', { type: 'message.created' })).sort((a, b) => a.sequence - b.sequence);
    expect(events.map((event) => messages.get(event.entity_id)).filter((id) => ids.includes(id))).toEqual(ids);
  });
});

/** How many transactions the database committed meanwhile. */
async function countTransactions({ storage }: Installation, work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const listener = ({ sql }: { sql: string }) => {
    if (/^commit/i.test(sql)) count++;
  };
  storage.writer.on('query', listener);
  await work();
  storage.writer.removeListener('query', listener);
  return count;
}
