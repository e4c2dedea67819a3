import type { Row } from '@tims/core/plugin';
import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, openStage, type Person, type Stage } from '../stage/index.js';
import { addLead } from '../teamwork/people.js';
import { fill, fillInbox, fillSmall, idOf, type Model, rowsOf, size, start } from './fill.js';
import { plansOf } from './plans.js';

forEachDatabase('how lists of what colleagues keep are read', (open) => {
  let stage: Stage;
  let agent: Person;
  let lead: Person;
  let model: Model;

  beforeAll(async () => {
    stage = await openStage(await open());
    const { teamId } = stage.tims;
    agent = await addPerson(stage.tims, 'agent', [teamId]);
    lead = await addLead(stage, 'assistant_manager', [teamId]);
    model = await fillInbox(stage, agent);
    await fillSmall(stage);
    await write();
  });
  afterAll(() => stage.close());

  it.each([
    'conversations/CONVERSATION/notes?limit=20',
    'contacts/CONTACT/notes?limit=20',
    'notifications?limit=20',
    'notifications?limit=20&unread=true',
    'notifications?limit=20&unread=false',
    'follow-ups?limit=20',
    'follow-ups?limit=20&due=true',
    'follow-ups?limit=20&due=false',
    'follow-ups?limit=20&conversationId=CONVERSATION',
    'drafts?limit=20',
    'canned-responses?limit=20',
  ])('%s: no table is read whole, and nothing is sorted', async (asked) => {
    for (const as of [stage.admin, lead, agent]) await pagesOf(asked, as);
  });

  it.each(['userId=AGENT', 'userId=AGENT&due=true', 'teamId=TEAM', 'teamId=TEAM&due=false'])(
    'follow-ups?%s, of those whom one leads',
    async (filter) => {
      for (const as of [stage.admin, lead]) await pagesOf(`follow-ups?limit=20&${filter}`, as);
    },
  );

  it('what is asked for by ids, and what is a handful', async () => {
    const ids = [1, 2, 3].map((n) => idOf('note', n)).join(',');
    for (const as of [stage.admin, lead, agent]) {
      await plansOf(stage, `notes?ids=${ids}`, as);
      expect((await plansOf(stage, 'views', as)).body.data.length).toBeGreaterThan(0);
      expect((await plansOf(stage, `conversations/${model.id}/participants`, as)).body.watchers).toHaveLength(30);
    }
  });

  async function pagesOf(asked: string, as: Person): Promise<void> {
    const path = asked
      .replace('CONVERSATION', model.id)
      .replace('CONTACT', model.contactId)
      .replace('AGENT', agent.actor.id)
      .replace('TEAM', stage.tims.teamId);
    const { body } = await plansOf(stage, path, as);
    expect(body.data.length, path).toBeGreaterThan(0);
    if (body.nextCursor) await plansOf(stage, `${path}&cursor=${body.nextCursor}`, as);
  }

  async function write(): Promise<void> {
    const { tims } = stage;
    const { organization: organization_id, teamId } = tims;
    const people = [agent.actor.id, lead.actor.id, tims.admin.id];
    const person = (i: number) => people[i % people.length] ?? '';
    const note = (i: number): Row => ({
      organization_id,
      id: idOf('note', i),
      conversation_id: null,
      contact_id: null,
      kind: i % 10 === 0 ? 'feedback' : 'note',
      author_id: person(i),
      about_user_id: i % 10 === 0 ? agent.actor.id : null,
      text: 'A note',
      mentions: '[]',
      pinned_at: i % 500 === 3 ? start : null,
      version: 1,
      created_at: start + i,
    });
    await fill(stage, {
      notes: [
        ...rowsOf(size, (i) => ({ ...note(i), conversation_id: i % 2 ? model.id : idOf('conversation', i) })),
        ...rowsOf(size, (i) => ({ ...note(size + i), contact_id: i % 2 ? model.contactId : idOf('contact', i) })),
      ],
      notifications: rowsOf(3 * size, (i) => ({
        organization_id,
        id: idOf('notification', i),
        user_id: person(i),
        kind: 'message',
        conversation_id: idOf('conversation', i % size),
        entity_id: idOf('message', i % size),
        fact_id: idOf('message', i),
        actor_type: 'system',
        actor_id: 'test',
        created_at: start + i,
        read_at: i % 4 ? start : null,
      })),
      follow_ups: rowsOf(3 * size, (i) => ({
        organization_id,
        id: idOf('followUp', i),
        conversation_id: i % 20 ? idOf('conversation', i % size) : model.id,
        user_id: person(i),
        due_at: i % 2 ? start + i : 4 * start + i,
        text: 'Paid?',
        created_by: person(i),
        open: i % 7 ? 1 : 0,
        version: 1,
        created_at: start,
      })),
      drafts: people.flatMap((user_id) =>
        rowsOf(size / 2, (i) => ({
          organization_id,
          user_id,
          conversation_id: idOf('conversation', i * 2 + 1),
          text: 'Good morn',
          version: 1,
          updated_at: start + i,
        })),
      ),
      canned_responses: rowsOf(size, (i) => ({
        organization_id,
        id: idOf('cannedResponse', i),
        team_id: i % 2 ? teamId : null,
        scope: i % 2 ? teamId : '',
        shortcut: `c${i}`,
        title: 'Greeting',
        text: 'Hello {{contact.name}}',
        version: 1,
        created_at: start + i,
      })),
      views: rowsOf(size, (i) => ({
        organization_id,
        id: idOf('view', i),
        // A hundred are shared; the others are of as many people as there are.
        user_id: i < 50 || i % 100 === 0 ? (i % 100 === 0 ? person(i / 100) : null) : idOf('user', i),
        team_id: null,
        name: 'Mine',
        filter: '{}',
        position: i,
        version: 1,
        created_at: start,
      })),
      conversation_watchers: [
        ...rowsOf(30, (i) => ({ conversation_id: model.id, user_id: idOf('user', 200_000 + i) })),
        ...rowsOf(size, (i) => ({ conversation_id: idOf('conversation', i), user_id: person(i) })),
      ].map((row) => ({ ...row, organization_id, added_by: tims.admin.id, added_at: start })),
    });
  }
});
