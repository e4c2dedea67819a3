import {
  assignConversation,
  closeConversation,
  type eventTypes,
  takeConversation,
  transaction,
  type UserActor,
} from '@tims/core';
import { openSqlite } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addPerson,
  conversationAt,
  customerWrites,
  customerWritesAgain,
  deactivate,
  openStage,
  type Person,
  type Stage,
  until,
} from '../stage/index.js';
import { connect, type Reader } from './reader.js';

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

describe('an agent', () => {
  it('sees a conversation come into the queue, go to a colleague, come back and be theirs', async () => {
    const { installation } = stage.tims;
    const reader = await follow(agent);
    const { id } = await customerWrites(stage.tims);
    await until(() => told(reader, id).includes('message.created'));
    await takeConversation(installation, colleague.actor, { id });
    await until(() => told(reader, id).includes('left'));
    // What the colleague does with it is nobody else's.
    await customerWritesAgain(stage.tims, { id, phone: await phoneOf(id), contactId: '', messageId: '' });
    await closeConversation(installation, colleague.actor, { id, reason: 'resolved' });
    const other = await conversationAt(stage.tims, { assignee: agent.actor });
    await until(() => told(reader, other.id).length > 0);
    expect(told(reader, id).at(-1)).toBe('left');
    expect(reader.items.filter(({ type, conversationId }) => type === 'left' && conversationId === id)).toEqual([
      { type: 'left', conversationId: id },
    ]);

    const back = await customerWrites(stage.tims);
    await assignConversation(installation, stage.tims.admin, { id: back.id, assigneeId: colleague.actor.id });
    await until(() => told(reader, back.id).includes('left'));
    await assignConversation(installation, stage.tims.admin, { id: back.id, assigneeId: null });
    await until(() => told(reader, back.id).includes('entered'));
    await assignConversation(installation, stage.tims.admin, { id: back.id, assigneeId: agent.actor.id });
    await until(() => told(reader, back.id).at(-1) === 'conversation.assigned');
    reader.close();
  });

  it('hears of another team’s conversation only once it is given to them', async () => {
    const tx = await stage.tims.addTeam('tx');
    const reader = await follow(agent);
    const { id } = await conversationAt(stage.tims, { teamId: tx });
    await until(() => told(reader, id).includes('left'));
    await customerWritesAgain(stage.tims, { id, phone: await phoneOf(id), contactId: '', messageId: '' });
    await assignConversation(stage.tims.installation, stage.tims.admin, { id, assigneeId: agent.actor.id });
    await until(() => told(reader, id).includes('entered'));
    expect(told(reader, id).slice(told(reader, id).indexOf('left'))).toEqual(['left', 'entered']);
    reader.close();
  });

  it('sees no delivery state, and no text, of what only waits in the queue', async () => {
    const reader = await follow(agent);
    const { id } = await customerWrites(stage.tims, 'a secret that waits');
    await until(() => told(reader, id).includes('message.created'));
    expect(JSON.stringify(reader.items)).not.toContain('a secret that waits');
    reader.close();
  });
});

describe('another organization', () => {
  it('sends nothing here, whatever happens in it', async () => {
    const reader = await follow(stage.admin);
    const theirs = await connect(stage, stage.stranger);
    await theirs.subscribe();
    const { id } = await customerWrites(stage.other);
    await until(() => told(theirs, id).length > 0);
    const mine = await customerWrites(stage.tims);
    await until(() => told(reader, mine.id).length > 0);
    expect(told(reader, id)).toEqual([]);
    expect(told(theirs, mine.id)).toEqual([]);
    for (const { event } of reader.items) expect(event?.entityId).not.toBe(id);
    reader.close();
    theirs.close();
  });
});

describe('a user who is deactivated', () => {
  it('loses the socket within five seconds, whether it follows the log or not', async () => {
    const gone = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
    const following = await follow(gone);
    const silent = await connect(stage, gone);
    await deactivate(stage.tims, gone);
    for (const reader of [following, silent]) {
      expect((await until(() => reader.closed, 5_000)).code).toBe(4001);
    }
  });

  it('loses it also when nobody else has a socket open', async () => {
    const only = await addPerson(stage.other, 'agent', [stage.other.teamId]);
    const reader = await connect(stage, only);
    await deactivate(stage.other, only);
    expect((await until(() => reader.closed, 5_000)).code).toBe(4001);
  });
});

