import { assignConversation, startWorkers, type Workers } from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect, type Reader } from '../realtime/reader.js';
import { addPerson, conversationAt, openStage, type Person, type Stage, until, type Written } from '../stage/index.js';
import { addLead, pagesOf } from './people.js';

forEachDatabase('feedback on an agent’s work', (open) => {
  let stage: Stage & { url: string };
  let workers: Workers;
  let people: Record<string, Person>;
  let conversation: Written;
  const readers: Record<string, Reader> = {};
  let id: string;

  /** Whoever else may do what: it is for these three. */
  const audience = ['agent', 'lead of the agent’s team', 'author'];

  beforeAll(async () => {
    const opened = await openStage(await open());
    stage = { ...opened, url: await opened.app.listen({ port: 0, host: '127.0.0.1' }) };
    workers = startWorkers(stage.tims.installation);
    const { tims } = stage;
    const own = [tims.teamId];
    const otherTeam = await tims.addTeam('tx');
    const agent = await addPerson(tims, 'agent', own);
    people = {
      agent,
      'lead of the agent’s team': await addLead(stage, 'assistant_manager', own),
      author: await addPerson(tims, 'assistant_manager', own),
      'lead of another team': await addLead(stage, 'manager', [otherTeam]),
      manager: await addPerson(tims, 'manager', own),
      colleague: await addPerson(tims, 'agent', own),
      // The organization's first administrator leads its first team; this one leads none.
      admin: await addPerson(tims, 'admin', own),
      stranger: stage.stranger,
    };
    conversation = await conversationAt(tims, { assignee: agent.actor });
    for (const [name, person] of Object.entries(people)) {
      const reader = await connect(stage, person);
      await reader.subscribe();
      readers[name] = reader;
    }
    const answer = await write({ text: 'Calm and clear.', kind: 'feedback', aboutUserId: agent.actor.id });
    expect(answer.status, answer.text).toBe(201);
    id = answer.body.id;
  });
  afterAll(async () => {
    for (const reader of Object.values(readers)) reader.close();
    await workers.stop();
    await stage.close();
  });

  const write = (body: object, as = people.author) =>
    stage.call('POST', `/api/conversations/${conversation.id}/notes`, { as, body });
  const everybody = () => Object.entries(people);
  const whoSees = async (sees: (person: Person, name: string) => Promise<boolean>) => {
    const found: string[] = [];
    for (const [name, person] of everybody()) if (await sees(person, name)) found.push(name);
    return found.sort();
  };

  it('stands in the lists of the agent, their leads and its author, and of nobody else', async () => {
    const plain = (await write({ text: 'Asked for an invoice.' })).body.id;
    const lists = await whoSees(async (person) => {
      const { status, body } = await stage.call('GET', `/api/conversations/${conversation.id}/notes`, { as: person });
      if (status !== 200) return false;
      expect(body.data.map((note: { id: string }) => note.id)).toContain(plain);
      return body.data.some((note: { id: string }) => note.id === id);
    });
    expect(lists).toEqual([...audience].sort());
  });

  it('is found by its id by them alone', async () => {
    const found = await whoSees(async (person) => {
      const { body } = await stage.call('GET', `/api/notes?ids=${id}`, { as: person });
      return body.data.length === 1;
    });
    expect(found).toEqual([...audience].sort());
  });

  it('is an event for them alone, in the log and on an open socket', async () => {
    const logged = await whoSees(async (person) => {
      const events = await eventsFor(person);
      return events.some(({ entityId }) => entityId === id);
    });
    expect(logged).toEqual([...audience].sort());
    // Something that everybody who sees the conversation is told comes after it.
    const after = (await write({ text: 'And another.' })).body.id;
    const onSocket = await whoSees(async (_person, name) => {
      const reader = readers[name];
      if (!reader) return false;
      if (!['stranger', 'colleague'].includes(name)) {
        await until(() => reader.events().some(({ entityId }) => entityId === after));
      }
      return reader.events().some(({ entityId }) => entityId === id);
    });
    expect(onSocket).toEqual([...audience].sort());
    for (const reader of Object.values(readers)) expect(JSON.stringify(reader.items)).not.toContain('"only"');
  });

  it('notifies the agent, and nobody else', async () => {
    const ofAgent = () => pagesOf(stage.call, '/api/notifications', people.agent ?? expect.fail());
    await until(async () => (await ofAgent()).some(({ kind, entityId }) => kind === 'feedback' && entityId === id));
    const told = await whoSees(async (person) => {
      return (await pagesOf(stage.call, '/api/notifications', person)).some(({ entityId }) => entityId === id);
    });
    expect(told).toEqual(['agent']);
  });

  it('can be changed and removed by its author, removed by a lead of the agent, and by nobody else', async () => {
    const { author, agent, admin } = people;
    const path = `/api/notes/${id}`;
    for (const [name, person] of everybody()) {
      const mayRemove = name === 'author' || name === 'lead of the agent’s team';
      if (mayRemove) continue;
      const expected = audience.includes(name) ? 403 : 404;
      expect((await stage.call('PATCH', path, { as: person, body: { pinned: true } })).status, name).toBe(expected);
      expect((await stage.call('DELETE', path, { as: person })).status, name).toBe(expected);
    }
    const changed = await stage.call('PATCH', path, { as: author, body: { text: 'Calm, clear and quick.' } });
    expect(changed.body).toMatchObject({ text: 'Calm, clear and quick.', version: 2 });

    const another = (await write({ text: 'Next time faster', kind: 'feedback', aboutUserId: agent?.actor.id })).body.id;
    const lead = people['lead of the agent’s team'];
    expect((await stage.call('DELETE', `/api/notes/${another}`, { as: admin })).status).toBe(404);
    expect((await stage.call('DELETE', `/api/notes/${another}`, { as: lead })).status).toBe(204);
  });

  it('mentions only those for whom it is', async () => {
    const { agent, colleague, admin } = people;
    const about = { kind: 'feedback', aboutUserId: agent?.actor.id, text: 'See here' };
    const lead = people['lead of the agent’s team']?.actor.id;
    const mentions = [colleague?.actor.id, lead, admin?.actor.id];
    expect(await write({ ...about, mentions })).toMatchObject({
      status: 422,
      body: { code: 'mention_out_of_sight', userIds: [colleague?.actor.id, admin?.actor.id] },
    });
    expect((await write({ ...about, mentions: [lead] })).status).toBe(201);
  });

  it('is written by who leads, about somebody of the organization', async () => {
    const { agent, stranger } = people;
    const about = { kind: 'feedback', text: 'Good' };
    expect((await write({ ...about, aboutUserId: agent?.actor.id }, people.agent)).status).toBe(403);
    expect((await write({ ...about, aboutUserId: stranger?.actor.id })).status).toBe(404);
    expect((await write(about)).body.errors[0].path).toBe('/body/aboutUserId');
    expect((await write({ text: 'x', aboutUserId: agent?.actor.id })).status).toBe(400);
  });

  it('reaches the agent also when the conversation has gone to somebody else', async () => {
    const { installation, admin } = stage.tims;
    const colleague = people.colleague?.actor.id ?? '';
    await assignConversation(installation, admin, { id: conversation.id, assigneeId: colleague });
    const { body } = await stage.call('GET', `/api/notes?ids=${id}`, { as: people.agent });
    expect(body.data).toHaveLength(1);
    const list = await stage.call('GET', `/api/conversations/${conversation.id}/notes`, { as: people.agent });
    expect(list.status).toBe(404);
  });

  async function eventsFor(as: Person): Promise<{ entityId: string }[]> {
    const found = [];
    for (let cursor = '', more = true; more; ) {
      const { body } = await stage.call('GET', `/api/events${cursor && `?cursor=${cursor}`}`, { as });
      found.push(...body.data);
      [cursor, more] = [body.nextCursor, body.more];
    }
    return found;
  }
});
