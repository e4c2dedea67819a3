import { closeConversation, getConversation, readConversation, reading, sendMessage } from '@tims/core';
import { forEachDatabase, newWamid, statusWebhook, textWebhook, together } from '@tims/testing';
import { expect, it } from 'vitest';
import {
  conversationOf,
  echoWebhook,
  eventsAfter,
  headOf,
  messageWebhook,
  newPhone,
  now,
  onlyRow,
  otherField,
  type Row,
  rows,
  type Stage,
  shared,
} from './stage.js';

forEachDatabase('an update', (open) => {
  const stage = shared(open);

  for (const lifecycle of ['open', 'pending', 'closed'] as const) {
    it(`of a ${lifecycle} conversation wakes, unreads and reopens nothing`, async () => {
      const tims = stage();
      const { phoneNumberId } = tims;
      const [from, id, echo] = [newPhone(), newWamid(), newWamid()];
      if (lifecycle !== 'pending') await tims.receive(textWebhook({ phoneNumberId, from, id }));
      await tims.receive(echoWebhook({ phoneNumberId, to: from, id: echo }));
      if (lifecycle === 'pending') await tims.receive(historyOf(tims, from, id));
      const { id: conversationId } = await conversationOf(tims, from);
      if (lifecycle === 'closed')
        await closeConversation(tims.installation, tims.admin, { id: conversationId, reason: 'resolved' });
      else await readConversation(tims.installation, tims.admin, { id: conversationId });
      const before = await onlyRow(tims, 'conversations', { id: conversationId });
      expect(before).toMatchObject({ lifecycle, unread_count: 0 });
      const head = await headOf(tims);

      const update = (message: Row) => messageWebhook(phoneNumberId, { from, id: newWamid(), ...message });
      await tims.receive(statusWebhook({ phoneNumberId, id: echo, to: from, status: 'read' }));
      await tims.receive(update({ type: 'reaction', reaction: { message_id: echo, emoji: '👍' } }));
      await tims.receive(
        update({
          type: 'edit',
          edit: { original_message_id: id, message: { type: 'text', text: { body: 'Edited' } } },
        }),
      );
      await tims.receive(update({ type: 'revoke', revoke: { original_message_id: id } }));
      await tims.receive(
        update({ type: 'system', system: { type: 'user_changed_number', wa_id: newPhone(), body: 'changed' } }),
      );

      expect(await onlyRow(tims, 'conversations', { id: conversationId })).toEqual(before);
      const told = (await eventsAfter(tims, head)).map((event) => event.type);
      expect(told).toEqual([
        'message.updated',
        'message.updated',
        'message.updated',
        'message.updated',
        'contact.updated',
      ]);
      expect(await rows(tims, 'messages', { external_id: id })).toMatchObject([{ revoked_at: expect.any(Number) }]);
    });
  }

  it('of a message is shown with it: the edit, the reaction, the time it was read', async () => {
    const tims = stage();
    const { phoneNumberId, installation, organization, admin } = tims;
    const [from, id, echo] = [newPhone(), newWamid(), newWamid()];
    await tims.receive(textWebhook({ phoneNumberId, from, id, text: 'Monday' }));
    await tims.receive(echoWebhook({ phoneNumberId, to: from, id: echo }));
    await tims.receive(
      messageWebhook(phoneNumberId, {
        from,
        id: newWamid(),
        type: 'edit',
        edit: { original_message_id: id, message: { type: 'text', text: { body: 'Tuesday' } } },
      }),
    );
    await tims.receive(
      messageWebhook(phoneNumberId, {
        from,
        id: newWamid(),
        type: 'reaction',
        reaction: { message_id: echo, emoji: '👍' },
      }),
    );
    await tims.receive(statusWebhook({ phoneNumberId, id: echo, to: from, status: 'read' }));
    const { messages } = await getConversation(reading(installation, organization, admin), {
      id: (await conversationOf(tims, from)).id,
    });
    expect(messages).toMatchObject([
      { content: { text: 'Tuesday' }, editedAt: expect.any(String), state: null },
      { state: 'read', readAt: expect.any(String), reactions: [{ emoji: '👍' }] },
    ]);
  });
});

