import {
  assignConversation,
  closeConversation,
  readConversation,
  reopenConversation,
  sendMessage,
  takeConversation,
} from '@tims/core';
import { forEachDatabase, newWamid, textWebhook } from '@tims/testing';
import { expect, it } from 'vitest';
import {
  conversationOf,
  echoWebhook,
  eventsAfter,
  headOf,
  newPhone,
  now,
  onlyRow,
  otherField,
  type Row,
  rows,
  type Stage,
  shared,
} from './stage.js';

const states = ['new', 'queued', 'assigned', 'pending', 'closed'] as const;
type State = (typeof states)[number];

/** What becomes of a conversation in each state, by act; a text is the refusal's code. */
const table: Record<string, Record<State, Partial<Row> | string>> = {
  take: {
    new: { lifecycle: 'open', handler: 'user' },
    queued: { lifecycle: 'open', handler: 'user' },
    assigned: 'conversation_taken',
    pending: 'transition_refused',
    closed: 'transition_refused',
  },
  assign: {
    new: { lifecycle: 'open', handler: 'user' },
    queued: { lifecycle: 'open', handler: 'user' },
    assigned: { lifecycle: 'open', handler: 'user' },
    pending: { lifecycle: 'open', handler: 'user' },
    closed: 'transition_refused',
  },
  close: {
    new: { lifecycle: 'closed', unread_count: 0, waiting_since: null },
    queued: { lifecycle: 'closed', unread_count: 0, waiting_since: null },
    assigned: { lifecycle: 'closed', unread_count: 0, waiting_since: null },
    pending: { lifecycle: 'closed', unread_count: 0, waiting_since: null },
    closed: 'transition_refused',
  },
  reopen: {
    new: 'transition_refused',
    queued: 'transition_refused',
    assigned: 'transition_refused',
    pending: 'transition_refused',
    closed: { lifecycle: 'open', close_reason: null, closed_at: null },
  },
  reply: {
    new: { lifecycle: 'open', handler: 'user' },
    queued: { lifecycle: 'open', handler: 'user' },
    assigned: { lifecycle: 'open', handler: 'user' },
    pending: { lifecycle: 'pending' },
    closed: 'transition_refused',
  },
  'an inbound message': {
    new: { lifecycle: 'open', handler: 'ai' },
    queued: { lifecycle: 'open', handler: 'team' },
    assigned: { lifecycle: 'open', handler: 'user' },
    pending: { lifecycle: 'open', handler: 'team' },
    closed: { lifecycle: 'open', handler: 'team', close_reason: null },
  },
};

forEachDatabase('the legal transitions', (open) => {
  const stage = shared(open);

  for (const [act, expected] of Object.entries(table)) {
    for (const state of states) {
      it(`${act} on one that is ${state}`, async () => {
        const tims = stage();
        const { phone, id, colleague } = await inState(tims, state);
        const before = await onlyRow(tims, 'conversations', { id });
        const head = await headOf(tims);
        const result = expected[state];
        const acting = perform(tims, act, id, phone, colleague);
        if (typeof result === 'string') {
          await expect(acting).rejects.toMatchObject({ code: result, status: 409 });
          expect(await onlyRow(tims, 'conversations', { id })).toEqual(before);
          expect(await eventsAfter(tims, head)).toEqual([]);
          return;
        }
        await acting;
        const after = await onlyRow(tims, 'conversations', { id });
        expect(after).toMatchObject(result ?? {});
        expect(after.version).toBeGreaterThan(before.version);
        // Whoever follows the log can tell the state from its last event.
        const last = (await eventsAfter(tims, head))
          .filter((event) => event.conversationId === id && event.after)
          .at(-1);
        expect(last?.after).toMatchObject({
          lifecycle: after.lifecycle,
          handler: after.handler,
          unread: after.unread_count,
        });
        expect(last?.conversationVersion).toBe(after.version);
      });
    }
  }

  it('of ten who take one conversation at once, one wins and the others learn who has it', async () => {
    const tims = stage();
    const { id } = await inState(tims, 'queued');
    const { colleague } = await inState(tims, 'assigned');
    const takers = Array.from({ length: 10 }, (_, index) => (index % 2 ? tims.admin : colleague));
    const answers = await Promise.allSettled(takers.map((taker) => takeConversation(tims.installation, taker, { id })));
    const { assignee_id: winner } = await onlyRow(tims, 'conversations', { id });
    answers.forEach((answer, index) => {
      if (takers[index]?.id === winner)
        expect(answer).toMatchObject({ status: 'fulfilled', value: { assigneeId: winner } });
      else expect(answer).toMatchObject({ reason: { code: 'conversation_taken', members: { assigneeId: winner } } });
    });
    expect(await rows(tims, 'events', { type: 'conversation.assigned', entity_id: id })).toHaveLength(1);
  });
});

