import type { Row } from '@tims/core/plugin';
import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, conversationAt, openStage, type Person, type Stage } from '../stage/index.js';
import { fill, fillSmall, idOf, marksAndTags, size } from './fill.js';
import { plansOf } from './plans.js';

forEachDatabase('how lists of contacts are read', (open) => {
  let stage: Stage;
  let agent: Person;
  let lead: Person;
  let contactId: string;
  let tagId: string;

  beforeAll(async () => {
    stage = await openStage(await open());
    const tx = await stage.tims.addTeam('tx');
    const teams = [stage.tims.teamId, tx];
    [agent, lead] = await Promise.all([
      addPerson(stage.tims, 'agent', teams),
      addPerson(stage.tims, 'assistant_manager', teams),
    ]);
    tagId = (await stage.call('GET', '/api/tags', { as: stage.admin })).body.data[0].id;
    contactId = await write(tx);
    await fillSmall(stage);
  });
  afterAll(() => stage.close());

  it.each([
    '',
    'kind=tutor',
    'kind=parent',
    'blocked=true',
    'blocked=false',
    'name=na',
    'name=na&kind=tutor',
    'tagId=TAG',
    'tagId=TAG&blocked=true',
    'channelId=CHANNEL',
  ])('contacts?%s: no table is read whole, and nothing is sorted', async (filter) => {
    const query = filter.replace('TAG', tagId).replace('CHANNEL', stage.tims.channelId);
    for (const as of [stage.admin, lead, agent]) {
      const first = await plansOf(stage, `contacts?limit=20&${query}`, as);
      expect(first.statements.length).toBeGreaterThan(0);
      const { nextCursor } = first.body;
      if (nextCursor) await plansOf(stage, `contacts?limit=20&${query}&cursor=${nextCursor}`, as);
    }
  });

  it('the stream of a contact with many conversations', async () => {
    const { body, statements } = await plansOf(stage, `contacts/${contactId}/stream?limit=20`, stage.admin);
    expect(body.data).toHaveLength(20);
    const lists = /from `(contacts|contact_tags|conversations|messages)` .*order by/;
    expect(statements.filter(({ sql }) => lists.test(sql)).length).toBeLessThanOrEqual(4);
    await plansOf(stage, `contacts/${contactId}/stream?limit=20&cursor=${body.nextCursor}`, lead);
    await plansOf(stage, `contacts/${contactId}/conversations?limit=20`, stage.admin);
  });

  /** Some thousand contacts with a conversation each, and one with a hundred of their own; answers with that one. */
  async function write(tx: string): Promise<string> {
    const { tims } = stage;
    const { writer } = tims.installation.storage;
    const model = await conversationAt(tims, { assignee: agent.actor });
    const conversation: Row = await writer('conversations').where('id', model.id).first();
    const { key: _key, ...message }: Row = await writer('messages').where('id', model.messageId).first();
    const contact: Row = await writer('contacts').where('id', model.contactId).first();
    const contacts = Array.from(
      { length: size },
      (_, i): Row => ({
        ...contact,
        id: idOf('contact', i),
        kind: i % 40 === 0 ? 'tutor' : 'customer',
        name: `Name ${i}`,
        name_key: `name ${i}`,
        blocked_at: i % 100 === 0 ? 1_700_000_000_000 + i : null,
      }),
    );
    const conversations = Array.from(
      { length: size },
      (_, i): Row => ({
        ...conversation,
        id: idOf('conversation', i),
        active_key: null,
        contact_id: i < size - 100 ? idOf('contact', i) : model.contactId,
        team_id: i % 3 === 0 ? tx : tims.teamId,
        assignee_id: i % 5 === 0 ? agent.actor.id : tims.admin.id,
        last_activity_at: 1_700_000_000_000 + i * 1_000,
        last_message_at: 1_700_000_000_000 + i * 1_000,
        last_message_id: idOf('message', i),
      }),
    );
    const messages = Array.from(
      { length: size },
      (_, i): Row => ({
        ...message,
        id: idOf('message', i),
        external_id: `wamid.${i}`,
        conversation_id: idOf('conversation', i),
        display_at: 1_700_000_000_000 + i * 1_000,
      }),
    );
    const contact_tags = Array.from(
      { length: size / 2 },
      (_, i): Row => ({
        organization_id: tims.organization,
        contact_id: idOf('contact', i * 2),
        tag_id: tagId,
        tagged_at: 1,
      }),
    );
    await fill(stage, { contacts, conversations, messages, contact_tags, ...marksAndTags(stage, agent, tagId) });
    return model.contactId;
  }
});
