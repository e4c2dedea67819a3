import { openSqlite } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerWritesAgain } from '../stage/inbox.js';
import { type Answer, addPerson, conversationAt, openStage, type Person, type Written } from '../stage/index.js';
import { type AccessStage, accessStage, type RoleKey, roleKeys } from './routes.js';
import { type Act, outcomes, type Place, places, sights } from './scopes.js';

let stage: AccessStage;
let colleague: Person;
let elsewhere: Person;
let otherTeam: string;

beforeAll(async () => {
  stage = await accessStage(await openStage(await openSqlite()));
  const { tims } = stage;
  otherTeam = await tims.addTeam('tx');
  [colleague, elsewhere] = await Promise.all([
    addPerson(tims, 'agent', [tims.teamId]),
    addPerson(tims, 'agent', [otherTeam]),
  ]);
});
afterAll(() => stage.close());

describe.each(roleKeys)('%s', (role) => {
  it('sees what the design lets them see', async () => {
    const caller = stage.people[role];
    for (const [index, place] of places.entries()) {
      const conversation = await standing(place, caller);
      await customerWritesAgain(stage.tims, conversation, 4);
      const seen = await sightOf(caller, conversation);
      expect(`${place}: ${seen}`).toBe(`${place}: ${sights[role][index]}`);
    }
  });

  it.each(Object.keys(outcomes) as Act[])('%s', async (act) => {
    const caller = stage.people[role];
    for (const [index, place] of places.entries()) {
      const conversation = await standing(place, caller, act === 'reopen');
      const answer = await perform(act, caller, conversation);
      expect(`${place}: ${outcomeOf(answer)}`, answer.text).toBe(`${place}: ${outcomes[act][role][index]}`);
      if (outcomeOf(answer) !== 'ok') expect(answer.text).not.toContain(conversation.contactId);
    }
  });
});

describe('starting a conversation', () => {
  it.each<[RoleKey, boolean]>([
    ['admin', true],
    ['operations_manager', true],
    ['manager', false],
    ['assistant_manager', false],
    ['agent', false],
  ])('%s, without any team', async (role, may) => {
    const caller = await addPerson(stage.tims, role, []);
    // A customer wrote and was closed long ago, so the window is open and nothing is to be continued.
    const written = await conversationAt(stage.tims, { closed: true });
    const { storage } = stage.tims.installation;
    await storage.writer('conversations').where('id', written.id).update({ active_key: null });
    const answer = await perform('start', caller, written);
    expect(answer.status, answer.text).toBe(may ? 201 : 403);
  });
});

/** The conversation in this place, as it is for the caller. */
function standing(place: Place, { actor }: Person, closed = false): Promise<Written> {
  const theirs = { assignee: actor };
  const at: Record<Place, object> = {
    'queue of the own team': {},
    'own team, theirs': theirs,
    'own team, a colleague’s': { assignee: colleague.actor },
    'queue of another team': { teamId: otherTeam },
    'another team, somebody’s': { teamId: otherTeam, assignee: elsewhere.actor },
    'another team, theirs': { teamId: otherTeam, ...theirs },
  };
  return conversationAt(stage.tims, { ...at[place], closed });
}

function perform(act: Act, as: Person, { id, phone }: Written): Promise<Answer> {
  const on = (verb: string, body?: object) => stage.call('POST', `/api/conversations/${id}/${verb}`, { as, body });
  const send = (body: object) => stage.call('POST', '/api/messages/send', { as, body: { text: 'Hello', ...body } });
  switch (act) {
    case 'reply':
      return send({ conversationId: id });
    case 'start':
      return send({ channelId: stage.tims.channelId, to: `+${phone}` });
    case 'assign':
      return on('assign', { assigneeId: null });
    case 'close':
      return on('close', { reason: 'resolved' });
    case 'read':
      return on('read', {});
    default:
      return on(act);
  }
}

function outcomeOf({ status, body }: Answer): string {
  if (status < 300) return 'ok';
  const words: Record<string, string> = { conversation_taken: 'taken', forbidden: 'forbidden', not_found: 'unseen' };
  return words[body.code] ?? `${status} ${body.code}`;
}

/** What every way of reading says about the conversation; fails where two ways disagree. */
async function sightOf(as: Person, { id, contactId, messageId }: Written): Promise<string> {
  const get = (path: string) => stage.call('GET', `/api/${path}`, { as });
  const whole = await get(`conversations/${id}`);
  const seen = whole.status === 404 ? 'unseen' : whole.body.preview ? 'preview' : 'whole';
  const messages = await get(`messages?ids=${messageId}`);
  const contact = await get(`contacts/${contactId}`);
  const listed = (await allPages(as)).some((one) => one.id === id);
  const byId = (await get(`conversations?ids=${id}`)).body.data.length === 1;
  const ofContact = (await get(`conversations?contactId=${contactId}`)).body.data.length === 1;
  const events = (await eventsFor(as)).some((event) => event.conversationId === id);
  expect({ seen, listed, byId, ofContact, events }).toEqual({
    seen,
    listed: seen !== 'unseen',
    byId: seen !== 'unseen',
    ofContact: seen !== 'unseen',
    // Of what has left a queue, somebody who saw it there knows that it was there.
    events: seen === 'unseen' ? events : true,
  });
  expect(messages.body.data.length, 'messages').toBe(seen === 'whole' ? 1 : 0);
  expect(contact.status, 'contact').toBe(seen === 'whole' || as.actor.role === 'manager' ? 200 : 404);
  if (seen === 'preview') {
    expect(whole.body).toMatchObject({ before: null, after: null });
    expect(whole.body.messages).toHaveLength(3);
    const older = await get(`conversations/${id}?limit=100&before=${cursorAfterAll()}`);
    expect(older.body.messages).toHaveLength(3);
  }
  return seen;
}

function cursorAfterAll(): string {
  return Buffer.from(`9999999999999.msg_${'7'.repeat(26)}`).toString('base64url');
}

async function allPages(as: Person): Promise<{ id: string }[]> {
  const found: { id: string }[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body }: Answer = await stage.call('GET', `/api/conversations?limit=100${cursor && `&cursor=${cursor}`}`, {
      as,
    });
    found.push(...body.data);
    cursor = body.nextCursor;
  }
  return found;
}

async function eventsFor(as: Person): Promise<{ conversationId?: string }[]> {
  const found: { conversationId?: string }[] = [];
  for (let cursor = '', more = true; more; ) {
    const { body }: Answer = await stage.call('GET', `/api/events${cursor && `?cursor=${cursor}`}`, { as });
    found.push(...body.data);
    [cursor, more] = [body.nextCursor, body.more];
  }
  return found;
}