forEachDatabase('the order of messages', (open) => {
  const stage = shared(open);

  it('is that of sending, also when an old message comes late, and the late one is not the last line', async () => {
    const tims = stage();
    const { phoneNumberId, installation, organization, admin } = tims;
    const from = newPhone();
    const at = now() - 600;
    for (const [text, offset] of [
      ['first', 0],
      ['third', 20],
      ['second', 10],
    ] as const) {
      await tims.receive(textWebhook({ phoneNumberId, from, text, at: at + offset }));
    }
    const conversation = await conversationOf(tims, from);
    const page = await getConversation(reading(installation, organization, admin), { id: conversation.id });
    expect(page.messages.map((message) => message.content)).toMatchObject([
      { text: 'first' },
      { text: 'second' },
      { text: 'third' },
    ]);
    expect(page.conversation).toMatchObject({ lastMessage: { preview: 'third' }, unreadCount: 3 });
  });

  it('keeps what was sent in the same second in the order in which it came, and the last line is the last one', async () => {
    const tims = stage();
    const { phoneNumberId, installation, organization, admin } = tims;
    const from = newPhone();
    const at = now() - 60;
    const texts = Array.from({ length: 40 }, (_, index) => `line ${index}`);
    await tims.receive(together(...texts.slice(0, 20).map((text) => textWebhook({ phoneNumberId, from, text, at }))));
    await Promise.all(texts.slice(20).map((text) => tims.receive(textWebhook({ phoneNumberId, from, text, at }))));
    const page = await getConversation(reading(installation, organization, admin), {
      id: (await conversationOf(tims, from)).id,
    });
    expect(page.messages.map((message) => message.content.type === 'text' && message.content.text)).toEqual(texts);
    expect(page.conversation.lastMessage?.preview).toBe('line 39');
  });

  it('is not moved by a phone whose clock is ahead', async () => {
    const tims = stage();
    const from = newPhone();
    await tims.receive(
      textWebhook({ phoneNumberId: tims.phoneNumberId, from, text: 'from the future', at: now() + 3_600 }),
    );
    const [message] = await rows(tims, 'messages', { conversation_id: (await conversationOf(tims, from)).id });
    expect(message?.display_at).toBe(message?.received_at);
  });
});

