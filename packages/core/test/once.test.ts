import { forEachDatabase, newWamid, statusWebhook, textWebhook, together } from '@tims/testing';
import { expect, it } from 'vitest';
import { applyKeptUpdates } from '../src/pipeline/ingest/kept-updates.js';
import {
  anotherNode,
  echoWebhook,
  messageWebhook,
  newPhone,
  now,
  onlyRow,
  permutations,
  type Row,
  rows,
  shared,
  snapshot,
} from './stage.js';

type State = 'sent' | 'delivered' | 'read' | 'failed';

forEachDatabase('what comes more than once', (open) => {
  const stage = shared(open);

  it('is one message, however often and beside whatever else it comes', async () => {
    const tims = stage();
    const { phoneNumberId } = tims;
    const webhooks = Array.from({ length: 12 }, (_, index) =>
      textWebhook({ phoneNumberId, from: newPhone(), id: newWamid(), text: `${index}` }),
    );
    for (const webhook of webhooks) await tims.receive(webhook);
    const before = await snapshot(tims);
    // Meta does not promise to cut its POSTs the same way again.
    await tims.receive(together(...webhooks));
    await tims.receive(together(...webhooks.slice(3), ...webhooks, ...webhooks.slice(0, 3).reverse()));
    await Promise.all([...webhooks, together(...webhooks)].map((webhook) => tims.receive(webhook)));
    expect(await snapshot(tims)).toEqual(before);
  });

  it('is one of everything: statuses, reactions, edits, deletions, opt-outs, changed numbers', async () => {
    const tims = stage();
    const { phoneNumberId } = tims;
    const [from, moved] = [newPhone(), newPhone()];
    const [id, echo] = [newWamid(), newWamid()];
    const system = { type: 'user_changed_number', wa_id: moved, body: 'changed' };
    const webhooks = [
      textWebhook({ phoneNumberId, from, id }),
      echoWebhook({ phoneNumberId, to: from, id: echo }),
      statusWebhook({ phoneNumberId, id: echo, to: from, status: 'delivered' }),
      messageWebhook(phoneNumberId, {
        from,
        id: newWamid(),
        type: 'reaction',
        reaction: { message_id: echo, emoji: '👍' },
      }),
      messageWebhook(phoneNumberId, {
        from,
        id: newWamid(),
        type: 'edit',
        edit: { original_message_id: id, message: { type: 'text', text: { body: 'Edited' } } },
      }),
      messageWebhook(phoneNumberId, { from, id: newWamid(), type: 'revoke', revoke: { original_message_id: id } }),
      messageWebhook(phoneNumberId, { from, id: newWamid(), type: 'system', system }),
    ];
    for (const webhook of webhooks) await tims.receive(webhook);
    const before = await snapshot(tims);
    for (const webhook of webhooks) await tims.receive(webhook);
    await tims.receive(together(...webhooks));
    expect(await snapshot(tims)).toEqual(before);
  });

  it('is told apart by every byte of its id', async () => {
    const tims = stage();
    const { phoneNumberId } = tims;
    const from = newPhone();
    const base = newWamid().slice(0, -1);
    const ids = ['é', 'É', 'e\u0301', 'e', 'E', 'é ', ' é', 'ﬁ', 'fi', 'ß', 'ss', '😀', '😁'].map(
      (end) => `${base}${end}`,
    );
    await Promise.all(ids.map((id) => tims.receive(textWebhook({ phoneNumberId, from, id }))));
    await tims.receive(together(...ids.map((id) => textWebhook({ phoneNumberId, from, id }))));
    const stored = (await rows(tims, 'messages')).map((row) => row.external_id).filter((id) => id.startsWith(base));
    expect(stored.sort()).toEqual([...ids].sort());
    await tims.receive(statusWebhook({ phoneNumberId, id: `${base}É`, to: from, status: 'read' }));
    expect(await rows(tims, 'messages', { state: 'read' })).toMatchObject([{ external_id: `${base}É` }]);
  });

  it('ends in the same state whatever the order of statuses and message', async () => {
    const tims = stage();
    const sets: State[][] = [
      ['sent', 'delivered', 'read'],
      ['sent', 'failed', 'delivered'],
      ['sent', 'read', 'failed'],
    ];
    for (const states of sets) {
      const orders = permutations<State | 'message'>(['message', ...states]).map((steps) => ({
        steps,
        id: newWamid(),
        to: newPhone(),
      }));
      const at = now() - 100;
      const webhookOf = ({ id, to }: { id: string; to: string }, step: State | 'message') =>
        step === 'message'
          ? echoWebhook({ phoneNumberId: tims.phoneNumberId, to, id, at })
          : statusWebhook({
              phoneNumberId: tims.phoneNumberId,
              id,
              to,
              status: step,
              at: at + 1 + states.indexOf(step),
            });
      const half = orders.filter((_, index) => index % 2 === 0);
      // Half of them one by one, the other half in POSTs that carry the same step of each.
      for (const order of half) for (const step of order.steps) await tims.receive(webhookOf(order, step));
      const others = orders.filter((order) => !half.includes(order));
      for (let step = 0; step < 4; step++) {
        await tims.receive(together(...others.map((order) => webhookOf(order, order.steps[step] ?? 'message'))));
      }
      const ends = await Promise.all(
        orders.map(async ({ id }) => endOf(await onlyRow(tims, 'messages', { external_id: id }))),
      );
      expect(new Set(ends.map((end) => JSON.stringify(end))).size, JSON.stringify(states)).toBe(1);
      expect(ends[0]?.state).toBe(states.includes('read') ? 'read' : 'delivered');
    }
    expect(await rows(tims, 'pending_updates')).toHaveLength(0);
  });

  it('ends in the same reaction whatever the order', async () => {
    const tims = stage();
    const { phoneNumberId } = tims;
    const at = now() - 100;
    const steps = [
      { emoji: '👍', at: at + 1 },
      { emoji: '❤', at: at + 2 },
      { emoji: '👍', at: at + 3 },
    ];
    for (const order of permutations(steps)) {
      const [from, id] = [newPhone(), newWamid()];
      await tims.receive(textWebhook({ phoneNumberId, from, id, at }));
      for (const { emoji, at: when } of order) {
        await tims.receive(
          messageWebhook(phoneNumberId, {
            from,
            id: newWamid(),
            at: when,
            type: 'reaction',
            reaction: { message_id: id, emoji },
          }),
        );
      }
      const message = await onlyRow(tims, 'messages', { external_id: id });
      expect(
        (await onlyRow(tims, 'reactions', { message_id: message.id })).emoji,
        order.map((step) => step.emoji).join(),
      ).toBe('👍');
    }
  });

  it('tells of several statuses in one POST as one step from the first state to the last', async () => {
    const tims = stage();
    const { phoneNumberId, installation, organization } = tims;
    const [to, id] = [newPhone(), newWamid()];
    await tims.receive(echoWebhook({ phoneNumberId, to, id }));
    await tims.receive(
      together(...(['delivered', 'read'] as const).map((status) => statusWebhook({ phoneNumberId, id, to, status }))),
    );
    const [last] = await installation.storage
      .reader('events')
      .where('organization_id', organization)
      .orderBy('sequence', 'desc')
      .limit(1);
    expect(JSON.parse(last.data).changes).toEqual({ state: ['sent', 'read'] });
  });

  it('never takes a state back when two servers are told at the same time', async () => {
    const tims = stage();
    const other = await anotherNode(tims);
    const { phoneNumberId } = tims;
    for (let round = 0; round < 25; round++) {
      const [to, id] = [newPhone(), newWamid()];
      await tims.receive(echoWebhook({ phoneNumberId, to, id }));
      await Promise.all([
        tims.receive(statusWebhook({ phoneNumberId, id, to, status: 'read' })),
        other.receive(statusWebhook({ phoneNumberId, id, to, status: 'delivered' })),
      ]);
      expect(await onlyRow(tims, 'messages', { external_id: id })).toMatchObject({ state: 'read' });
    }
    await other.close();
  });

  it('applies what came before its message also when two servers take the two at the same time', async () => {
    const tims = stage();
    const other = await anotherNode(tims);
    const { phoneNumberId } = tims;
    const ids = Array.from({ length: 30 }, () => ({ id: newWamid(), to: newPhone() }));
    await Promise.all(
      ids.flatMap(({ id, to }) => [
        tims.receive(echoWebhook({ phoneNumberId, to, id })),
        other.receive(statusWebhook({ phoneNumberId, id, to, status: 'read' })),
      ]),
    );
    await other.close();
    // What neither saw of the other is found by the schedule that looks for it.
    await applyKeptUpdates(tims.installation);
    const states = await Promise.all(
      ids.map(async ({ id }) => (await onlyRow(tims, 'messages', { external_id: id })).state),
    );
    expect(states.filter((state) => state !== 'read')).toEqual([]);
    expect(await rows(tims, 'pending_updates')).toHaveLength(0);
  });
});

function endOf({ state, delivered_at, read_at, error }: Row): Row {
  return { state, delivered_at, read_at, error };
}
