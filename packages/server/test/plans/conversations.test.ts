import type { Row } from '@tims/core/plugin';
import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, conversationAt, openStage, type Person, type Stage } from '../stage/index.js';
import { fill, fillSmall, idOf, marksAndTags, size } from './fill.js';
import { plansOf } from './plans.js';

forEachDatabase('how lists of conversations are read', (open) => {
  let stage: Stage;
  let agent: Person;
  let lead: Person;
  let tx: string;
  let contactId: string;
  let tagId: string;

  beforeAll(async () => {
    stage = await openStage(await open());
    tx = await stage.tims.addTeam('tx');
    const teams = [stage.tims.teamId, tx];
    [agent, lead] = await Promise.all([
      addPerson(stage.tims, 'agent', teams),
      addPerson(stage.tims, 'assistant_manager', teams),
    ]);
    contactId = await write();
    await fillSmall(stage);
  });
  afterAll(() => stage.close());

  it.each([
    '',
    'status=queued',
    'lifecycle=open',
    'lifecycle=closed&unread=true',
    'teamId=TEAM',
    'teamId=TEAM&status=assigned',
    'assigneeId=AGENT',
    'assigneeId=AGENT&teamId=TEAM',
    'contactId=CONTACT',
    'channelId=CHANNEL',
    'unread=true',
    'unread=true&channelId=CHANNEL&lifecycle=open',
    'tagId=TAG',
    'tagId=TAG&status=closed&unread=true',
    'contactKind=tutor',
    'contactId=CONTACT&lifecycle=closed',
    'followUp=due',
    'followUp=open&teamId=TEAM',
    'order=waiting',
    'order=waiting&teamId=TEAM&status=queued',
    'from=2023-11-14T23:00:00Z&to=2023-11-15T00:00:00Z',
  ])('conversations?%s: no table is read whole, and nothing is sorted', async (filter) => {
    const { teamId, channelId } = stage.tims;
    const query = filter
      .replace('TEAM', teamId)
      .replace('AGENT', agent.actor.id)
      .replace('CONTACT', contactId)
      .replace('TAG', tagId)
      .replace('CHANNEL', channelId);
    for (const as of [stage.admin, lead, agent]) {
      const first = await plansOf(stage, `conversations?limit=20&${query}`, as);
      expect(first.statements.length).toBeGreaterThan(0);
      const { nextCursor } = first.body;
      if (nextCursor) await plansOf(stage, `conversations?limit=20&${query}&cursor=${nextCursor}`, as);
    }
  });

  it('messages of a conversation, in both directions', async () => {
    const { body } = await stage.call('GET', `/api/conversations?contactId=${contactId}&limit=1`, { as: stage.admin });
    const path = `conversations/${body.data[0].id}?limit=20`;
    const { body: newest } = await plansOf(stage, path, stage.admin);
    await plansOf(stage, `${path}&before=${newest.before}`, stage.admin);
    await plansOf(stage, `${path}&after=${newest.before}`, stage.admin);
  });

  /** Some thousand conversations of every state, one of them with some thousand messages; answers with its contact. */
  async function write(): Promise<string> {
    const { writer } = stage.tims.installation.storage;
    const model = await conversationAt(stage.tims);
    const conversation: Row = await writer('conversations').where('id', model.id).first();
    const message: Row = await writer('messages').where('id', model.messageId).first();
    const states = [
      { status: 'queued', lifecycle: 'open', handler: 'team', assignee_id: null },
      { status: 'assigned', lifecycle: 'open', handler: 'user', assignee_id: agent.actor.id },
      { status: 'assigned', lifecycle: 'open', handler: 'user', assignee_id: stage.tims.admin.id },
      { status: 'closed', lifecycle: 'closed', handler: 'user', assignee_id: agent.actor.id },
    ];
    const conversations = Array.from(
      { length: size },
      (_, i): Row => ({
        ...conversation,
        ...states[i % states.length],
        id: idOf('conversation', i),
        active_key: null,
        team_id: i % 3 === 0 ? tx : stage.tims.teamId,
        unread_count: i % 5 === 0 ? 1 : 0,
        last_activity_at: 1_700_000_000_000 + i * 1_000,
        waiting_since: i % 4 === 0 ? 1_700_000_000_000 + i * 1_000 : null,
        follow_up_at: i % 7 === 0 ? 1_700_000_000_000 + i * 1_000 : null,
        tag_count: i % 3 === 0 ? 1 : 0,
      }),
    );
    const { key: _key, ...sent } = message;
    const messages = Array.from(
      { length: size },
      (_, i): Row => ({
        ...sent,
        id: idOf('message', i),
        external_id: `wamid.${i}`,
        display_at: 1_700_000_000_000 + i * 1_000,
      }),
    );
    const { organization } = stage.tims;
    tagId = idOf('tag', 1);
    const tags: Row[] = [
      {
        organization_id: organization,
        id: tagId,
        scope: '',
        name: 'A tag',
        name_key: 'a tag',
        color: 'teal',
        version: 1,
        created_at: 1,
      },
    ];
    const conversation_tags = conversations
      .filter((row) => row.tag_count === 1)
      .map(
        (row): Row => ({
          organization_id: organization,
          conversation_id: row.id ?? null,
          tag_id: tagId,
          last_activity_at: row.last_activity_at ?? 0,
          tagged_at: 1,
        }),
      );
    await fill(stage, { conversations, messages, tags, conversation_tags, ...marksAndTags(stage, agent, tagId) });
    return model.contactId;
  }
});
