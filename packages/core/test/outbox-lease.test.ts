import { createChannel, sendMessage } from '@tims/core';
import { addTestOrganization, forEachDatabase, statusWebhook, textWebhook } from '@tims/testing';
import { expect, it } from 'vitest';
import { claim } from '../src/pipeline/outbox/claim.js';
import { expireLeases } from '../src/pipeline/outbox/expire.js';
import { createPacer } from '../src/pipeline/outbox/pacer.js';
import { recordOutcomes } from '../src/pipeline/outbox/record.js';
import { eventsAfter, headOf, newConversations, newPhone, onlyRow, rows, type Stage, shared } from './stage.js';

forEachDatabase('a send whose server is gone', (open) => {
  const stage = shared(open, { settings: { outboxLeaseMs: 60 } });

  /** A message as a process that was killed between its claim and the provider's answer leaves it. */
  const orphan = async () => {
    const tims = stage();
    const [conversationId = ''] = await newConversations(tims, 1);
    const message = await sendMessage(tims.installation, tims.admin, { conversationId, text: 'Hi' });
    const tasks = await claim(tims.installation, tims.organization, 10, createPacer());
    expect(tasks.map((task) => task.message.id)).toEqual([message.id]);
    return { tims, conversationId, message, tasks };
  };
  const afterLease = () => new Promise((resolve) => setTimeout(resolve, 80));

  it('is unknown once its lease has run out, and not sent again', async () => {
    const { tims, message } = await orphan();
    const head = await headOf(tims);
    await expireLeases(tims.installation);
    expect((await onlyRow(tims, 'messages', { id: message.id })).state).toBe('sending');
    await afterLease();
    await expireLeases(tims.installation);
    expect((await onlyRow(tims, 'messages', { id: message.id })).state).toBe('unknown');
    expect((await eventsAfter(tims, head)).map((event) => event.changes)).toEqual([{ state: ['sending', 'unknown'] }]);
    expect(await claim(tims.installation, tims.organization, 10, createPacer())).toEqual([]);
    expect(await rows(tims, 'outbox')).toEqual([]);
  });

  it('does not stop the conversation: what stands behind it is sent next', async () => {
    const { tims, conversationId } = await orphan();
    const next = await sendMessage(tims.installation, tims.admin, { conversationId, text: 'Ho' });
    expect(await claim(tims.installation, tims.organization, 10, createPacer())).toEqual([]);
    await afterLease();
    await expireLeases(tims.installation);
    const tasks = await claim(tims.installation, tims.organization, 10, createPacer());
    expect(tasks.map((task) => task.message.id)).toEqual([next.id]);
    await recordOutcomes(
      tims.installation,
      tims.organization,
      tasks.map((task) => ({ task, outcome: { type: 'sent', externalId: 'wamid.next', keys: [] } })),
    );
  });

  for (const when of ['before', 'after'] as const) {
    it(`is put right by the provider’s status that comes ${when} the lease runs out`, async () => {
      const { tims, message } = await orphan();
      if (when === 'after') {
        await afterLease();
        await expireLeases(tims.installation);
      }
      const id = `wamid.${when}`;
      await tims.receive(
        statusWebhook({ phoneNumberId: tims.phoneNumberId, id, status: 'delivered', to: '1', reference: message.id }),
      );
      expect(await onlyRow(tims, 'messages', { id: message.id })).toMatchObject({
        state: 'delivered',
        external_id: id,
      });
      expect(await rows(tims, 'outbox')).toEqual([]);
      await afterLease();
      await expireLeases(tims.installation);
      expect((await onlyRow(tims, 'messages', { id: message.id })).state).toBe('delivered');
    });
  }

  it('is put right by its own server that was only slow, whatever the lease made of it', async () => {
    const { tims, message, tasks } = await orphan();
    await afterLease();
    await expireLeases(tims.installation);
    await recordOutcomes(
      tims.installation,
      tims.organization,
      tasks.map((task) => ({ task, outcome: { type: 'sent', externalId: 'wamid.slow', keys: [] } })),
    );
    expect(await onlyRow(tims, 'messages', { id: message.id })).toMatchObject({
      state: 'sent',
      external_id: 'wamid.slow',
    });
  });

  it('cannot be claimed by a status that another channel’s webhook carries', async () => {
    const { tims, message } = await orphan();
    const foreign = await addTestOrganization(tims.installation);
    await foreign.receive(
      statusWebhook({
        phoneNumberId: foreign.phoneNumberId,
        id: 'wamid.forged',
        status: 'read',
        to: '1',
        reference: message.id,
      }),
    );
    expect((await onlyRow(tims, 'messages', { id: message.id })).state).toBe('sending');
  });
});

forEachDatabase('the pace of a channel', (open) => {
  const stage = shared(open);

  it('holds back that channel and no other', async () => {
    const tims = stage();
    const { installation, admin, organization } = tims;
    const { id: otherChannel } = await secondChannel(tims);
    for (const conversationId of await newConversations(tims, 40))
      await sendMessage(installation, admin, { conversationId, text: 'Hi' });
    await tims.receive(textWebhook({ phoneNumberId: '4711', from: newPhone() }));
    const { id: elsewhere } = await onlyRow(tims, 'conversations', { channel_id: otherChannel });
    const message = await sendMessage(installation, admin, { conversationId: elsewhere, text: 'Ho' });
    const pacer = createPacer();
    const perSecond = installation.channelPlugins.get('whatsapp')?.limits.perSecond ?? 0;
    const now = Date.now();
    while (pacer.take(tims.channelId, perSecond, now + 5_000));
    const tasks = await claim(installation, organization, 32, pacer);
    expect(tasks.map((task) => task.message.id)).toEqual([message.id]);
  });

  it('allows a second’s worth at once, and after that its rate', () => {
    const pacer = createPacer();
    const burst = (at: number) =>
      Array.from({ length: 100 }, () => pacer.take('channel', 10, at)).filter(Boolean).length;
    expect([burst(0), burst(0), burst(500), burst(600), burst(60_000)]).toEqual([10, 0, 5, 1, 10]);
  });
});

async function secondChannel({ installation, admin, teamId }: Stage) {
  return createChannel(
    installation,
    { ...admin, operator: true },
    {
      kind: 'whatsapp',
      name: 'Second number',
      defaultTeamId: teamId,
      config: { phoneNumberId: '4711', accessToken: 'token' },
      verify: false,
    },
  );
}