describe('another role or team', () => {
  it('changes what is seen, and asks for fresh snapshots', async () => {
    const person = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
    const reader = await follow(person);
    const hidden = await conversationAt(stage.tims, { assignee: colleague.actor });
    await change(person.actor, { role: 'manager' });
    await until(() => reader.items.some(({ type }) => type === 'resync_required'));
    expect((await reader.subscribe()).type).toBe('ready');
    await closeConversation(stage.tims.installation, stage.tims.admin, { id: hidden.id, reason: 'resolved' });
    await until(() => told(reader, hidden.id).includes('conversation.closed'));

    await change(person.actor, { role: 'agent' });
    await until(() => reader.items.filter(({ type }) => type === 'resync_required').length === 2);
    await reader.subscribe();
    const before = reader.items.length;
    const another = await conversationAt(stage.tims, { assignee: colleague.actor });
    await closeConversation(stage.tims.installation, stage.tims.admin, { id: another.id, reason: 'resolved' });
    const mine = await conversationAt(stage.tims, { assignee: person.actor });
    await until(() => told(reader, mine.id).length > 0);
    expect(reader.items.slice(before).some(({ event }) => event?.type === 'conversation.closed')).toBe(false);
    reader.close();
  });

  it('is nothing to those whom it does not concern', async () => {
    const reader = await follow(lead);
    await change(agent.actor, { role: 'agent' });
    await until(() =>
      reader.events().some(({ type, entityId }) => type === 'user.updated' && entityId === agent.actor.id),
    );
    const { id } = await customerWrites(stage.tims);
    await until(() => told(reader, id).length > 0);
    expect(reader.items.some(({ type }) => type === 'resync_required')).toBe(false);
    reader.close();
  });
});

describe('sockets that come and go', () => {
  it('leave those that are just catching up with what comes next', async () => {
    // The last live socket closes while another subscribes: a page that is loaded anew.
    for (let round = 0; round < 5; round++) {
      const old = await follow(stage.stranger);
      const fresh = await connect(stage, stage.stranger);
      const { asOf } = (await stage.call('GET', '/api/conversations', { as: stage.stranger })).body;
      const subscribed = fresh.subscribe(asOf);
      old.close();
      await subscribed;
      await until(() => old.closed);
      const { id } = await customerWrites(stage.other);
      await until(() => told(fresh, id).length > 0);
      fresh.close();
      await until(() => fresh.closed);
    }
  });

  it('may ask for another place at any time: the last one asked for is what they get', async () => {
    const start = (await stage.call('GET', '/api/conversations', { as: stage.admin })).body.asOf;
    const written = [];
    for (let i = 0; i < 5; i++) written.push((await customerWrites(stage.tims)).id);
    const reader = await connect(stage, stage.admin);
    for (let i = 0; i < 20; i++) reader.send({ type: 'subscribe', cursor: start });
    await until(() => reader.items.some(({ type }) => type === 'ready'));
    const { id } = await customerWrites(stage.tims);
    await until(() => told(reader, id).length > 0);
    const lastReady = reader.items.findLastIndex(({ type }) => type === 'ready');
    const after = reader.items.slice(lastReady).flatMap(({ event }) => event?.id ?? []);
    expect(new Set(after).size).toBe(after.length);
    for (const one of written) expect(told(reader, one).length).toBeGreaterThan(0);
    reader.close();
  });

  it('get every event once when they come back to their cursor', async () => {
    const reader = await follow(stage.admin);
    await customerWrites(stage.tims);
    await until(() => reader.events().length > 0);
    const place = reader.cursor();
    reader.close();
    await until(() => reader.closed);
    const missed = [await customerWrites(stage.tims), await customerWrites(stage.tims)];
    const again = await connect(stage, stage.admin);
    await again.subscribe(place);
    const seen = new Set(reader.events().map(({ id }) => id));
    expect(again.events().filter(({ id }) => seen.has(id))).toEqual([]);
    for (const { id } of missed) expect(told(again, id)).toContain('conversation.created');
    again.close();
  });
});

describe('presence', () => {
  it('says who has an inbox open', async () => {
    const isOnline = async () => {
      const { body } = await stage.call('GET', '/api/directory', { as: stage.admin });
      return body.data.find(({ id }: { id: string }) => id === lead.actor.id).online;
    };
    expect(await isOnline()).toBe(false);
    const [one, two] = [await connect(stage, lead), await connect(stage, lead)];
    expect(await isOnline()).toBe(true);
    one.close();
    await until(() => one.closed);
    expect(await isOnline()).toBe(true);
    two.close();
    await until(async () => !(await isOnline()));
  });
});

async function follow(person: Person): Promise<Reader> {
  const reader = await connect(stage, person);
  await reader.subscribe();
  return reader;
}

/** What was told about a conversation: `left`, `entered`, or the event's type. */
function told(reader: Reader, id: string): string[] {
  return reader.items.flatMap(({ type, conversationId, event }) => {
    if ((event?.conversationId ?? conversationId) !== id) return [];
    return type === 'event' ? (event?.type ?? []) : type;
  });
}

async function phoneOf(conversationId: string): Promise<string> {
  const { reader } = stage.tims.installation.storage;
  const { identity_id } = await reader('conversations').where('id', conversationId).first('identity_id');
  const { value } = await reader('identity_keys').where({ identity_id, type: 'phone' }).first('value');
  return value.replace('+', '');
}

/** As whatever changes users will do it: the row and its event in one transaction. */
async function change(actor: UserActor, columns: { role: string }): Promise<void> {
  const { installation, organization, admin } = stage.tims;
  await transaction(installation, organization, admin, async (ctx) => {
    await ctx.trx('users').where('id', actor.id).update(columns);
    const type: keyof typeof eventTypes = 'user.updated';
    ctx.append({ type, entityId: actor.id, entityVersion: 2, changes: columns });
  });
}
