import { checkCounts, checkSearch, rebuildSearch } from '@tims/core';
import { forEachDatabase, openTestInstallation, type TestInstallation, testPassword, textWebhook } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { phoneOf } from '../src/demo/seed/conversation.js';
import { seed } from '../src/demo/seed/fill.js';
import { lastOf } from '../src/demo/seed/plan.js';

const until = Date.UTC(2026, 0, 1);
const size = 2_400;

forEachDatabase('a seeded organization', (open) => {
  let tims: TestInstallation;
  const rows = (table: string) => tims.installation.storage.reader(table).where('organization_id', tims.organization);
  const fill = (more: { conversations?: number; signal?: AbortSignal } = {}) =>
    seed(tims.installation, {
      organization: tims.organization,
      conversations: size,
      longest: 500,
      until,
      password: testPassword,
      ...more,
    });

  beforeAll(async () => {
    tims = await openTestInstallation(await open());
    // Cut short after the first of two transactions, and gone on with.
    const stop = new AbortController();
    const { writer } = tims.installation.storage;
    const onCommit = ({ sql }: { sql: string }) => {
      if (/insert into .notes./.test(sql)) stop.abort();
    };
    writer.on('query', onCommit);
    await fill({ signal: stop.signal }).catch((error: unknown) => expect(String(error)).toContain('Abort'));
    writer.removeListener('query', onCommit);
    await fill();
  });
  afterAll(() => tims.close());

  it('has what was asked for, and a second run adds nothing', async () => {
    expect((await fill()).conversations).toBe(0);
    const [{ count } = { count: 0 }] = await rows('conversations').count({ count: '*' });
    expect(Number(count)).toBe(size);
    const states: string[] = await rows('conversations').pluck('status');
    const of = (status: string) => states.filter((one) => one === status).length;
    expect(of('closed')).toBeGreaterThan(size * 0.8);
    for (const status of ['queued', 'assigned', 'pending']) expect(of(status)).toBeGreaterThan(10);
  });

  it('counts and search say what the conversations say', async () => {
    const { installation, organization } = tims;
    expect((await checkCounts(installation, organization)).drift).toBe(0);
    expect((await checkSearch(installation, organization)).drift).toBe(0);
    expect((await rebuildSearch(installation, organization)).drift).toBe(0);
  });

  it('what rows say of others is true', async () => {
    const conversations = await rows('conversations');
    const messages = await rows('messages').orderBy(['display_at', 'id']);
    const tags = await rows('conversation_tags');
    const followUps = await rows('follow_ups').where('open', 1);
    const marks = await rows('read_marks');
    const [messagesOf, tagsOf, followUpsOf, marksOf] = [by(messages), by(tags), by(followUps), by(marks)];
    expect(Math.max(...[...messagesOf.values()].map((list) => list.length))).toBe(500);
    for (const one of conversations) {
      const said = messagesOf.get(one.id) ?? [];
      const last = said.at(-1);
      const inbound = said.filter(({ direction }) => direction === 'inbound');
      const waiting = said.slice(said.findLastIndex(({ direction }) => direction === 'outbound') + 1);
      const open = one.lifecycle === 'open';
      expect({
        ...{ last: one.last_message_id, at: Number(one.last_message_at), activity: Number(one.last_activity_at) },
        ...{ inbound: one.inbound_count, tags: one.tag_count, waiting: open && (one.waiting_since ?? null) },
        followUp: one.follow_up_at === null ? null : Number(one.follow_up_at),
      }).toEqual({
        ...{ last: last.id, at: Number(last.display_at), activity: Number(last.display_at) },
        ...{ inbound: inbound.length, tags: tagsOf.get(one.id)?.length ?? 0 },
        waiting: open && (waiting[0]?.display_at ?? null),
        followUp: followUpsOf.get(one.id)?.map(({ due_at }) => Number(due_at))[0] ?? null,
      });
      expect(Number(last.display_at)).toBeLessThanOrEqual(until);
      expect([0, waiting.length]).toContain(one.unread_count);
      for (const tag of tagsOf.get(one.id) ?? []) expect(tag.last_activity_at).toEqual(one.last_activity_at);
      const mark = marksOf.get(one.id)?.[0];
      if (!mark) continue;
      const read = said.slice(0, said.findIndex(({ id }) => id === mark.message_id) + 1);
      expect(mark.inbound_count).toBe(read.filter(({ direction }) => direction === 'inbound').length);
      expect(Number(mark.display_at)).toBe(Number(read.at(-1).display_at));
    }
  });

  it('a customer of years ago who writes again is known', async () => {
    const { installation, organization } = tims;
    const index = 7;
    // They came back twice.
    expect(lastOf({ conversations: size, messages: 5, longest: 500, seed: 1, until }, index)).toBe(28);
    const before = await rows('contacts').count({ count: '*' });
    const webhook = { phoneNumberId: tims.phoneNumberId, from: phoneOf(index).slice(1), name: 'Back', text: 'Again' };
    await tims.receive(textWebhook(webhook));
    expect(await rows('contacts').count({ count: '*' })).toEqual(before);
    const key = await rows('identity_keys').where('value', phoneOf(index)).first();
    const theirs = await installation.storage
      .reader('conversations')
      .where({ organization_id: organization, identity_id: key.identity_id })
      .orderBy('created_at');
    expect(theirs.map(({ lifecycle }) => lifecycle)).toEqual(['closed', 'closed', 'closed', 'open']);
  });
});

function by<T extends { conversation_id: string }>(list: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const group = groups.get(one.conversation_id);
    if (group) group.push(one);
    else groups.set(one.conversation_id, [one]);
  }
  return groups;
}
