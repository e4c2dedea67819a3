import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect } from '../realtime/reader.js';
import { addPerson, conversationAt, openStage, type Person, type Stage, until } from '../stage/index.js';
import { pagesOf } from './people.js';

forEachDatabase('drafts', (open) => {
  let stage: Stage & { url: string };
  let agent: Person;

  beforeAll(async () => {
    const opened = await openStage(await open());
    stage = { ...opened, url: await opened.app.listen({ port: 0, host: '127.0.0.1' }) };
    agent = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
  });
  afterAll(() => stage.close());

  const at = (id: string) => `/api/conversations/${id}/draft`;
  const save = (id: string, body: object, as = agent) => stage.call('PUT', at(id), { as, body });
  const read = async (id: string, as = agent) => (await stage.call('GET', at(id), { as })).body;

  it('follow their writer from device to device; the one that saw less is shown what stands', async () => {
    const { id, messageId } = await conversationAt(stage.tims, { assignee: agent.actor });
    expect(await read(id)).toMatchObject({ text: '', version: 0, updatedAt: null });
    expect((await save(id, { text: 'Good mor', version: 0 })).body.version).toBe(1);
    expect((await save(id, { text: 'Good morning', version: 1, replyTo: messageId })).body.version).toBe(2);
    const late = await save(id, { text: 'Hell', version: 1 });
    expect(late).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(late.body.draft).toEqual(await read(id));
    expect(await read(id)).toMatchObject({ text: 'Good morning', replyTo: messageId, version: 2 });
    const other = await conversationAt(stage.tims, { assignee: agent.actor });
    expect((await save(other.id, { text: 'x', version: 0, replyTo: messageId })).status).toBe(404);
  });

  it('end when the message is sent, and when they are thrown away', async () => {
    const { id } = await conversationAt(stage.tims, { assignee: agent.actor });
    await save(id, { text: 'Good morning', version: 0 });
    const body = { conversationId: id, text: 'Good morning' };
    expect((await stage.call('POST', '/api/messages/send', { as: agent, body })).status).toBe(201);
    expect(await read(id)).toMatchObject({ text: '', version: 0 });
    // A device that saw the one that is gone goes on above it.
    expect((await save(id, { text: 'And', version: 2 })).body.version).toBe(3);
    for (let twice = 0; twice < 2; twice++) {
      expect((await stage.call('DELETE', at(id), { as: agent })).status).toBe(204);
    }
    expect(await read(id)).toMatchObject({ text: '', version: 0 });
  });

  it('are nobody else’s: not to read, not to hear of, and no activity', async () => {
    const { id } = await conversationAt(stage.tims, { assignee: agent.actor });
    const [mine, others] = [await connect(stage, agent), await connect(stage, stage.admin)];
    await Promise.all([mine.subscribe(), others.subscribe()]);
    const { reader } = stage.tims.installation.storage;
    const activities = () => reader('activity_logs').where('organization_id', stage.tims.organization).count();
    const before = await activities();
    await save(id, { text: 'Only mine', version: 0 });
    expect(await activities()).toEqual(before);
    await until(() => mine.events().some(({ type, entityId }) => type === 'draft.updated' && entityId === id));
    await conversationAt(stage.tims);
    await until(() => others.events().some(({ type }) => type === 'conversation.created'));
    expect(others.events().some(({ type }) => type === 'draft.updated')).toBe(false);
    expect(await read(id, stage.admin)).toMatchObject({ text: '', version: 0 });
    expect((await pagesOf(stage.call, '/api/drafts', stage.admin)).length).toBe(0);
    const own = await pagesOf(stage.call, '/api/drafts', agent);
    expect(own.map(({ conversationId }) => conversationId)).toContain(id);
    mine.close();
    others.close();
  });

  it('are for whoever may answer', async () => {
    const queued = await conversationAt(stage.tims);
    const elsewhere = await addPerson(stage.tims, 'agent', [await stage.tims.addTeam('tx')]);
    const draft = { text: 'Hello', version: 0 };
    expect((await save(queued.id, draft)).status).toBe(403);
    expect((await save(queued.id, draft, elsewhere)).status).toBe(404);
    expect((await stage.call('DELETE', at(queued.id), { as: elsewhere })).status).toBe(404);
  });
});
