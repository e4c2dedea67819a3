import { assignConversation, transaction } from '@tims/core';
import { openSqlite } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addPerson,
  conversationAt,
  customerWrites,
  deactivate,
  openStage,
  type Person,
  type Stage,
  until,
} from '../stage/index.js';
import { connect, open, type Reader, ticketOf } from './reader.js';

let stage: Stage & { url: string };
let agent: Person;
/** A conversation of the other organization, and everything of it that must not be told. */
let foreign: { id: string };

beforeAll(async () => {
  const opened = await openStage(await openSqlite());
  stage = { ...opened, url: await opened.app.listen({ port: 0, host: '127.0.0.1' }) };
  agent = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
  foreign = await conversationAt(stage.other, { assignee: stage.stranger.actor });
});
afterAll(() => stage.close());

const known = `cnv_${'0'.repeat(26)}`;

/** Values that no member takes, each in the place of each member of each message. */
const wrong: unknown[] = [
  undefined,
  null,
  0,
  -1,
  1e308,
  true,
  '',
  ' ',
  'x'.repeat(5_000),
  [],
  {},
  ['online'],
  { toString: 'online' },
  `${known}\u0000`,
  `${known} `,
  known.toUpperCase(),
  "cnv_' or 1=1 --0000000000000",
  '\ud800',
  '＿'.repeat(26),
  '../../etc/passwd',
  '__proto__',
];

const valid: Record<string, unknown>[] = [
  { type: 'subscribe', cursor: 'x' },
  { type: 'presence', state: 'away' },
  { type: 'viewing', conversationId: known },
  { type: 'typing', conversationId: known, on: true },
];

/** What is still the protocol's: a member that may be left out, a null that means something. */
const allowed = (message: Record<string, unknown>) =>
  (message.type === 'subscribe' && (message.cursor === undefined || typeof message.cursor === 'string')) ||
  (message.type === 'viewing' && message.conversationId === null) ||
  (message.type === 'typing' && message.conversationId === known && message.on === true);

const hostile = valid.flatMap((message) =>
  Object.keys(message).flatMap((member) =>
    wrong
      .map((value) => ({ ...message, [member]: value }))
      .filter((one) => !allowed(one) || String(Reflect.get(one, 'cursor')).length > 200),
  ),
);

describe('a message of a wrong form', () => {
  it('closes the socket and tells nothing, whichever member is wrong, and however', async () => {
    const messages: unknown[] = [
      ...hostile,
      ...valid.slice(1).map((message) => ({ ...message, extra: 1 })),
      ...valid.map((message) => [message]),
      ...valid.map((message) => Buffer.from(JSON.stringify(message))),
      ...valid.map((message) => `${JSON.stringify(message)}}`),
      ...valid.map((message) => `\ufeff${JSON.stringify(message)}`),
      ...['presence', 'viewing', 'typing'].map((type) => ({ type })),
      '{"type":"viewing","type":"presence"}',
      '{"__proto__":{"type":"presence","state":"online"}}',
    ];
    for (let start = 0; start < messages.length; start += 20) {
      await Promise.all(
        messages.slice(start, start + 20).map(async (message) => {
          const reader = await connect(stage, agent);
          reader.send(message);
          const closed = await until(() => reader.closed);
          expect(`${String(JSON.stringify(message)).slice(0, 200)} ${closed.code}`).toMatch(/ 4000$/);
          expect(reader.items).toEqual([]);
        }),
      );
    }
    await answers();
  }, 60_000);

  it('that is too large, or no UTF-8, closes it too', async () => {
    for (const message of valid) {
      const large = await connect(stage, agent);
      large.send({ ...message, filler: 'x'.repeat(20_000) });
      expect([1006, 1009]).toContain((await until(() => large.closed)).code);
      const broken = await connect(stage, agent);
      const bytes = Buffer.concat([
        Buffer.from(JSON.stringify(message).slice(0, -2)),
        Buffer.from([0xff, 0xfe, 0x22, 0x7d]),
      ]);
      broken.socket.send(bytes, { binary: false });
      expect((await until(() => broken.closed)).code).toBe(1007);
    }
    await answers();
  });
});

describe('ten thousand messages at once', () => {
  it.each(valid.slice(1))('of $type are borne, and mostly dropped', async (message) => {
    const { id } = await conversationAt(stage.tims, { assignee: agent.actor });
    const watcher = await follow(stage.admin);
    const reader = await follow(agent);
    const flood: Record<string, unknown> = {
      ...message,
      ...('conversationId' in message ? { conversationId: id } : {}),
    };
    const before = watcher.items.length;
    for (let i = 0; i < 10_000; i++) {
      reader.send(flood.type === 'presence' ? { ...flood, state: i % 2 === 0 ? 'away' : 'online' } : flood);
    }
    await answers();
    await ticks();
    expect(watcher.items.slice(before).length).toBeLessThan(20);
    expect(reader.closed).toBeUndefined();
    for (const one of [watcher, reader]) one.close();
  });

  it('that subscribe shut out their sender, and nobody else', async () => {
    const [reader, other] = [await connect(stage, agent), await follow(stage.admin)];
    for (let i = 0; i < 10_000; i++) reader.send({ type: 'subscribe' });
    expect((await until(() => reader.closed)).code).toBe(4029);
    const { id } = await customerWrites(stage.tims);
    await until(() => other.events().some((event) => event.conversationId === id));
    other.close();
  });

  it('of a wrong form close the socket at the first', async () => {
    const reader = await connect(stage, agent);
    for (let i = 0; i < 10_000; i++) reader.send({ type: 'publish', i });
    expect((await until(() => reader.closed)).code).toBe(4000);
    await answers();
  });
});

