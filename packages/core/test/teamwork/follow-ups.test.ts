import { createFollowUp, startWorkers, updateFollowUp } from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import { expect, it } from 'vitest';
import { notificationsConsumer } from '../../src/pipeline/consumers/notifications.js';
import { catchUp } from '../../src/pipeline/consumers/runner.js';
import { remindOfDue } from '../../src/pipeline/jobs/follow-ups.js';
import {
  anotherNode,
  eventsAfter,
  headOf,
  newConversations,
  onlyRow,
  rows,
  type Stage,
  shared,
  until,
} from '../stage.js';

const past = '2026-01-05T09:00Z';
const future = '2099-01-05T09:00Z';
const ms = (text: string) => Date.parse(text);

forEachDatabase('follow-ups', (open) => {
  const stage = shared(open);

  const create = ({ installation, admin }: Stage, id: string, dueAt: string) =>
    createFollowUp(installation, admin, { id, dueAt, text: 'Paid?' });
  const atOf = async (tims: Stage, id: string) => {
    const { follow_up_at } = await onlyRow(tims, 'conversations', { id });
    return follow_up_at === null ? null : Number(follow_up_at);
  };
  const wait = ({ installation }: Stage, id: string) =>
    installation.storage.writer('conversations').where({ id }).update({ lifecycle: 'pending', status: 'pending' });

  it('show at the conversation the earliest that is open, with every change of theirs', async () => {
    const tims = stage();
    const { installation, admin } = tims;
    const [id = ''] = await newConversations(tims, 1);
    const version = async () => (await onlyRow(tims, 'conversations', { id })).version;
    const later = await create(tims, id, '2099-03-01T09:00Z');
    expect(await atOf(tims, id)).toBe(ms('2099-03-01T09:00Z'));
    const before = await version();
    const sooner = await create(tims, id, '2099-02-01T09:00Z');
    expect(await atOf(tims, id)).toBe(ms('2099-02-01T09:00Z'));
    expect(await version()).toBe(before + 1);
    await updateFollowUp(installation, admin, { id: later.id, dueAt: '2099-01-01T09:00Z' });
    expect(await atOf(tims, id)).toBe(ms('2099-01-01T09:00Z'));
    await updateFollowUp(installation, admin, { id: later.id, done: true });
    expect(await atOf(tims, id)).toBe(ms('2099-02-01T09:00Z'));
    await updateFollowUp(installation, admin, { id: sooner.id, done: true });
    expect(await atOf(tims, id)).toBeNull();
    await updateFollowUp(installation, admin, { id: later.id, done: false });
    expect(await atOf(tims, id)).toBe(ms('2099-01-01T09:00Z'));
    const told = (await eventsAfter(tims, 0)).filter((event) => event.entityId === later.id);
    expect(told.map(({ type }) => type)).toEqual([
      'follow_up.created',
      'follow_up.updated',
      'follow_up.done',
      'follow_up.updated',
    ]);
    // The event names the conversation's version, so that whoever shows it knows to look again.
    expect(told.at(-1)?.conversationVersion).toBe(await version());
  });

  it('mean the zone of who gives the time', async () => {
    const tims = stage();
    const { installation, admin } = tims;
    const [id = ''] = await newConversations(tims, 1);
    const zone = (time_zone: string | null) =>
      installation.storage.writer('users').where('id', admin.id).update({ time_zone });
    await zone('Asia/Kuala_Lumpur');
    expect((await create(tims, id, '2099-01-05T09:00')).dueAt).toBe('2099-01-05T01:00:00.000Z');
    expect((await create(tims, id, '2099-01-05T09:00-05:00')).dueAt).toBe('2099-01-05T14:00:00.000Z');
    await zone(null);
    expect((await create(tims, id, '2099-01-05T09:00')).dueAt).toBe('2099-01-05T09:00:00.000Z');
    await expect(create(tims, id, '2099-02-30T09:00')).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('remind once when they are due, however many servers look, and wake what waits', async () => {
    const tims = stage();
    const node = await anotherNode(tims);
    const ids = await newConversations(tims, 20);
    for (const id of ids) {
      await create(tims, id, past);
      await create(tims, id, future);
      await wait(tims, id);
    }
    const head = await headOf(tims);
    await Promise.all([remindOfDue(tims.installation), remindOfDue(node.installation), remindOfDue(tims.installation)]);
    await remindOfDue(tims.installation);
    const events = await eventsAfter(tims, head);
    expect(events.filter(({ type }) => type === 'follow_up.due')).toHaveLength(20);
    const woken = events.filter(({ type }) => type === 'conversation.woken');
    expect(woken.map(({ entityId }) => entityId).sort()).toEqual([...ids].sort());
    for (const { entityId, before, after, conversationVersion } of woken) {
      expect([before?.lifecycle, after?.lifecycle, after?.handler]).toEqual(['pending', 'open', 'team']);
      expect(await onlyRow(tims, 'conversations', { id: entityId })).toMatchObject({
        lifecycle: 'open',
        status: 'queued',
        version: conversationVersion,
      });
    }
    // It is due until somebody says that it is done.
    for (const id of ids) expect(await atOf(tims, id)).toBe(ms(past));
    await node.close();
  });

  it('leave a closed conversation closed', async () => {
    const tims = stage();
    const [id = ''] = await newConversations(tims, 1);
    await create(tims, id, past);
    await tims.installation.storage
      .writer('conversations')
      .where({ id })
      .update({ lifecycle: 'closed', status: 'closed' });
    await remindOfDue(tims.installation);
    expect(await onlyRow(tims, 'conversations', { id })).toMatchObject({ lifecycle: 'closed' });
    expect(await rows(tims, 'follow_ups', { conversation_id: id })).toMatchObject([{ remind_at: null, open: 1 }]);
  });

  it('remind again once they are snoozed, and of more than a batch at once', async () => {
    const tims = stage();
    const { installation, admin } = tims;
    const [id = ''] = await newConversations(tims, 1);
    const { id: followUp } = await create(tims, id, past);
    await remindOfDue(installation);
    await updateFollowUp(installation, admin, { id: followUp, snoozeMinutes: 30 });
    const due = Number((await onlyRow(tims, 'follow_ups', { id: followUp })).remind_at);
    expect(Math.abs(due - Date.now() - 30 * 60_000)).toBeLessThan(60_000);
    await expect(
      updateFollowUp(installation, admin, { id: followUp, snoozeMinutes: 5, dueAt: future }),
    ).rejects.toMatchObject({ code: 'validation_failed' });

    const { writer, dialect } = installation.storage;
    const row = await onlyRow(tims, 'follow_ups', { id: followUp });
    const many = Array.from({ length: 600 }, (_, n) => ({
      ...row,
      id: `${followUp.slice(0, 26)}${String(n).padStart(4, '0')}`,
      remind_at: ms(past),
    }));
    await dialect.bulkInsert(writer, 'follow_ups', many);
    const head = await headOf(tims);
    await remindOfDue(installation);
    expect((await eventsAfter(tims, head)).filter(({ type }) => type === 'follow_up.due')).toHaveLength(600);
  });

  it('fall due while nothing runs and are told of at the start', async () => {
    const tims = stage();
    const [id = ''] = await newConversations(tims, 1);
    const colleague = await tims.addUser('admin', [tims.teamId]);
    const { id: followUp } = await createFollowUp(tims.installation, tims.admin, {
      id,
      dueAt: past,
      userId: colleague.id,
    });
    const workers = startWorkers(tims.installation);
    const told = await until('a reminder', async () => {
      const found = await rows(tims, 'notifications', { user_id: colleague.id, kind: 'reminder' });
      return found.length > 0 ? found : undefined;
    });
    expect(told).toMatchObject([{ entity_id: followUp, conversation_id: id }]);
    await workers.stop();
  });
});

forEachDatabase('the notifications’ consumer', (open) => {
  const stage = shared(open);

  it('told the same events again, tells nobody twice', async () => {
    const tims = stage();
    const { installation, organization, admin } = tims;
    const colleague = await tims.addUser('admin', [tims.teamId]);
    const [id = ''] = await newConversations(tims, 1);
    await createFollowUp(installation, admin, { id, dueAt: past, userId: colleague.id });
    await remindOfDue(installation);
    const run = async () => {
      for (let more = true; more; ) more = await catchUp(installation, notificationsConsumer);
    };
    await run();
    const before = await rows(tims, 'notifications');
    expect(before.map(({ kind }) => kind)).toEqual(['reminder']);
    await installation.storage
      .writer('consumers')
      .where({ organization_id: organization, name: 'notifications' })
      .update({ sequence: 0 });
    await run();
    expect(await rows(tims, 'notifications')).toEqual(before);
    const created = (await eventsAfter(tims, 0)).filter(({ type }) => type === 'notification.created');
    expect(created).toMatchObject([{ only: [colleague.id], changes: { kind: 'reminder' } }]);
  });
});