forEachDatabase('the window in which a closed conversation is continued', (open) => {
  const stage = shared(open, { settings: { reopenWindowMs: 3_600_000 } });

  it('reopens it, to the queue when its last assignee is away and to them when they are online', async () => {
    const tims = stage();
    for (const online of [false, true]) {
      const { phone, id } = await inState(tims, 'closed');
      await tims.installation.storage.writer('conversations').where({ id }).update({ assignee_id: tims.admin.id });
      const leave = online ? tims.installation.presence.enter(tims.admin.id) : () => {};
      await tims.receive(textWebhook({ phoneNumberId: tims.phoneNumberId, from: phone }));
      leave();
      expect(await conversationOf(tims, phone)).toMatchObject(
        online ? { id, handler: 'user', assignee_id: tims.admin.id } : { id, handler: 'team', assignee_id: null },
      );
    }
  });

  it('ends: later a message starts a new conversation, and the old one can no longer be reopened', async () => {
    const tims = stage();
    const { phone, id } = await inState(tims, 'closed');
    await tims.installation.storage
      .writer('conversations')
      .where({ id })
      .update({ closed_at: Date.now() - 3_700_000 });
    const webhooks = Array.from({ length: 5 }, () =>
      textWebhook({ phoneNumberId: tims.phoneNumberId, from: phone, id: newWamid() }),
    );
    await Promise.all(webhooks.map((webhook) => tims.receive(webhook)));
    const old = await onlyRow(tims, 'conversations', { id });
    expect(old).toMatchObject({ lifecycle: 'closed', active_key: null });
    const [fresh, ...more] = (await rows(tims, 'conversations', { contact_id: old.contact_id })).filter(
      (row) => row.id !== id,
    );
    expect(more).toEqual([]);
    expect(fresh).toMatchObject({ unread_count: 5, lifecycle: 'open', active_key: old.thread_key });
    await expect(reopenConversation(tims.installation, tims.admin, { id })).rejects.toMatchObject({
      code: 'transition_refused',
      members: { conversationId: fresh?.id },
    });
  });
});

async function perform(
  tims: Stage,
  act: string,
  id: string,
  phone: string,
  colleague: Stage['admin'],
): Promise<unknown> {
  const { installation, admin, phoneNumberId } = tims;
  switch (act) {
    case 'take':
      return takeConversation(installation, admin, { id });
    case 'assign':
      return assignConversation(installation, admin, { id, assigneeId: colleague.id });
    case 'close':
      return closeConversation(installation, admin, { id, reason: 'resolved' });
    case 'reopen':
      return reopenConversation(installation, admin, { id });
    case 'reply':
      return sendMessage(installation, admin, { conversationId: id, text: 'Hi' });
    default:
      return tims.receive(textWebhook({ phoneNumberId, from: phone }));
  }
}

const colleagues = new WeakMap<Stage, Promise<Stage['admin']>>();

/** A conversation that came into this state as conversations do. Its customer wrote lately, so that it can be answered. */
async function inState(tims: Stage, state: State): Promise<{ phone: string; id: string; colleague: Stage['admin'] }> {
  const { installation, phoneNumberId } = tims;
  const adding = colleagues.get(tims) ?? tims.addUser('manager', [tims.teamId]);
  colleagues.set(tims, adding);
  const colleague = await adding;
  const phone = newPhone();
  if (state === 'new') {
    const messages = [
      { from: phone, id: newWamid(), timestamp: String(now()), type: 'text', text: { body: 'To the robot' } },
    ];
    await tims.receive(
      otherField('standby', phoneNumberId, {
        contacts: [{ wa_id: phone, profile: { name: 'Dana' } }],
        standby: { messages },
      }),
    );
  } else if (state === 'pending') {
    await tims.receive(echoWebhook({ phoneNumberId, to: phone, id: newWamid() }));
    // As if they had reacted: it opens the service window and wakes nothing.
    const { identity_id } = await conversationOf(tims, phone);
    await installation.storage.writer('identities').where({ id: identity_id }).update({ last_inbound_at: Date.now() });
  } else {
    await tims.receive(textWebhook({ phoneNumberId, from: phone }));
  }
  const { id } = await conversationOf(tims, phone);
  if (state === 'assigned') await takeConversation(installation, colleague, { id });
  if (state === 'closed') await closeConversation(installation, tims.admin, { id, reason: 'resolved' });
  else await readConversation(installation, tims.admin, { id });
  expect((await onlyRow(tims, 'conversations', { id })).status).toBe(state);
  return { phone, id, colleague };
}
