import { updateSettings } from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, conversationAt, customerWritesAgain, openStage, type Person, type Stage } from '../stage/index.js';

forEachDatabase('answering', (open) => {
  let stage: Stage;
  let agent: Person;
  beforeAll(async () => {
    stage = await openStage(await open());
    agent = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
  });
  afterAll(() => stage.close());
  const send = (as: Person, body: object) => stage.call('POST', '/api/messages/send', { as, body });

  it('what somebody else has answered since one read is refused with what was said, unless forced', async () => {
    const { tims, admin } = stage;
    const { id: conversationId, messageId: seen } = await conversationAt(tims, { assignee: agent.actor });
    const first = await send(admin, { conversationId, text: 'I have it', seen });
    expect(first.status).toBe(201);
    const refused = await send(agent, { conversationId, text: 'So have I', seen });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'conversation_answered', messages: [{ id: first.body.id, content: { text: 'I have it' } }] },
    });
    expect(await send(agent, { conversationId, text: 'All the same', seen, force: true })).toMatchObject({
      status: 201,
    });
    // One's own answers, and what the customer wrote, are no reason.
    const own = await send(agent, { conversationId, text: 'And more', seen: first.body.id });
    expect(own.status).toBe(201);
  });

  it('goes by the read mark where the writer does not say what they saw', async () => {
    const { tims, admin, call } = stage;
    const written = await conversationAt(tims, { assignee: agent.actor });
    const conversationId = written.id;
    await call('POST', `/api/conversations/${conversationId}/read`, { as: agent, body: {} });
    await customerWritesAgain(tims, written);
    expect((await send(agent, { conversationId, text: 'One' })).status).toBe(201);
    await send(admin, { conversationId, text: 'Two', force: true });
    expect(await send(agent, { conversationId, text: 'Three' })).toMatchObject({
      body: { code: 'conversation_answered' },
    });
    await call('POST', `/api/conversations/${conversationId}/read`, { as: agent, body: {} });
    expect((await send(agent, { conversationId, text: 'Three' })).status).toBe(201);
  });

  it('can be taken back for as long as the organization lets it wait, by its author', async () => {
    const { tims, admin, call } = stage;
    const { installation, admin: actor } = tims;
    const written = await conversationAt(tims, { assignee: agent.actor });
    const at = async () => (await call('GET', `/api/conversations?ids=${written.id}`, { as: admin })).body.data[0];
    const before = await at();
    await updateSettings(installation, actor, { undoSendSeconds: 30 });
    const { body: message } = await send(agent, { conversationId: written.id, text: 'Too soon' });
    expect(Date.parse(message.withdrawableUntil) - Date.parse(message.sentAt)).toBe(30_000);
    expect((await at()).lastMessage.id).toBe(message.id);
    expect(await call('DELETE', `/api/messages/${message.id}`, { as: admin })).toMatchObject({ status: 403 });
    expect(await call('DELETE', `/api/messages/${message.id}`, { as: agent })).toMatchObject({ status: 204 });
    expect(await at()).toMatchObject({
      lastMessage: before.lastMessage,
      waitingSince: before.waitingSince,
      version: before.version + 2,
    });
    expect(await call('DELETE', `/api/messages/${message.id}`, { as: agent })).toMatchObject({ status: 404 });
    await updateSettings(installation, actor, { undoSendSeconds: 0 });
    const { body: gone } = await send(agent, { conversationId: written.id, text: 'On its way', force: true });
    expect(gone.withdrawableUntil).toBeNull();
    const { writer } = installation.storage;
    await writer('outbox').where('message_id', gone.id).update({ state: 'sending' });
    expect(await call('DELETE', `/api/messages/${gone.id}`, { as: agent })).toMatchObject({
      status: 409,
      body: { code: 'message_not_withdrawable' },
    });
  });
});
