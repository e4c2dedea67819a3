import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, openStage, type Person, type Stage } from '../stage/index.js';
import { fill, fillInbox, fillSmall, idOf, rowsOf, size, start } from './fill.js';
import { plansOf } from './plans.js';

forEachDatabase('how lists of people and what they set up are read', (open) => {
  let stage: Stage;
  let agent: Person;

  beforeAll(async () => {
    stage = await openStage(await open());
    agent = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
    await fillInbox(stage, agent);
    await fillSmall(stage);
    await write();
  });
  afterAll(() => stage.close());

  it.each([
    'me/sessions?limit=20',
    'keys?limit=20',
    'invitations?limit=20',
    'users?limit=20',
    'users?limit=20&status=active',
    'users?limit=20&role=agent',
    'users?limit=20&teamId=TEAM',
    'directory?limit=20',
    'inbound-failures?limit=20',
  ])('%s: no table is read whole, and nothing is sorted', async (asked) => {
    const path = asked.replace('TEAM', stage.tims.teamId);
    const { body } = await plansOf(stage, path, stage.admin);
    expect(body.data.length).toBeGreaterThan(0);
    if (body.nextCursor) await plansOf(stage, `${path}&cursor=${body.nextCursor}`, stage.admin);
  });

  it.each([
    'teams',
    'teams/TEAM',
    'roles',
    'tags',
    'close-reasons',
    'contact-attributes',
    'channels',
    'settings',
    'conversations/counts',
  ])('%s: what an organization has a few of is read by its own range', async (asked) => {
    await plansOf(stage, asked.replace('TEAM', stage.tims.teamId), stage.admin);
  });

  it.each(['tags', 'close-reasons', 'directory?limit=20', 'teams', 'conversations/counts', 'me', 'me/sessions'])(
    '%s, for an agent',
    async (asked) => {
      await plansOf(stage, asked, agent);
    },
  );

  async function write(): Promise<void> {
    const { organization: organization_id, admin } = stage.tims;
    const owner = (i: number) => (i % 2 ? agent.actor.id : admin.id);
    await fill(stage, {
      sessions: rowsOf(size, (i) => ({
        organization_id,
        id: idOf('session', i),
        user_id: owner(i),
        mode: 'token',
        created_at: start + i,
        last_seen_at: start + i,
        expires_at: 2 * start,
      })),
      api_keys: rowsOf(size, (i) => ({
        organization_id,
        id: idOf('apiKey', i),
        user_id: owner(i),
        name: 'A key',
        hash: `hash ${i}`,
        hint: 'abcd',
        grants: '{}',
        expires_at: 2 * start,
        created_at: start + i,
      })),
      invitations: rowsOf(size, (i) => ({
        organization_id,
        id: idOf('invitation', i),
        hash: `hash ${i}`,
        email: `${i}@invited.example.com`,
        name: 'Somebody',
        role: 'agent',
        teams: '[]',
        invited_by: admin.id,
        expires_at: 2 * start,
        version: 1,
        created_at: start + i,
      })),
      inbound_failures: rowsOf(size, (i) => ({
        organization_id: i % 3 ? organization_id : null,
        id: idOf('inboundFailure', i),
        kind: 'whatsapp',
        reason: 'unknown_channel',
        detail: 'Nobody has the number',
        body: Buffer.from('{}'),
        attempts: 1,
        received_at: start + i,
      })),
    });
  }
});
