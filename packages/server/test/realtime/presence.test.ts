import { assignConversation, takeConversation } from '@tims/core';
import { openSqlite } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addPerson,
  conversationAt,
  customerWrites,
  openStage,
  type Person,
  type Stage,
  until,
} from '../stage/index.js';
import { connect, type Item, type Reader } from './reader.js';

let stage: Stage & { url: string };
let agent: Person;
let colleague: Person;
let lead: Person;

beforeAll(async () => {
  const opened = await openStage(await openSqlite());
  stage = { ...opened, url: await opened.app.listen({ port: 0, host: '127.0.0.1' }) };
  const teams = [stage.tims.teamId];
  [agent, colleague, lead] = await Promise.all([
    addPerson(stage.tims, 'agent', teams),
    addPerson(stage.tims, 'agent', teams),
    addPerson(stage.tims, 'assistant_manager', teams),
  ]);
});
afterAll(() => stage.close());

describe('presence', () => {
  it('is told to colleagues: there, away, there again, gone', async () => {
    const watcher = await follow(lead);
    const theirs = await follow(agent);
    await until(() => states(watcher, agent).at(-1) === 'online');
    theirs.send({ type: 'presence', state: 'away' });
    await until(() => states(watcher, agent).at(-1) === 'away');
    expect(await listed(agent)).toMatchObject({ online: true, presence: { state: 'away' } });
    theirs.send({ type: 'presence', state: 'online' });
    await until(() => states(watcher, agent).at(-1) === 'online');
    theirs.close();
    await until(() => states(watcher, agent).at(-1) === 'offline');
    expect(states(watcher, agent)).toEqual(['online', 'away', 'online', 'offline']);
    const { lastSeenAt } = watcher.items.findLast(({ userId }) => userId === agent.actor.id) ?? {};
    expect(Date.now() - Date.parse(lastSeenAt ?? '')).toBeLessThan(10_000);
    watcher.close();
  });

  it('that changes and changes back at once leaves nobody with what held in between', async () => {
    const theirs = await follow(agent);
    for (let round = 0; round < 10; round++) {
      theirs.send({ type: 'presence', state: 'away' });
      const watcher = await connect(stage, lead);
      await watcher.subscribe();
      await until(() => watcher.items.some(({ type }) => type === 'presence_reset'));
      theirs.send({ type: 'presence', state: 'online' });
      await until(async () => (await listed(agent)).presence.state === 'online');
      await new Promise((resolve) => setTimeout(resolve, 250));
      expect(states(watcher, agent).at(-1)).toBe('online');
      watcher.close();
    }
    theirs.close();
  });

  it('of somebody with two sockets is that of the more present one', async () => {
    const watcher = await follow(lead);
    const [first, second] = [await follow(agent), await follow(agent)];
    first.send({ type: 'presence', state: 'away' });
    second.send({ type: 'presence', state: 'away' });
    await until(() => states(watcher, agent).at(-1) === 'away');
    first.send({ type: 'presence', state: 'online' });
    await until(() => states(watcher, agent).at(-1) === 'online');
    first.close();
    await until(() => states(watcher, agent).at(-1) === 'away');
    second.close();
    await until(() => states(watcher, agent).at(-1) === 'offline');
    watcher.close();
  });

  it('is remembered after they left, and the time stands in the directory', async () => {
    const theirs = await follow(colleague);
    theirs.close();
    const seen = await until(async () => {
      const { online, presence } = await listed(colleague);
      return online ? undefined : presence.lastSeenAt;
    });
    expect(Date.now() - Date.parse(seen)).toBeLessThan(10_000);
    const never = await addPerson(stage.tims, 'agent', []);
    expect(await listed(never)).toMatchObject({ online: false, presence: { state: 'offline', lastSeenAt: null } });
    const events = await stage.tims.installation.storage.reader('events').where('type', 'user.updated');
    expect(events).toEqual([]);
  });

  it('goes to nobody of another organization', async () => {
    const stranger = await follow(stage.stranger);
    const theirs = await follow(agent);
    const watcher = await follow(lead);
    theirs.send({ type: 'presence', state: 'away' });
    await until(() => states(watcher, agent).at(-1) === 'away');
    expect(new Set(stranger.items.flatMap(({ userId }) => userId ?? []))).toEqual(new Set([stage.stranger.actor.id]));
    for (const reader of [stranger, theirs, watcher]) reader.close();
  });
});

