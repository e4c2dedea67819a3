import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, conversationAt, customerWritesAgain, openStage, type Person, type Stage } from '../stage/index.js';

forEachDatabase('tags', (open) => {
  let stage: Stage;
  let [agent, lead]: Person[] = [];
  let tx: string;
  beforeAll(async () => {
    stage = await openStage(await open());
    const { tims } = stage;
    tx = await tims.addTeam('tx');
    [agent, lead] = await Promise.all([
      addPerson(tims, 'agent', [tims.teamId]),
      addPerson(tims, 'assistant_manager', [tims.teamId]),
    ]);
  });
  afterAll(() => stage.close());
  const names = async (as: Person | undefined) =>
    (await stage.call('GET', '/api/tags', { as: as ?? expect.fail() })).body.data.map(
      (one: { name: string }) => one.name,
    );
  const create = (body: object, as: Person | undefined = stage.admin) => stage.call('POST', '/api/tags', { as, body });

  it('are four from the start', async () => {
    expect(await names(agent)).toEqual(['Follow-Up', 'New Lead', 'Payment', 'Tutor Request']);
  });

  it('have one name each, case and accents aside, in their team or among everybody', async () => {
    expect((await create({ name: 'Ré-Fund' })).status).toBe(201);
    expect(await create({ name: ' re-fund ' })).toMatchObject({ status: 409, body: { code: 'tag_taken' } });
    expect((await create({ name: 'RE-FUND', teamId: tx })).status).toBe(201);
    expect(await create({ name: ' ' })).toMatchObject({ status: 400 });
  });

  it('of a team are its own: its members see them, its leads make them', async () => {
    const { tims, admin } = stage;
    expect((await create({ name: 'Ours', teamId: tims.teamId }, lead)).status).toBe(201);
    expect(await create({ name: 'Theirs', teamId: tx }, lead)).toMatchObject({ status: 403 });
    expect(await create({ name: 'Everybody’s' }, lead)).toMatchObject({ status: 403 });
    const { body: theirs } = await create({ name: 'Theirs', teamId: tx });
    expect(await names(agent)).toContain('Ours');
    expect(await names(agent)).not.toContain('Theirs');
    expect(await names(admin)).toContain('Theirs');
    const { id } = await conversationAt(tims, { assignee: agent?.actor ?? expect.fail() });
    const put = { as: agent ?? expect.fail(), body: { tagId: theirs.id } };
    expect(await stage.call('POST', `/api/conversations/${id}/tags`, put)).toMatchObject({ status: 404 });
  });

  it('go on conversations, messages and contacts, once, and off them with the tag itself', async () => {
    const { tims, admin: as, call } = stage;
    const { body: tag } = await create({ name: 'Short-lived', color: 'red' });
    const written = await conversationAt(tims);
    const body = { tagId: tag.id };
    const paths = [
      `conversations/${written.id}/tags`,
      `messages/${written.messageId}/tag`,
      `contacts/${written.contactId}/tags`,
    ];
    for (const path of paths) {
      const first = await call('POST', `/api/${path}`, { as, body });
      expect(first.body.tags, path).toEqual([tag.id]);
      const again = await call('POST', `/api/${path}`, { as, body });
      expect(again.body, path).toEqual(first.body);
    }
    expect((await call('DELETE', `/api/tags/${tag.id}`, { as })).status).toBe(204);
    const { body: page } = await call('GET', `/api/conversations/${written.id}`, { as });
    expect([page.conversation.tags, page.messages[0].tags]).toEqual([[], []]);
    expect((await call('GET', `/api/contacts/${written.contactId}`, { as })).body.tags).toEqual([]);
    expect((await call('GET', `/api/conversations?tagId=${tag.id}`, { as })).body.data).toEqual([]);
  });

  it('keep their lists in the order of the last activity', async () => {
    const { tims, admin: as, call } = stage;
    const { body: tag } = await create({ name: 'Ordered' });
    const all = [await conversationAt(tims), await conversationAt(tims), await conversationAt(tims)];
    for (const { id } of all) await call('POST', `/api/conversations/${id}/tags`, { as, body: { tagId: tag.id } });
    await customerWritesAgain(tims, all[0] ?? expect.fail());
    await call('POST', '/api/messages/send', { as, body: { conversationId: all[1]?.id, text: 'Hello', force: true } });
    const { body } = await call('GET', `/api/conversations?tagId=${tag.id}`, { as });
    expect(body.data.map((one: { id: string }) => one.id)).toEqual([all[1]?.id, all[0]?.id, all[2]?.id]);
  });
});
