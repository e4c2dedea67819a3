import { newId, startWorkers, transaction, updateSettings } from '@tims/core';
import { forEachDatabase, type TestInstallation } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  addPerson,
  conversationAt,
  customerWrites,
  openStage,
  type Person,
  personOf,
  type Stage,
} from './stage/index.js';

/** Whoever may look for something, by what is expected of them below. */
interface People {
  admin: Person;
  operations: Person;
  manager: Person;
  /** Leads team A. */
  leadA: Person;
  /** Leads team B. */
  leadB: Person;
  /** Of team A, with a conversation of their own. */
  agentA: Person;
  otherAgentA: Person;
  agentB: Person;
}

const word = 'wallaby';

forEachDatabase('searching', (open) => {
  let stage: Stage;
  let people: People;
  let teamB: string;
  let workers: ReturnType<typeof startWorkers>;
  /** Conversations by where they stand, each with a message that says the word. */
  const places: Record<string, string> = {};

  beforeAll(async () => {
    stage = await openStage(await open());
    const { tims } = stage;
    teamB = await tims.addTeam('b');
    const [operations, manager, leadA, leadB, agentA, otherAgentA, agentB] = await Promise.all([
      addPerson(tims, 'operations_manager', []),
      addPerson(tims, 'manager', [teamB]),
      addPerson(tims, 'assistant_manager', [tims.teamId]),
      addPerson(tims, 'assistant_manager', [teamB]),
      addPerson(tims, 'agent', [tims.teamId]),
      addPerson(tims, 'agent', [tims.teamId]),
      addPerson(tims, 'agent', [teamB]),
    ]);
    people = { admin: stage.admin, operations, manager, leadA, leadB, agentA, otherAgentA, agentB };
    workers = startWorkers(tims.installation);
    places.queueA = (await saying(tims, `${word} in the queue of A`)).id;
    places.ofAgentA = await at(tims, agentA, tims.teamId);
    places.ofOtherAgentA = await at(tims, otherAgentA, tims.teamId);
    places.ofAgentB = await at(tims, agentB, teamB);
    await saying(stage.other, `${word} of another organization`);
    await vi.waitFor(async () => expect((await ask(stage.admin, `q=${word}&in=messages`)).length).toBe(4), 10_000);
  });
  afterAll(async () => {
    await workers.stop();
    await stage.close();
  });

  /** A customer says the word, and the conversation is given to this person. */
  async function at(tims: TestInstallation, { actor }: Person, teamId: string): Promise<string> {
    const written = await saying(tims, `${word} for ${actor.role}`);
    const body = { teamId, assigneeId: actor.id };
    const answer = await stage.call('POST', `/api/conversations/${written.id}/assign`, { as: stage.admin, body });
    expect(answer.status).toBe(200);
    return written.id;
  }

  async function ask(as: Person, query: string, path = '/api/search'): Promise<Record<string, string>[]> {
    const answer = await stage.call('GET', `${path}?limit=100&${query}`, { as });
    expect(answer.status, answer.text).toBe(200);
    return answer.body.data;
  }

  const namesOf = (hits: Record<string, string>[]) =>
    hits.map((hit) => Object.keys(places).find((name) => places[name] === hit.conversationId) ?? 'unknown').sort();

  const all = ['ofAgentA', 'ofAgentB', 'ofOtherAgentA', 'queueA'];
  const expected: Record<keyof People, string[]> = {
    admin: all,
    operations: all,
    manager: all,
    leadA: ['ofAgentA', 'ofOtherAgentA', 'queueA'],
    leadB: ['ofAgentB'],
    // A queue is seen as a preview, which is not enough to search in it.
    agentA: ['ofAgentA'],
    otherAgentA: ['ofOtherAgentA'],
    agentB: ['ofAgentB'],
  };

  it.each(Object.keys(expected) as (keyof People)[])('shows %s the messages they would see', async (who) => {
    for (const order of ['newest', 'relevance']) {
      const hits = await ask(people[who], `q=${word}&in=messages&order=${order}`);
      expect(namesOf(hits)).toEqual(expected[who]);
      expect(await ask(people[who], `q=${word}&order=${order}`, '/api/messages/search')).toEqual(hits);
    }
  });

  it.each(Object.keys(expected) as (keyof People)[])('shows %s the contacts they may open', async (who) => {
    const hits = await ask(people[who], 'q=aisyah&in=contacts');
    for (const { id } of hits) {
      expect((await stage.call('GET', `/api/contacts/${id}`, { as: people[who] })).status).toBe(200);
    }
    expect(hits.length).toBe(expected[who].length);
  });

  it('narrowed to what the caller does not see, finds nothing', async () => {
    const { agentA } = people;
    expect(await ask(agentA, `q=${word}&conversationId=${places.ofAgentB}`)).toEqual([]);
    expect(await ask(agentA, `q=${word}&conversationId=${places.queueA}`)).toEqual([]);
    expect(await ask(agentA, `q=${word}&conversationId=${places.ofAgentA}`)).toHaveLength(1);
    expect(await ask(stage.stranger, `q=${word}&conversationId=${places.ofAgentA}`)).toEqual([]);
    const [own] = await ask(stage.stranger, `q=${word}`);
    expect(own?.excerpt).toContain('another organization');
  });

  it('shows agents what waits, where they may see their queue whole', async () => {
    const { installation, admin } = stage.tims;
    const queueSight = (to: 'whole' | 'preview') => updateSettings(installation, admin, { queueSight: to });
    await queueSight('whole');
    expect(namesOf(await ask(people.agentA, `q=${word}&in=messages`))).toEqual(['ofAgentA', 'queueA']);
    expect(await ask(people.agentA, 'q=aisyah&in=contacts')).toHaveLength(2);
    await queueSight('preview');
    expect(namesOf(await ask(people.agentA, `q=${word}&in=messages`))).toEqual(['ofAgentA']);
  });

  describe('notes', () => {
    const write = async (note: Record<string, string | null>) => {
      const { installation, organization } = stage.tims;
      const id = newId('note');
      await installation.storage.writer('notes').insert({
        organization_id: organization,
        id,
        kind: 'note',
        mentions: '[]',
        version: 1,
        created_at: Date.now(),
        ...note,
      });
      await transaction(installation, organization, stage.tims.admin, async (ctx) =>
        ctx.append({ type: 'note.created', entityId: id, entityVersion: 1 }),
      );
      return id;
    };
    const finders = async (text: string) => {
      const found: string[] = [];
      for (const [name, person] of Object.entries(people)) {
        if ((await ask(person, `q=${text}&in=notes`)).length > 0) found.push(name);
      }
      return found;
    };

    it('are for those who see their conversation', async () => {
      const author_id = people.agentA.actor.id;
      await write({ conversation_id: places.ofAgentA ?? '', author_id, text: 'prefers mornings pangolin' });
      await vi.waitFor(async () => expect(await ask(people.admin, 'q=pangolin&in=notes')).toHaveLength(1), 10_000);
      expect(await finders('pangolin')).toEqual(['admin', 'operations', 'manager', 'leadA', 'agentA']);
    });

    // The administrator who made the organization leads its first team.
    it('that are feedback are for who wrote it, whom it is about and who leads them', async () => {
      const leads = { organization_id: stage.tims.organization, user_id: people.leadA.actor.id };
      await stage.tims.installation.storage.writer('team_members').where(leads).update({ is_lead: 1 });
      // The same person; what their token stands for is read anew.
      people.leadA = await personOf(stage.tims.installation, people.leadA.actor, people.leadA.email);
      await write({
        conversation_id: places.ofAgentA ?? '',
        kind: 'feedback',
        author_id: people.manager.actor.id,
        about_user_id: people.agentA.actor.id,
        text: 'could have asked tapir',
      });
      await vi.waitFor(async () => expect(await ask(people.manager, 'q=tapir&in=notes')).toHaveLength(1), 10_000);
      expect(await finders('tapir')).toEqual(['admin', 'manager', 'leadA', 'agentA']);
    });
  });

  it('finds tags of everybody and of own teams', async () => {
    const { installation, organization, teamId } = stage.tims;
    const tag = (name: string, team: string | null) => ({
      organization_id: organization,
      id: newId('tag'),
      team_id: team,
      scope: team ?? '',
      name,
      name_key: name.toLowerCase(),
      color: 'grey',
      version: 1,
      created_at: Date.now(),
    });
    const rows = [tag('Échidna all', null), tag('Echidna A', teamId), tag('Echidna B', teamB)];
    await installation.storage.writer('tags').insert(rows);
    const names = async (as: Person) => (await ask(as, 'q=echid&in=tags')).map(({ excerpt }) => excerpt).sort();
    expect(await names(people.agentA)).toEqual(['Echidna A', 'Échidna all']);
    expect(await names(people.leadB)).toEqual(['Echidna B', 'Échidna all']);
    expect(await names(people.admin)).toHaveLength(3);
    expect(await names(stage.stranger)).toEqual([]);
  });

  it('refuses what is no search, and takes every text for one', async () => {
    const status = async (query: string) =>
      (await stage.call('GET', `/api/search?${query}`, { as: stage.admin })).status;
    for (const query of ['', 'q=a&in=users', 'q=a&order=random', 'q=a&limit=0', 'q=a&from=yesterday', 'q=a&cursor=x']) {
      expect(await status(query), query).toBe(400);
    }
    expect(await status(`q=${'a'.repeat(10_000)}`)).toBe(400);
    for (const q of [
      '%00',
      '%22',
      "'; drop table messages; --",
      '*',
      'NEAR(a b)',
      '%25',
      '%20%20',
      '%F0%9F%91%8D',
      '%ff',
    ]) {
      expect([200, 400], q).toContain(await status(`q=${q}`));
    }
    expect(await status("q=a' OR 1=1")).toBe(200);
    expect(await status('q=')).toBe(200);
  });

  describe("the organization's newest messages", () => {
    it('are those that the caller sees, the last to come first, each once', async () => {
      const { organization } = stage.tims;
      for (const who of ['admin', 'leadA', 'leadB', 'agentA'] as const) {
        const seen: string[] = [];
        for (let cursor: string | null = ''; cursor !== null; ) {
          const path = `/api/messages/${organization}?limit=2${cursor ? `&cursor=${cursor}` : ''}`;
          const { status, body } = await stage.call('GET', path, { as: people[who] });
          expect(status).toBe(200);
          seen.push(...body.data.map(({ id }: { id: string }) => id));
          const conversations = body.data.map(({ conversationId }: { conversationId: string }) => conversationId);
          for (const id of conversations) expect(expected[who].map((name) => places[name])).toContain(id);
          cursor = body.nextCursor;
        }
        expect(seen).toEqual([...new Set(seen)].sort().reverse());
        expect(seen.length).toBe(expected[who].length);
      }
    });

    it('of another organization are not there', async () => {
      const path = `/api/messages/${stage.other.organization}`;
      expect((await stage.call('GET', path, { as: stage.admin })).status).toBe(404);
      const own = `/api/messages/${stage.tims.organization}?cursor=`;
      for (const cursor of ['x', 'bXNnXzA', Buffer.from('..').toString('base64url')]) {
        expect((await stage.call('GET', own + cursor, { as: stage.admin })).status).toBe(400);
      }
    });
  });

  it('POST /api/messages is the same as POST /api/messages/send', async () => {
    const { id } = await conversationAt(stage.tims, { assignee: people.agentA.actor });
    const body = { conversationId: id, text: 'Good morning' };
    const headers = { 'idempotency-key': 'one-of-two' };
    const first = await stage.call('POST', '/api/messages', { as: people.agentA, body, headers });
    const second = await stage.call('POST', '/api/messages/send', { as: people.agentA, body, headers });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.id).toBe(first.body.id);
  });
});

/** A new customer says this. */
function saying(tims: TestInstallation, text: string) {
  return customerWrites(tims, text);
}
