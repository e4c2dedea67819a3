import { getConversation, listConversations, reading } from '@tims/core';
import { forEachDatabase, newWamid, openTestInstallation, statusWebhook, textWebhook, together } from '@tims/testing';
import { expect, it } from 'vitest';

forEachDatabase('ingest', (open) => {
  it('turns a customer’s first message into a contact, a conversation in the queue and a message', async () => {
    const tims = await openTestInstallation(await open());
    const { installation, organization, admin, phoneNumberId } = tims;
    await tims.receive(textWebhook({ phoneNumberId, from: '60123456701', text: 'Hello there', name: 'Aisyah' }));
    const ctx = reading(installation, organization, admin);
    const { data } = await listConversations(ctx, {});
    expect(data).toMatchObject([
      { status: 'queued', unreadCount: 1, contact: { name: 'Aisyah' }, lastMessage: { preview: 'Hello there' } },
    ]);
    const page = await getConversation(ctx, { id: data[0]?.id ?? '' });
    expect(page.messages).toMatchObject([{ direction: 'inbound', content: { type: 'text', text: 'Hello there' } }]);
    expect(page.canSend.allowed).toContain('text');
    await tims.close();
  });

  it('stores one webhook that comes fifty times at once as one message and one event', async () => {
    const tims = await openTestInstallation(await open());
    const { installation, organization, phoneNumberId } = tims;
    await tims.receive(textWebhook({ phoneNumberId, from: '60123456701' }));
    const before = await installation.storage.reader('events').where('organization_id', organization).count({ n: '*' });
    const webhook = textWebhook({ phoneNumberId, from: '60123456701', id: newWamid() });
    await Promise.all(Array.from({ length: 50 }, () => tims.receive(webhook)));
    const after = await installation.storage.reader('events').where('organization_id', organization).count({ n: '*' });
    expect(Number(after[0]?.n) - Number(before[0]?.n)).toBe(1);
    expect(await installation.storage.reader('messages').where('organization_id', organization)).toHaveLength(2);
    await tims.close();
  });

  it('makes one contact and one conversation of ten first messages that come at once', async () => {
    const tims = await openTestInstallation(await open());
    const { installation, phoneNumberId } = tims;
    const webhooks = Array.from({ length: 10 }, () => textWebhook({ phoneNumberId, from: '60123456702' }));
    await Promise.all(webhooks.map((webhook) => tims.receive(webhook)));
    expect(await installation.storage.reader('contacts')).toHaveLength(1);
    expect(await installation.storage.reader('conversations')).toMatchObject([{ unread_count: 10 }]);
    expect(await installation.storage.reader('messages')).toHaveLength(10);
    await tims.close();
  });

  it('keeps a status that comes before its message, and never goes back', async () => {
    const tims = await openTestInstallation(await open());
    const { installation, phoneNumberId } = tims;
    const id = newWamid();
    await tims.receive(statusWebhook({ phoneNumberId, id, status: 'read', to: '60123456703' }));
    expect(await installation.storage.reader('pending_updates')).toHaveLength(1);
    await tims.receive(together(textWebhook({ phoneNumberId, from: '60123456703', id })));
    expect(await installation.storage.reader('pending_updates')).toHaveLength(0);
    await tims.receive(statusWebhook({ phoneNumberId, id, status: 'delivered', to: '60123456703' }));
    expect(await installation.storage.reader('messages')).toMatchObject([{ state: 'read' }]);
    await tims.close();
  });
});
