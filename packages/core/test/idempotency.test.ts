import { assignConversation, closeConversation, type Installation, sendMessage, takeConversation } from '@tims/core';
import { addTestOrganization, forEachDatabase, textWebhook } from '@tims/testing';
import { expect, it } from 'vitest';
import { action } from '../src/database/action.js';
import { anotherNode, conversationOf, newPhone, rows, type Stage, shared } from './stage.js';

forEachDatabase('an idempotency key', (open) => {
  const stage = shared(open);

  it('makes the second call answer what the first one answered, and do nothing', async () => {
    const tims = stage();
    const input = { conversationId: await conversation(tims), text: 'Hi' };
    const first = await sendMessage(tims.installation, tims.admin, input, 'same');
    const second = await sendMessage(tims.installation, tims.admin, input, 'same');
    expect(second).toEqual(first);
    expect(await rows(tims, 'outbox', { conversation_id: input.conversationId })).toHaveLength(1);
  });

  it('does so also where the state has moved on: the answer is the first one', async () => {
    const tims = stage();
    const id = await conversation(tims);
    const closed = await closeConversation(tims.installation, tims.admin, { id, reason: 'resolved' }, 'close');
    // Without the key, closing what is closed is refused.
    await expect(closeConversation(tims.installation, tims.admin, { id, reason: 'resolved' })).rejects.toMatchObject({
      code: 'transition_refused',
    });
    expect(await closeConversation(tims.installation, tims.admin, { id, reason: 'resolved' }, 'close')).toEqual(closed);
  });

  it('is refused with another body', async () => {
    const tims = stage();
    const conversationId = await conversation(tims);
    await sendMessage(tims.installation, tims.admin, { conversationId, text: 'one' }, 'body');
    await expect(
      sendMessage(tims.installation, tims.admin, { conversationId, text: 'two' }, 'body'),
    ).rejects.toMatchObject({
      code: 'idempotency_key_reused',
      status: 422,
    });
  });

  it('is left behind by no call that failed', async () => {
    const tims = stage();
    const id = await conversation(tims);
    await closeConversation(tims.installation, tims.admin, { id, reason: 'resolved' });
    await expect(takeConversation(tims.installation, tims.admin, { id }, 'failing')).rejects.toMatchObject({
      status: 409,
    });
    expect(await rows(tims, 'idempotency_keys', { key: 'failing' })).toEqual([]);
    await expect(takeConversation(tims.installation, tims.admin, { id }, 'failing')).rejects.toMatchObject({
      status: 409,
    });
  });

  it('belongs to its actor, its operation and its organization, and is told apart by every byte', async () => {
    const tims = stage();
    const [id, other] = [await conversation(tims), await conversation(tims)];
    const agent = await tims.addUser('manager', [tims.teamId]);
    const foreign = { ...(await addTestOrganization(tims.installation)), database: tims.database };
    const theirs = await conversation(foreign);
    await sendMessage(tims.installation, tims.admin, { conversationId: id, text: 'Hi' }, 'scope');
    await sendMessage(tims.installation, agent, { conversationId: other, text: 'Ho' }, 'scope');
    await sendMessage(foreign.installation, foreign.admin, { conversationId: theirs, text: 'Hu' }, 'scope');
    await assignConversation(tims.installation, tims.admin, { id, assigneeId: agent.id }, 'scope');
    await sendMessage(tims.installation, tims.admin, { conversationId: id, text: 'Ha' }, 'Scope');
    await sendMessage(tims.installation, tims.admin, { conversationId: id, text: 'He' }, 'scope ');
    expect(await rows(tims, 'idempotency_keys', { operation: 'messages.send' })).toHaveLength(
      (await rows(tims, 'outbox')).length,
    );
  });

  it('does a call once that comes twenty times at once, on two servers, and gives all the same answer', async () => {
    const tims = stage();
    const other = await anotherNode(tims);
    const input = { conversationId: await conversation(tims), text: 'Once' };
    const calls = Array.from({ length: 20 }, (_, index) =>
      sendMessage((index % 2 ? tims : other).installation, tims.admin, input, 'parallel'),
    );
    const answers = await Promise.all(calls);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await rows(tims, 'outbox', { conversation_id: input.conversationId })).toHaveLength(1);
    await other.close();
  });

  it('lets a duplicate of a call that still runs wait, and refuses it after two seconds', async () => {
    const tims = stage();
    let calls = 0;
    const slow = action('tests.slow', async (_ctx, { ms }: { ms: number }) => {
      calls++;
      await new Promise((resolve) => setTimeout(resolve, ms));
      return { done: true };
    });
    const twice = (installation: Installation, ms: number, key: string) =>
      Promise.allSettled([slow(installation, tims.admin, { ms }, key), slow(installation, tims.admin, { ms }, key)]);
    expect(await twice(tims.installation, 200, 'short')).toMatchObject([
      { value: { done: true } },
      { value: { done: true } },
    ]);
    expect(calls).toBe(1);
    expect(await twice(tims.installation, 2_600, 'long')).toMatchObject([
      { value: { done: true } },
      { reason: { code: 'idempotency_in_progress', status: 409 } },
    ]);
    expect(calls).toBe(2);
    expect(await slow(tims.installation, tims.admin, { ms: 2_600 }, 'long')).toEqual({ done: true });
    expect(calls).toBe(2);
  });
});

async function conversation(tims: Stage): Promise<string> {
  const from = newPhone();
  await tims.receive(textWebhook({ phoneNumberId: tims.phoneNumberId, from }));
  return (await conversationOf(tims, from)).id;
}