describe('who looks at a conversation', () => {
  it('is told to those who see it, and to nobody else', async () => {
    const { id } = await conversationAt(stage.tims, { assignee: agent.actor });
    const [watcher, theirs, outsider] = [await follow(lead), await follow(agent), await follow(colleague)];
    theirs.send({ type: 'viewing', conversationId: id });
    await until(() => viewers(watcher, id)?.join() === agent.actor.id);
    watcher.send({ type: 'viewing', conversationId: id });
    const both = [agent.actor.id, lead.actor.id].sort();
    await until(() => viewers(theirs, id)?.join() === both.join());
    theirs.send({ type: 'viewing', conversationId: null });
    await until(() => viewers(watcher, id)?.join() === lead.actor.id);
    watcher.close();
    await until(() => viewers(theirs, id)?.length === 0);
    expect(viewers(outsider, id)).toBeUndefined();
    for (const reader of [theirs, outsider]) reader.close();
  });

  it('is not told of one that the viewer sees as a preview, of a foreign one, or of one that there is not', async () => {
    const { id } = await customerWrites(stage.tims);
    const foreign = await customerWrites(stage.other);
    const [watcher, theirs, stranger] = [await follow(stage.admin), await follow(agent), await follow(stage.stranger)];
    for (const conversationId of [id, foreign.id, `cnv_${'0'.repeat(26)}`]) {
      theirs.send({ type: 'viewing', conversationId });
      theirs.send({ type: 'typing', conversationId, on: true });
      await pause(150);
    }
    const { id: own } = await conversationAt(stage.tims, { assignee: agent.actor });
    theirs.send({ type: 'viewing', conversationId: own });
    await until(() => viewers(watcher, own));
    for (const reader of [watcher, theirs, stranger]) {
      expect(viewers(reader, id)).toBeUndefined();
      expect(viewers(reader, foreign.id)).toBeUndefined();
      expect(JSON.stringify(reader.items)).not.toContain('"typing"');
      expect(reader.closed).toBeUndefined();
      reader.close();
    }
  });

  it('ends for somebody who loses sight of it, and begins for somebody who gains it', async () => {
    const { id } = await conversationAt(stage.tims, { assignee: agent.actor });
    const [watcher, theirs, other] = [await follow(lead), await follow(agent), await follow(colleague)];
    theirs.send({ type: 'viewing', conversationId: id });
    theirs.send({ type: 'typing', conversationId: id, on: true });
    watcher.send({ type: 'viewing', conversationId: id });
    await until(() => viewers(watcher, id)?.length === 2 && typing(watcher, id).at(-1) === true);
    await assignConversation(stage.tims.installation, stage.tims.admin, { id, assigneeId: colleague.actor.id });
    await until(() => viewers(watcher, id)?.join() === lead.actor.id && typing(watcher, id).at(-1) === false);
    await until(() => viewers(other, id)?.join() === lead.actor.id);
    const before = theirs.items.length;
    watcher.send({ type: 'viewing', conversationId: null });
    await until(() => viewers(other, id)?.length === 0);
    expect(theirs.items.slice(before).filter(({ conversationId }) => conversationId === id)).toEqual([]);
    for (const reader of [watcher, theirs, other]) reader.close();
  });
});

