import {
  addTestOrganization,
  forEachDatabase,
  newWamid,
  openTestInstallation,
  textWebhook,
  together,
} from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eraseContact, reading, sendMessage, TimsError } from '../src/index.js';
import { eraseFurther } from '../src/pipeline/erasing/index.js';
import { mentionsOf } from '../src/pipeline/erasing/mentions.js';
import { claim } from '../src/pipeline/outbox/claim.js';
import { createPacer } from '../src/pipeline/outbox/pacer.js';
import { recordOutcomes } from '../src/pipeline/outbox/record.js';
import { anotherNode, conversationOf, newPhone, onlyRow, rows, type Stage } from './stage.js';

/** What the next pass waits for is over at once. */
let ahead = 0;
const clock = { now: () => Date.now() + ahead };

forEachDatabase('an erasure', (open) => {
  let tims: Stage;
  beforeAll(async () => {
    const database = await open();
    tims = { ...(await openTestInstallation(database, { clock })), database };
  });
  afterAll(() => tims?.close());

  const erase = (id: string) => eraseContact(tims.installation, tims.admin, { id });
  const erasure = (id: string) => onlyRow(tims, 'erasures', { id });
  const payload = (erasureId: string) => ({ organization: tims.organization, erasureId });

  async function finish(id: string, signal = AbortSignal.timeout(60_000)): Promise<void> {
    while ((await erasure(id)).state === 'running') {
      await eraseFurther(tims.installation, payload(id), signal);
      ahead += 4_000;
    }
  }

  async function written(phone: string, times: number): Promise<string> {
    const { phoneNumberId } = tims;
    for (let sent = 0; sent < times; sent += 100) {
      const texts = Array.from({ length: Math.min(100, times - sent) }, () =>
        textWebhook({ phoneNumberId, from: phone }),
      );
      await tims.receive(together(...texts));
    }
    return (await conversationOf(tims, phone)).contact_id;
  }

  it('goes on from the chunk where it was cut off, whenever that is, and counts nothing twice', async () => {
    const contactId = await written(newPhone(), 620);
    const { id } = await erase(contactId);
    for (let cuts = 0; (await erasure(id)).state === 'running'; cuts++) {
      // Cut off after no chunk, one or two; what a cut-off job holds is nothing.
      let left = cuts % 3;
      const cut = { throwIfAborted: () => left-- > 0 || expect.unreachable('cut') } as unknown as AbortSignal;
      await eraseFurther(tims.installation, payload(id), cut).catch(() => undefined);
      ahead += 500;
      expect(cuts).toBeLessThan(500);
    }
    const report = JSON.parse((await erasure(id)).report);
    expect(report).toMatchObject({ messages: 620, conversations: 1, contacts: 1, identities: 1, keys: 1 });
    expect((await erasure(id)).place).toBeNull();
  });

  it('is done once by several at once', async () => {
    const contactId = await written(newPhone(), 600);
    const { id } = await erase(contactId);
    const node = await anotherNode(tims);
    const signal = AbortSignal.timeout(60_000);
    await Promise.all([
      eraseFurther(tims.installation, payload(id), signal),
      eraseFurther(node.installation, payload(id), signal),
      eraseFurther(node.installation, payload(id), signal),
    ]);
    await finish(id);
    await node.close();
    expect(JSON.parse((await erasure(id)).report)).toMatchObject({ messages: 600, rawBodies: 6 });
  });

  it('takes along what was on its way in while it began, and loses nothing that came after', async () => {
    const phone = newPhone();
    const contactId = await written(phone, 20);
    const node = await anotherNode(tims);
    const { phoneNumberId } = tims;
    let written_ = 20;
    let over = false;
    const writing = [tims, node].map(async ({ receive }) => {
      for (let turn = 0; !over || turn < 5; turn++) {
        await receive(textWebhook({ phoneNumberId, from: phone, name: `Name ${turn} of the past` }));
        written_ += 1;
      }
    });
    // Two who write without pause can be in the way of it: then it is asked for again, as its caller and its job do.
    const { id } = await untilFree(() => erase(contactId));
    await untilFree(() => eraseFurther(tims.installation, payload(id), AbortSignal.timeout(60_000)));
    over = true;
    await Promise.all(writing);
    ahead += 4_000;
    await finish(id);
    await node.close();
    const erased = await rows(tims, 'conversations', { contact_id: contactId });
    const contents = await Promise.all(erased.map((one) => rows(tims, 'messages', { conversation_id: one.id })));
    expect(new Set(contents.flat().map(({ type }) => type))).toEqual(new Set(['erased']));
    expect(erased.every((one) => one.active_key === null && one.lifecycle === 'closed')).toBe(true);
    const identities = await rows(tims, 'identities', { contact_id: contactId });
    expect(identities.map(({ name }) => name)).toEqual(identities.map(() => null));
    expect((await onlyRow(tims, 'contacts', { id: contactId })).name).toBeNull();
    const key = await onlyRow(tims, 'identity_keys', { value: `+${phone}` });
    expect(identities.map((one) => one.id)).not.toContain(key.identity_id);
    const fresh = await conversationOf(tims, phone);
    const after = await rows(tims, 'messages', { conversation_id: fresh.id });
    expect(after.length + contents.flat().length).toBe(written_);
    expect(after.every(({ type }) => type === 'text')).toBe(true);
  });

  it('is not undone by the answer to what was being sent', async () => {
    const { installation, organization, admin } = tims;
    const phone = newPhone();
    const contactId = await written(phone, 1);
    const { id: conversationId } = await conversationOf(tims, phone);
    const { id: messageId } = await sendMessage(installation, admin, { conversationId, text: 'On its way' });
    const [task] = await claim(installation, organization, 10, createPacer());
    if (task?.message.id !== messageId) throw new Error('It is not on its way');
    const { id } = await erase(contactId);
    const wamid = newWamid();
    const keys = [{ type: 'user_id', value: 'MY.4711' }];
    await recordOutcomes(installation, organization, [{ task, outcome: { type: 'sent', externalId: wamid, keys } }]);
    await finish(id);
    const message = await onlyRow(tims, 'messages', { id: messageId });
    expect(message).toMatchObject({ type: 'erased', state: 'sent', external_id: expect.stringMatching(/^erased:/) });
    expect(await rows(tims, 'identity_keys', { value: 'MY.4711' })).toEqual([]);
    expect(await rows(tims, 'identity_keys', { value: `+${phone}` })).toEqual([]);
  });

  it('stops at the organization, also where one webhook spoke to several', async () => {
    const other = await addTestOrganization(tims.installation);
    const from = newPhone();
    const both = [tims, other].map(({ phoneNumberId }) => textWebhook({ phoneNumberId, from, text: 'To both' }));
    await tims.receive(together(...both));
    const { contact_id: contactId } = await conversationOf(tims, from);
    await expect(eraseContact(other.installation, other.admin, { id: contactId })).rejects.toMatchObject({
      code: 'not_found',
    });
    // Put aside, and the other organization's to take in: it names their channel, and none of this one.
    const failure = {
      ...{ id: `inf_${'0'.repeat(26)}`, organization_id: null, kind: 'whatsapp', channel_id: null, reason: 'poison' },
      ...{ detail: '', attempts: 1, received_at: 1, replayed_at: null },
      body: Buffer.from(JSON.stringify(both[1])),
    };
    await tims.installation.storage.writer('inbound_failures').insert(failure);
    const { id } = await erase(contactId);
    await finish(id);
    const theirs = await tims.installation.storage
      .reader('messages')
      .where({ organization_id: other.organization, type: 'text' });
    expect(theirs.map(({ content }) => JSON.parse(content).text)).toEqual(['To both']);
    const kept = await tims.installation.storage.reader('inbound_failures').where('id', failure.id);
    expect(kept).toHaveLength(1);
    const bodies = await tims.installation.storage.reader('inbound_requests').whereNull('organization_id');
    expect(bodies.filter(({ body }) => String(body).includes(from))).toEqual([]);
    const ctx = reading(other.installation, other.organization, other.admin);
    const keys = await ctx.trx('identity_keys').where({ organization_id: other.organization, value: `+${from}` });
    expect(keys).toHaveLength(1);
  });
});

it('a text names an address as it is, without its plus, or inside base 64, and never as a part of another', () => {
  const mentions = mentionsOf(['+60127770001', 'MY.12345']);
  const coded = (before: string) => Buffer.from(`${before}60127770001\u0015\u0002`, 'latin1').toString('base64');
  const named = [
    '"60127770001"',
    'tel:+60127770001',
    'MY.12345',
    ...['', 'a', 'ab'].map((one) => `wamid.${coded(one)}`),
  ];
  expect(named.filter((text) => !mentions(text))).toEqual([]);
  expect(['601277700012', '160127770001', 'MY.123456', 'XMY.12345', 'MYX12345', ''].filter(mentions)).toEqual([]);
  expect(mentionsOf([])('anything')).toBe(false);
});

async function untilFree<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TimsError && error.code === 'conflict') || tries === 10) throw error;
    }
  }
}