describe('ids of another organization', () => {
  it('do nothing, there or here, and are not told apart from ids of nothing', async () => {
    const theirs = await follow(stage.stranger);
    theirs.send({ type: 'viewing', conversationId: foreign.id });
    await until(() => theirs.items.some(({ conversationId }) => conversationId === foreign.id));
    const before = theirs.items.length;
    const reader = await follow(stage.admin);
    const own = reader.items.length;
    for (const conversationId of [foreign.id, known]) {
      reader.send({ type: 'viewing', conversationId });
      reader.send({ type: 'typing', conversationId, on: true });
      reader.send({ type: 'typing', conversationId, on: false });
      await ticks();
    }
    expect(reader.items.slice(own).filter(({ type }) => type !== 'presence')).toEqual([]);
    expect(theirs.items.slice(before)).toEqual([]);
    expect(reader.closed).toBeUndefined();
    expect(JSON.stringify(reader.items)).not.toContain(foreign.id);
    for (const one of [theirs, reader]) one.close();
  });
});

describe('a user', () => {
  it('who is deactivated is shut out, and what they still send goes nowhere', async () => {
    const gone = await addPerson(stage.tims, 'assistant_manager', [stage.tims.teamId]);
    const { id } = await conversationAt(stage.tims, { assignee: gone.actor });
    const [watcher, reader] = [await follow(stage.admin), await follow(gone)];
    reader.send({ type: 'viewing', conversationId: id });
    await until(() => watcher.items.some(({ userIds }) => userIds?.includes(gone.actor.id)));
    await deactivate(stage.tims, gone);
    for (let i = 0; i < 100; i++) reader.send({ type: 'typing', conversationId: id, on: true });
    expect((await until(() => reader.closed)).code).toBe(4001);
    await until(() => watcher.items.some(({ type, userIds }) => type === 'viewing' && userIds?.length === 0));
    await until(() => watcher.items.some(({ userId, state }) => userId === gone.actor.id && state === 'offline'));
    watcher.close();
  });

  it('whose ticket has expired gets no socket to be hostile on', async () => {
    const ticket = await ticketOf(stage, agent);
    const { writer } = stage.tims.installation.storage;
    await writer('realtime_tickets').update({ expires_at: Date.now() });
    await expect(open({ url: stage.url, ticket })).rejects.toThrow('401');
  });

  it('whose role shrinks looks on and types no longer where they may not, and hears no more of it', async () => {
    const { tims } = stage;
    const lead = await addPerson(tims, 'assistant_manager', [tims.teamId]);
    const { id } = await conversationAt(tims, { assignee: tims.admin });
    const [watcher, reader] = [await follow(stage.admin), await follow(lead)];
    reader.send({ type: 'viewing', conversationId: id });
    await until(() => watcher.items.some(({ userIds }) => userIds?.includes(lead.actor.id)));
    await transaction(tims.installation, tims.organization, tims.admin, async (ctx) => {
      await ctx.trx('users').where('id', lead.actor.id).update({ role: 'agent' });
      ctx.append({ type: 'user.updated', entityId: lead.actor.id, entityVersion: 2 });
    });
    await until(() => reader.items.some(({ type }) => type === 'resync_required'));
    await until(() => watcher.items.findLast(({ type }) => type === 'viewing')?.userIds?.length === 0);
    const before = reader.items.length;
    reader.send({ type: 'viewing', conversationId: id });
    reader.send({ type: 'typing', conversationId: id, on: true });
    watcher.send({ type: 'viewing', conversationId: id });
    await until(() => watcher.items.findLast(({ type }) => type === 'viewing')?.userIds?.length === 1);
    await ticks();
    expect(watcher.items.findLast(({ type }) => type === 'viewing')?.userIds).toEqual([stage.admin.actor.id]);
    expect(reader.items.slice(before).filter(({ conversationId }) => conversationId === id)).toEqual([]);
    for (const one of [watcher, reader]) one.close();
  });

  it('who closes in the midst of everything leaves nothing behind', async () => {
    const { id } = await conversationAt(stage.tims, { assignee: agent.actor });
    const watcher = await follow(stage.admin);
    const readers = await Promise.all(Array.from({ length: 20 }, () => connect(stage, agent)));
    for (const [i, reader] of readers.entries()) {
      reader.send({ type: 'subscribe' });
      reader.send({ type: 'viewing', conversationId: id });
      reader.send({ type: 'typing', conversationId: id, on: true });
      if (i % 2 === 0) reader.socket.terminate();
      else reader.close();
    }
    await assignConversation(stage.tims.installation, stage.tims.admin, { id, assigneeId: null });
    const fresh = await until(async () => {
      const next = await follow(stage.admin);
      const there = next.items.filter(({ userId, userIds }) => userId === agent.actor.id || userIds);
      next.close();
      return there.length === 0;
    });
    expect(fresh).toBe(true);
    watcher.close();
    await answers();
  });
});

async function follow(person: Person): Promise<Reader> {
  const reader = await connect(stage, person);
  await reader.subscribe();
  await until(() => reader.items.some(({ type }) => type === 'presence_reset'));
  return reader;
}

/** Long enough for what was said to have been told. */
function ticks(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 400));
}

async function answers(): Promise<void> {
  expect((await stage.call('GET', '/readyz')).status).toBe(200);
}