describe('who types', () => {
  it('is told to the others once, and ends with a word, with the socket, or by itself', {
    timeout: 20_000,
  }, async () => {
    const { id } = await conversationAt(stage.tims, { assignee: agent.actor });
    const [watcher, theirs] = [await follow(lead), await follow(agent)];
    for (let i = 0; i < 3; i++) theirs.send({ type: 'typing', conversationId: id, on: true });
    await until(() => typing(watcher, id).length === 1);
    theirs.send({ type: 'typing', conversationId: id, on: false });
    await until(() => typing(watcher, id).length === 2);
    theirs.send({ type: 'typing', conversationId: id, on: true });
    await until(() => typing(watcher, id).length === 3);
    theirs.close();
    await until(() => typing(watcher, id).length === 4);
    const again = await follow(agent);
    again.send({ type: 'typing', conversationId: id, on: true });
    await until(() => typing(watcher, id).length === 5);
    const began = Date.now();
    await until(() => typing(watcher, id).length === 6, 9_000);
    expect(Date.now() - began).toBeGreaterThan(5_000);
    expect(typing(watcher, id)).toEqual([true, false, true, false, true, false]);
    expect(typing(again, id)).toEqual([]);
    for (const reader of [watcher, again]) reader.close();
  });
});

describe('whoever subscribes', () => {
  it('gets in one frame who is there, looks on and types, and nothing that they do not see', async () => {
    const { id } = await conversationAt(stage.tims, { assignee: agent.actor });
    const { id: hidden } = await conversationAt(stage.tims, { assignee: colleague.actor });
    const [theirs, others] = [await follow(agent), await follow(colleague)];
    theirs.send({ type: 'presence', state: 'away' });
    theirs.send({ type: 'viewing', conversationId: id });
    theirs.send({ type: 'typing', conversationId: id, on: true });
    others.send({ type: 'viewing', conversationId: hidden });
    const watcher = await follow(lead);
    await until(() => viewers(watcher, id) && viewers(watcher, hidden));

    const late = await connect(stage, agent);
    const frames: Item[][] = [];
    late.socket.on('message', (data) => frames.push(JSON.parse(String(data))));
    await late.subscribe();
    const snapshot = await until(() => frames.find(([first]) => first?.type === 'presence_reset'));
    expect(snapshot).toContainEqual({ type: 'viewing', conversationId: id, userIds: [agent.actor.id] });
    expect(states(late, colleague)).toEqual(['online']);
    expect(JSON.stringify(snapshot)).not.toContain(hidden);
    const whole = await connect(stage, lead);
    await whole.subscribe();
    await until(() => viewers(whole, hidden));
    expect(whole.items).toContainEqual({ type: 'typing', conversationId: id, userId: agent.actor.id, on: true });
    for (const reader of [theirs, others, watcher, late, whole]) reader.close();
  });

  it('hears nothing of it before', async () => {
    const silent = await connect(stage, lead);
    const theirs = await follow(agent);
    const { id } = await conversationAt(stage.tims);
    await takeConversation(stage.tims.installation, agent.actor, { id });
    theirs.send({ type: 'viewing', conversationId: id });
    const watcher = await follow(stage.admin);
    await until(() => viewers(watcher, id));
    expect(silent.items).toEqual([]);
    for (const reader of [silent, theirs, watcher]) reader.close();
  });
});

async function follow(person: Person): Promise<Reader> {
  const reader = await connect(stage, person);
  await reader.subscribe();
  await until(() => reader.items.some(({ type }) => type === 'presence_reset'));
  return reader;
}

/** What was told of the person since the reader began, without what it began with. */
function states(reader: Reader, { actor }: Person): (string | undefined)[] {
  const told = reader.items.filter(({ type, userId }) => type === 'presence' && userId === actor.id);
  return told.map(({ state }) => state);
}

function viewers(reader: Reader, id: string): string[] | undefined {
  return reader.items.findLast(({ type, conversationId }) => type === 'viewing' && conversationId === id)?.userIds;
}

function typing(reader: Reader, id: string): (boolean | undefined)[] {
  const told = reader.items.filter(({ type, conversationId }) => type === 'typing' && conversationId === id);
  return told.map(({ on }) => on);
}

async function listed({ actor }: Person) {
  const { body } = await stage.call('GET', '/api/directory?limit=100', { as: stage.admin });
  return body.data.find(({ id }: { id: string }) => id === actor.id);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
