import { rebuildSearch } from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, openStage, type Person, type Stage } from '../stage/index.js';
import { fill, fillInbox, fillSmall, idOf, type Model, rowsOf, size, start } from './fill.js';
import { plansOf } from './plans.js';

forEachDatabase('how a search is read', (open) => {
  let stage: Stage;
  let agent: Person;
  let lead: Person;
  let model: Model;

  beforeAll(async () => {
    stage = await openStage(await open());
    const teams = [stage.tims.teamId];
    agent = await addPerson(stage.tims, 'agent', teams);
    lead = await addPerson(stage.tims, 'assistant_manager', teams);
    model = await fillInbox(stage, agent);
    await fillSmall(stage);
    await write();
  });
  afterAll(() => stage.close());

  it.each([
    'search?q=wallaby',
    'search?q=wallab',
    'search?q=koala%20wallaby',
    'search?q=koala%20wal&order=relevance',
    'search?q=%22koala%20wallaby%22&in=messages',
    'search?q=wallaby%20777',
    'search?q=name',
    'search?q=%2B6019100',
    'search?q=tag&in=tags',
    'search?q=nowhere',
    'search?q=wallaby&conversationId=CONVERSATION',
    'search?q=wallaby&contactId=CONTACT',
    'search?q=wallaby&channelId=CHANNEL',
    'search?q=wallaby&from=2023-11-14T22:20:00Z&to=2023-11-14T23:00:00Z',
    'messages/search?q=koala',
    'messages/search?q=koala&order=relevance',
  ])('%s: no table is read whole, and nothing is sorted', async (asked) => {
    const path = asked
      .replace('CONVERSATION', model.id)
      .replace('CONTACT', model.contactId)
      .replace('CHANNEL', stage.tims.channelId);
    for (const as of [stage.admin, lead, agent]) {
      const { body } = await plansOf(stage, path, as);
      if (!/nowhere|tags/.test(path)) expect(body.data.length, path).toBeGreaterThan(0);
      if (body.nextCursor) await plansOf(stage, `${path}&cursor=${body.nextCursor}`, as);
    }
  });

  async function write(): Promise<void> {
    const { organization: organization_id, admin, installation } = stage.tims;
    await fill(stage, {
      notes: rowsOf(size / 2, (i) => ({
        organization_id,
        id: idOf('note', i),
        conversation_id: i % 2 ? idOf('conversation', i) : null,
        contact_id: i % 2 ? null : idOf('contact', i),
        kind: i % 5 ? 'note' : 'feedback',
        author_id: admin.id,
        about_user_id: i % 5 ? null : agent.actor.id,
        text: `A wallaby, noted ${i}`,
        mentions: '[]',
        version: 1,
        created_at: start + i,
      })),
    });
    await rebuildSearch(installation, organization_id);
    await rebuildSearch(installation, stage.other.organization);
    await fill(stage, { search_documents: [], search_words: [], search_postings: [] });
  }
});
