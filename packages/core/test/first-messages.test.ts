import { forEachDatabase, textWebhook } from '@tims/testing';
import { expect, it } from 'vitest';
import { anotherNode, conversationOf, newPhone, rows, shared } from './stage.js';

forEachDatabase('the first messages of a new contact', (open) => {
  const stage = shared(open);

  it('make one contact and one conversation when ten come at once', async () => {
    const tims = stage();
    const from = newPhone();
    await Promise.all(
      Array.from({ length: 10 }, () => tims.receive(textWebhook({ phoneNumberId: tims.phoneNumberId, from }))),
    );
    const conversation = await conversationOf(tims, from);
    expect(conversation).toMatchObject({ unread_count: 10 });
    expect(await rows(tims, 'messages', { conversation_id: conversation.id })).toHaveLength(10);
    expect(await rows(tims, 'contacts')).toHaveLength(1);
  });

  it('do so too when they come to two servers, again and again', async () => {
    const tims = stage();
    const other = await anotherNode(tims);
    const contacts = (await rows(tims, 'contacts')).length;
    for (let round = 0; round < 8; round++) {
      const from = newPhone();
      const webhooks = Array.from({ length: 10 }, () => textWebhook({ phoneNumberId: tims.phoneNumberId, from }));
      await Promise.all(webhooks.map((webhook, index) => (index % 2 ? tims : other).receive(webhook)));
      const conversation = await conversationOf(tims, from);
      expect(conversation).toMatchObject({ unread_count: 10, active_key: conversation.identity_id });
      expect(await rows(tims, 'messages', { conversation_id: conversation.id })).toHaveLength(10);
    }
    expect((await rows(tims, 'contacts')).length - contacts).toBe(8);
    expect(await rows(tims, 'conversations')).toHaveLength(9);
    await other.close();
  });

  it('are one message and one event when one webhook comes fifty times to two servers', async () => {
    const tims = stage();
    const other = await anotherNode(tims);
    const from = newPhone();
    const webhook = textWebhook({ phoneNumberId: tims.phoneNumberId, from });
    await Promise.all(Array.from({ length: 50 }, (_, index) => (index % 2 ? tims : other).receive(webhook)));
    const conversation = await conversationOf(tims, from);
    const [message, ...more] = await rows(tims, 'messages', { conversation_id: conversation.id });
    expect(more).toEqual([]);
    expect(await rows(tims, 'events', { type: 'message.created', entity_id: message?.id })).toHaveLength(1);
    await other.close();
  });
});
