import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, openStage, type Person, type Stage } from '../stage/index.js';
import { fill, fillInbox, fillSmall, idOf, type Model, rowsOf, size, start } from './fill.js';
import { plansOf } from './plans.js';

forEachDatabase('how the logs are read', (open) => {
  let stage: Stage;
  let agent: Person;
  let model: Model;

  beforeAll(async () => {
    stage = await openStage(await open());
    agent = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
    model = await fillInbox(stage, agent);
    await fillSmall(stage);
    await write();
  });
  afterAll(() => stage.close());

  it('events: no table is read whole, and nothing is sorted', async () => {
    const { body } = await plansOf(stage, 'events?limit=20', stage.admin);
    await plansOf(stage, `events?limit=20&cursor=${body.nextCursor}`, agent);
  });

  it.each([
    '',
    'userId=AGENT',
    'action=users.test',
    'action=users.rare',
    'entityId=AGENT',
    'conversationId=CONVERSATION',
    'via=SESSION',
    'from=2023-11-14T22:14:00Z',
    'to=2023-11-14T23:00:00Z',
    'from=2023-11-14T22:14:00Z&to=2023-11-14T23:00:00Z',
    'userId=AGENT&to=2023-11-14T23:00:00Z',
    'userId=AGENT&action=users.test&to=2023-11-14T23:00:00Z',
    'userId=AGENT&conversationId=CONVERSATION',
    'action=users.test&entityId=AGENT&via=SESSION',
  ])('activities?%s', async (filter) => {
    const query = filter
      .replace('AGENT', agent.actor.id)
      .replace('CONVERSATION', idOf('conversation', 7))
      .replace('SESSION', idOf('session', 3));
    const { body } = await plansOf(stage, `activities?limit=20&${query}`, stage.admin);
    if (body.nextCursor) await plansOf(stage, `activities?limit=20&${query}&cursor=${body.nextCursor}`, stage.admin);
  });

  it('what one user did, and a part of the verification', async () => {
    const path = `users/${agent.actor.id}/activity?limit=20`;
    const { body } = await plansOf(stage, path, stage.admin);
    expect(body.data).toHaveLength(20);
    await plansOf(stage, `${path}&cursor=${body.nextCursor}`, agent);
    await plansOf(stage, 'activities/verification', stage.admin);
    await plansOf(stage, 'activities/export.csv?action=users.rare', stage.admin);
  });

  async function write(): Promise<void> {
    const { organization: organization_id, admin } = stage.tims;
    await fill(stage, {
      events: rowsOf(size, (i) => ({
        organization_id,
        sequence: 10_000 + i,
        id: idOf('event', i),
        type: 'message.created',
        entity_id: idOf('message', i),
        entity_version: 1,
        data: JSON.stringify({ conversationId: model.id }),
        actor_type: 'system',
        actor_id: 'test',
        at: start + i,
      })),
      activity_logs: rowsOf(size, (i) => ({
        organization_id,
        sequence: 10_000 + i,
        at: start + i * 1_000,
        actor_type: 'user',
        actor_id: i % 3 === 0 ? agent.actor.id : admin.id,
        via: idOf('session', i % 9),
        ip: '203.0.113.9',
        action: i % 1_000 === 1 ? 'users.rare' : 'users.test',
        entity_id: i % 5 === 0 ? agent.actor.id : idOf('user', i),
        conversation_id: idOf('conversation', i % 50),
        data: '{}',
        mac: '0'.repeat(64),
      })),
    });
  }
});
