import { sendMessage } from '@tims/core';
import { forEachDatabase, newWamid, textWebhook, together } from '@tims/testing';
import { expect, it } from 'vitest';
import { reading } from '../src/database/transaction.js';
import { keysOf } from '../src/features/contacts/index.js';
import { eventsAfter, headOf, messageWebhook, newPhone, onlyRow, type Row, rows, type Stage, shared } from './stage.js';

let users = 0;
const newUserId = () => `MY.80000000000000${String(++users).padStart(4, '0')}`;

forEachDatabase('a person', (open) => {
  const stage = shared(open);

  const say = (given: { from?: string; userId?: string; text?: string }) => messageOf(stage(), given);

  it('is known by the business-scoped id, whatever number comes with it', async () => {
    const tims = stage();
    const userId = newUserId();
    const [first, second] = [newPhone(), newPhone()];
    await tims.receive(say({ from: first, userId }));
    await tims.receive(say({ from: second, userId }));
    await tims.receive(say({ userId }));
    const conversation = await threadOf(tims, { type: 'user_id', value: userId });
    expect(conversation).toMatchObject({ unread_count: 3 });
    expect(await threadOf(tims, { type: 'phone', value: `+${second}` })).toMatchObject({ id: conversation.id });
  });

  it('who was known by number alone stays the same one when the id comes along', async () => {
    const tims = stage();
    const [from, userId] = [newPhone(), newUserId()];
    await tims.receive(say({ from }));
    await tims.receive(say({ from, userId }));
    await tims.receive(say({ userId }));
    expect(await threadOf(tims, { type: 'phone', value: `+${from}` })).toMatchObject({ unread_count: 3 });
  });

  it('is one contact once both come together, and the older conversation can still be answered', async () => {
    const tims = stage();
    const [from, userId] = [newPhone(), newUserId()];
    await tims.receive(say({ from, text: 'by number' }));
    await tims.receive(say({ userId, text: 'by id' }));
    const older = await threadOf(tims, { type: 'phone', value: `+${from}` });
    const newer = await threadOf(tims, { type: 'user_id', value: userId });
    expect(older.id).not.toBe(newer.id);
    const head = await headOf(tims);
    await tims.receive(say({ from, userId, text: 'both' }));
    expect(await rows(tims, 'conversations', { contact_id: newer.contact_id })).toHaveLength(2);
    expect(await onlyRow(tims, 'conversations', { id: newer.id })).toMatchObject({ unread_count: 2 });
    expect((await eventsAfter(tims, head)).map((event) => [event.type, event.entityId])).toContainEqual([
      'conversation.updated',
      older.id,
    ]);
    // An answer needs an address: the one that the merged identity has.
    const message = await sendMessage(tims.installation, tims.admin, { conversationId: older.id, text: 'Hi' });
    const { identity_id: identityId } = await onlyRow(tims, 'conversations', { id: older.id });
    const ctx = reading(tims.installation, tims.organization, tims.admin);
    expect((await keysOf(ctx, [identityId])).get(identityId)).toContainEqual({ type: 'phone', value: `+${from}` });
    expect(message.state).toBe('queued');
  });

  it('is one contact in whatever form WhatsApp gives the number', async () => {
    const tims = stage();
    for (const [first, second] of [
      ['551187654321', '5511987654321'],
      ['5215512345678', '525512345678'],
      ['541123456789', '5491123456789'],
    ] as const) {
      await tims.receive(say({ from: first }));
      await tims.receive(say({ from: second }));
      expect(await threadOf(tims, { type: 'phone', value: `+${second}` }), first).toMatchObject({ unread_count: 2 });
    }
  });

  it('is the same result whether messages and a changed number come one by one or in one batch', async () => {
    const tims = stage();
    const parts = () => {
      const [old, moved, userId, changedId] = [newPhone(), newPhone(), newUserId(), newUserId()];
      return {
        moved,
        webhooks: [
          say({ from: old, userId, text: 'before' }),
          changedNumber(tims, { old, moved, userId, changedId }),
          say({ from: moved, userId: changedId, text: 'after' }),
        ],
      };
    };
    const [singly, batched] = [parts(), parts()];
    for (const webhook of singly.webhooks) await tims.receive(webhook);
    await tims.receive(together(...batched.webhooks));
    for (const { moved } of [singly, batched]) {
      expect(await threadOf(tims, { type: 'phone', value: `+${moved}` })).toMatchObject({ unread_count: 2 });
    }
  });

  it('who changed the number is answered under the new one', async () => {
    const tims = stage();
    // A number that WhatsApp keeps in a form of its own, which goes before the canonical one when sending.
    const [old, moved] = ['551199998888', newPhone()];
    await tims.receive(say({ from: old }));
    await tims.receive(changedNumber(tims, { old, moved }));
    const conversation = await threadOf(tims, { type: 'phone', value: `+${moved}` });
    const ctx = reading(tims.installation, tims.organization, tims.admin);
    expect((await keysOf(ctx, [conversation.identity_id])).get(conversation.identity_id)).toEqual([
      { type: 'phone', value: `+${moved}` },
    ]);
  });

  it('who gets a number that somebody gave up is somebody else', async () => {
    const tims = stage();
    const [number, moved] = [newPhone(), newPhone()];
    await tims.receive(say({ from: number, text: 'the old owner' }));
    await tims.receive(changedNumber(tims, { old: number, moved }));
    await tims.receive(say({ from: number, text: 'the new owner' }));
    const oldOwner = await threadOf(tims, { type: 'phone', value: `+${moved}` });
    const newOwner = await threadOf(tims, { type: 'phone', value: `+${number}` });
    expect(newOwner.contact_id).not.toBe(oldOwner.contact_id);
    expect([oldOwner.unread_count, newOwner.unread_count]).toEqual([1, 1]);
  });

  it('who brings a known number and an id of their own is somebody else, though nobody told that the number changed hands', async () => {
    const tims = stage();
    const [number, oldId, newId] = [newPhone(), newUserId(), newUserId()];
    await tims.receive(say({ from: number, userId: oldId, text: 'the old owner' }));
    for (const webhook of [
      say({ from: number, userId: newId, text: 'the new owner' }),
      say({ from: number, text: 'again' }),
    ]) {
      await tims.receive(webhook);
    }
    const oldOwner = await threadOf(tims, { type: 'user_id', value: oldId });
    const newOwner = await threadOf(tims, { type: 'user_id', value: newId });
    expect(newOwner.contact_id).not.toBe(oldOwner.contact_id);
    expect([oldOwner.unread_count, newOwner.unread_count]).toEqual([1, 2]);
    expect(await threadOf(tims, { type: 'phone', value: `+${number}` })).toMatchObject({ id: newOwner.id });
    await tims.receive(say({ userId: oldId }));
    expect(await onlyRow(tims, 'conversations', { id: oldOwner.id })).toMatchObject({ unread_count: 2 });
  });

  it('is the same in one batch: two people who share a number for a moment stay two', async () => {
    const tims = stage();
    const [number, oldId, newId] = [newPhone(), newUserId(), newUserId()];
    await tims.receive(together(say({ from: number, userId: oldId }), say({ from: number, userId: newId })));
    expect((await threadOf(tims, { type: 'user_id', value: newId })).contact_id).not.toBe(
      (await threadOf(tims, { type: 'user_id', value: oldId })).contact_id,
    );
  });

  it('is called as the channel calls them, until that changes', async () => {
    const tims = stage();
    const from = newPhone();
    await tims.receive(textWebhook({ phoneNumberId: tims.phoneNumberId, from, name: 'Siti' }));
    const { contact_id: id } = await threadOf(tims, { type: 'phone', value: `+${from}` });
    const head = await headOf(tims);
    await tims.receive(textWebhook({ phoneNumberId: tims.phoneNumberId, from, name: 'Siti binti Ali' }));
    expect(await onlyRow(tims, 'contacts', { id })).toMatchObject({ name: 'Siti binti Ali', version: 2 });
    expect((await eventsAfter(tims, head)).map((event) => event.type)).toContain('contact.updated');
  });
});

function messageOf(
  { phoneNumberId }: Stage,
  { from, userId, text = 'Hello' }: { from?: string; userId?: string; text?: string },
): object {
  return messageWebhook(phoneNumberId, {
    ...(from ? { from } : {}),
    ...(userId ? { from_user_id: userId } : {}),
    id: newWamid(),
    type: 'text',
    text: { body: text },
  } as Parameters<typeof messageWebhook>[1]);
}

function changedNumber(
  { phoneNumberId }: Stage,
  { old, moved, userId, changedId }: { old: string; moved: string; userId?: string; changedId?: string },
): object {
  const ids = userId ? { previous_user_id: userId, user_id: changedId } : {};
  const system = { type: 'user_changed_number', wa_id: moved, body: 'changed', ...ids };
  return messageWebhook(phoneNumberId, { from: old, id: newWamid(), type: 'system', system });
}

/** The newest conversation of whoever has the key. */
async function threadOf(tims: Stage, key: { type: string; value: string }): Promise<Row> {
  const { identity_id } = await onlyRow(tims, 'identity_keys', key);
  return onlyRow(tims, 'conversations', { active_key: identity_id });
}