forEachDatabase('what was said elsewhere', (open) => {
  const stage = shared(open);

  it('notifies nobody when it is imported, opens no window and stands in a closed conversation', async () => {
    const tims = stage();
    const from = newPhone();
    const head = await headOf(tims);
    await tims.receive(historyOf(tims, from, newWamid()));
    const conversation = await conversationOf(tims, from);
    expect(conversation).toMatchObject({
      lifecycle: 'closed',
      close_reason: 'imported',
      unread_count: 0,
      waiting_since: null,
    });
    expect((await eventsAfter(tims, head)).map((event) => event.type)).toEqual([
      'contact.created',
      'conversation.created',
      'conversation.updated',
    ]);
    expect(await onlyRow(tims, 'identities', { id: conversation.identity_id })).toMatchObject({
      last_inbound_at: null,
    });
    const page = await getConversation(reading(tims.installation, tims.organization, tims.admin), {
      id: conversation.id,
    });
    expect(page.canSend.allowed).not.toContain('text');
  });

  it('does not touch a conversation that is going on when it is imported', async () => {
    const tims = stage();
    const from = newPhone();
    await tims.receive(textWebhook({ phoneNumberId: tims.phoneNumberId, from, text: 'now' }));
    const before = await conversationOf(tims, from);
    const head = await headOf(tims);
    await tims.receive(historyOf(tims, from, newWamid()));
    const { version: _before, ...same } = before;
    expect(await conversationOf(tims, from)).toMatchObject(same);
    // One event a batch, however many messages it brought: whoever looks at the conversation sees that there is more.
    expect((await eventsAfter(tims, head)).map((event) => event.type)).toEqual(['conversation.updated']);
    expect(await rows(tims, 'messages', { conversation_id: before.id })).toHaveLength(2);
  });

  it('clears the waiting when our side answered in the vendor’s own app', async () => {
    const tims = stage();
    const from = newPhone();
    await tims.receive(textWebhook({ phoneNumberId: tims.phoneNumberId, from }));
    expect(await conversationOf(tims, from)).toMatchObject({ unread_count: 1, waiting_since: expect.any(Number) });
    await tims.receive(echoWebhook({ phoneNumberId: tims.phoneNumberId, to: from, id: newWamid() }));
    expect(await conversationOf(tims, from)).toMatchObject({ unread_count: 0, waiting_since: null, lifecycle: 'open' });
  });

  it('waits for the customer when our side began in the vendor’s own app; the customer’s answer wakes it', async () => {
    const tims = stage();
    const from = newPhone();
    await tims.receive(echoWebhook({ phoneNumberId: tims.phoneNumberId, to: from, id: newWamid() }));
    expect(await conversationOf(tims, from)).toMatchObject({
      lifecycle: 'pending',
      unread_count: 0,
      initiated_by: 'agent',
    });
    const head = await headOf(tims);
    await tims.receive(textWebhook({ phoneNumberId: tims.phoneNumberId, from }));
    expect(await conversationOf(tims, from)).toMatchObject({ lifecycle: 'open', handler: 'team', unread_count: 1 });
    expect((await eventsAfter(tims, head)).map((event) => event.type)).toEqual([
      'contact.updated',
      'conversation.woken',
      'message.created',
    ]);
  });

  it('waits for nobody while the provider’s own bot holds the thread', async () => {
    const tims = stage();
    const { phoneNumberId } = tims;
    const from = newPhone();
    await tims.receive(
      otherField('standby', phoneNumberId, {
        contacts: [{ wa_id: from, profile: { name: 'Dana' } }],
        standby: {
          messages: [{ from, id: newWamid(), timestamp: String(now()), type: 'text', text: { body: 'To the robot' } }],
        },
      }),
    );
    expect(await conversationOf(tims, from)).toMatchObject({
      handler: 'ai',
      status: 'new',
      unread_count: 0,
      waiting_since: null,
    });
  });
});

forEachDatabase('a send and a status', (open) => {
  const stage = shared(open);

  it('find each other by our own id before the provider’s is known, and what came for that id before is applied', async () => {
    const tims = stage();
    const { phoneNumberId, installation, admin } = tims;
    const [from, id] = [newPhone(), newWamid()];
    await tims.receive(textWebhook({ phoneNumberId, from }));
    const { id: conversationId } = await conversationOf(tims, from);
    const message = await sendMessage(installation, admin, { conversationId, text: 'Hi' });
    // The answer to the send is lost; the customer reacts to what came before we know its id.
    await tims.receive(
      messageWebhook(phoneNumberId, {
        from,
        id: newWamid(),
        type: 'reaction',
        reaction: { message_id: id, emoji: '👍' },
      }),
    );
    expect(await rows(tims, 'reactions')).toHaveLength(0);
    await tims.receive(statusWebhook({ phoneNumberId, id, to: from, status: 'delivered', reference: message.id }));
    expect(await onlyRow(tims, 'messages', { id: message.id })).toMatchObject({ state: 'delivered', external_id: id });
    expect(await rows(tims, 'reactions')).toMatchObject([{ message_id: message.id, emoji: '👍' }]);
    expect(await rows(tims, 'outbox')).toHaveLength(0);
    expect(await rows(tims, 'pending_updates')).toHaveLength(0);
  });
});

/** One message of the past, as Meta imports it. */
function historyOf({ phoneNumberId }: Stage, from: string, id: string): object {
  const message = {
    from,
    id,
    timestamp: '1750000000',
    type: 'text',
    text: { body: 'Long ago' },
    history_context: { status: 'READ' },
  };
  return otherField('history', phoneNumberId, {
    history: [{ metadata: { phase: 0, chunk_order: 1, progress: 55 }, threads: [{ id: from, messages: [message] }] }],
  });
}
