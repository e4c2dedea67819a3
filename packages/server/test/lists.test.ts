import { assignConversation, readConversation, takeConversation } from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  addPerson,
  conversationAt,
  customerWrites,
  customerWritesAgain,
  openStage,
  type Person,
  type Stage,
  type Written,
} from './stage/index.js';

forEachDatabase('lists', (open) => {
  let stage: Stage;
  let agent: Person;
  let tx: string;
  const get = (path: string, as: Person = stage.admin) => stage.call('GET', `/api/${path}`, { as });

  beforeAll(async () => {
    stage = await openStage(await open());
    tx = await stage.tims.addTeam('tx');
    agent = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
  });
  afterAll(() => stage.close());

  describe('pages', () => {
    it('of conversations have each once, while others are written in and rise', async () => {
      const written: Written[] = [];
      for (let i = 0; i < 25; i++)
        written.push(await conversationAt(stage.tims, i % 3 === 0 ? { assignee: agent.actor } : {}));
      for (const [as, limit] of [
        [stage.admin, 4],
        [agent, 3],
      ] as const) {
        const found = await pages(`conversations?limit=${limit}`, as, async (page) => {
          await customerWrites(stage.tims);
          // One that is still to come rises above the cursor: it is told by an event, not by a later page.
          if (page === 1) await customerWritesAgain(stage.tims, written[0] ?? expect.fail());
        });
        expect(new Set(found).size).toBe(found.length);
        const expected = written.map(({ id }) => id).filter((id) => id !== written[0]?.id);
        expect(found).toEqual(expect.arrayContaining(expected));
      }
    });

    it('of conversations with the same time follow their ids', async () => {
      const { writer } = stage.tims.installation.storage;
      await writer('conversations')
        .where('organization_id', stage.tims.organization)
        .update({ last_activity_at: 1_700_000_000_000 });
      const found = await pages('conversations?limit=7');
      expect(found).toEqual([...found].sort().reverse());
      expect(found.length).toBe(
        Number(
          (await writer('conversations').where('organization_id', stage.tims.organization).count({ n: '*' }))[0]?.n,
        ),
      );
    });

    it('of users have each once, while others are added', async () => {
      const before = (await get('users')).body.data.map(({ id }: { id: string }) => id);
      const found = await pages('users?limit=1', stage.admin, async (page) => {
        if (page === 0) await addPerson(stage.tims, 'agent', []);
      });
      expect(found).toEqual([...before, expect.any(String)]);
    });

    it('of events are the whole log once, and the last one waits for more', async () => {
      const all = await stage.tims.installation.storage
        .reader('events')
        .where('organization_id', stage.tims.organization)
        .orderBy('sequence')
        .pluck('id');
      const found: string[] = [];
      let cursor = '';
      for (let more = true; more; ) {
        const { body }: Answer = await get(`events?limit=17${cursor && `&cursor=${cursor}`}`);
        found.push(...body.data.map(({ id }: { id: string }) => id));
        [cursor, more] = [body.nextCursor, body.more];
      }
      expect(found).toEqual(all);
      const { id } = await customerWrites(stage.tims);
      const { body } = await get(`events?cursor=${cursor}`);
      expect(body.data.map(({ conversationId }: { conversationId?: string }) => conversationId)).toContain(id);
    });

    it('are as long as asked for, and fifty unless told', async () => {
      for (let i = 0; i < 30; i++) await customerWrites(stage.tims);
      expect((await get('conversations?limit=1')).body.data).toHaveLength(1);
      expect((await get('conversations')).body.data).toHaveLength(50);
      expect((await get('conversations?limit=100')).body.data.length).toBeGreaterThan(50);
    });
  });

  describe('filters', () => {
    it('leave over what they say', async () => {
      const { tims } = stage;
      const queued = await conversationAt(tims);
      const assigned = await conversationAt(tims, { assignee: agent.actor });
      const closed = await conversationAt(tims, { closed: true });
      const elsewhere = await conversationAt(tims, { teamId: tx });
      const read = await conversationAt(tims, { assignee: agent.actor });
      await readConversation(tims.installation, agent.actor, { id: read.id });
      const all = { queued, assigned, closed, elsewhere, read };
      const cases: Record<string, (keyof typeof all)[]> = {
        'status=queued': ['queued', 'elsewhere'],
        'status=assigned': ['assigned', 'read'],
        'status=closed': ['closed'],
        'status=new': [],
        'status=pending': [],
        'lifecycle=open': ['queued', 'assigned', 'elsewhere', 'read'],
        'lifecycle=closed': ['closed'],
        'lifecycle=pending': [],
        'lifecycle=open&status=closed': [],
        'lifecycle=open&status=queued': ['queued', 'elsewhere'],
        [`teamId=${tx}`]: ['elsewhere'],
        [`teamId=${tims.teamId}`]: ['queued', 'assigned', 'closed', 'read'],
        [`assigneeId=${agent.actor.id}`]: ['assigned', 'read'],
        [`assigneeId=${agent.actor.id}&teamId=${tx}`]: [],
        [`assigneeId=${agent.actor.id}&status=queued`]: [],
        [`contactId=${assigned.contactId}`]: ['assigned'],
        [`channelId=${tims.channelId}`]: ['queued', 'assigned', 'closed', 'elsewhere', 'read'],
        'unread=true': ['queued', 'assigned', 'elsewhere'],
        'unread=false': ['closed', 'read'],
        [`unread=true&status=assigned&assigneeId=${agent.actor.id}`]: ['assigned'],
      };
      for (const [query, expected] of Object.entries(cases)) {
        const found = await pages(`conversations?limit=100&${query}`);
        const names = Object.entries(all).flatMap(([name, { id }]) => (found.includes(id) ? [name] : []));
        expect(`${query}: ${names}`).toBe(`${query}: ${expected}`);
      }
    });

    it('never widen what an agent sees', async () => {
      const hidden = [
        await conversationAt(stage.tims, { teamId: tx }),
        await conversationAt(stage.tims, { assignee: stage.tims.admin }),
      ];
      const queries = [
        '',
        'status=assigned',
        'status=closed',
        `teamId=${tx}`,
        `assigneeId=${stage.tims.admin.id}`,
        'unread=true',
        'lifecycle=open',
        ...hidden.map(({ contactId }) => `contactId=${contactId}`),
      ];
      for (const query of queries) {
        const found = await pages(`conversations?limit=100&${query}`, agent);
        for (const { id } of hidden) expect(found, query).not.toContain(id);
      }
    });
  });

  describe('by their ids', () => {
    it('conversations and messages come as far as the caller may see them', async () => {
      const mine = await conversationAt(stage.tims, { assignee: agent.actor });
      const queued = await conversationAt(stage.tims);
      const hidden = await conversationAt(stage.tims, { teamId: tx });
      const theirs = await customerWrites(stage.other);
      const list = [mine, queued, hidden, theirs];
      const unknown = `cnv_${'0'.repeat(26)}`;
      const conversations = (await get(`conversations?ids=${[...list.map(({ id }) => id), mine.id, unknown]}`, agent))
        .body.data;
      expect(idsOf(conversations).sort()).toEqual([mine.id, queued.id].sort());
      const messages = (await get(`messages?ids=${list.map(({ messageId }) => messageId)}`, agent)).body.data;
      expect(idsOf(messages)).toEqual([mine.messageId]);
      expect((await get(`messages?ids=${list.map(({ messageId }) => messageId)}`)).body.data).toHaveLength(3);
      expect((await get(`conversations?ids=${Array(100).fill(mine.id)}`, agent)).body.data).toHaveLength(1);
    });
  });

  describe('messages of a conversation', () => {
    it('are paged both ways from any place, each once, also while more come', async () => {
      const conversation = await conversationAt(stage.tims, { assignee: agent.actor });
      await customerWritesAgain(stage.tims, conversation, 22);
      const path = `conversations/${conversation.id}?limit=5`;
      const all = idsOf((await get(`conversations/${conversation.id}?limit=100`, agent)).body.messages);
      expect(all).toHaveLength(23);

      const older: string[] = [];
      const newest = (await get(path, agent)).body;
      expect(newest.after).toBeNull();
      for (let page = newest; ; page = (await get(`${path}&before=${page.before}`, agent)).body) {
        older.unshift(...idsOf(page.messages));
        if (page.before === null) break;
        await customerWritesAgain(stage.tims, conversation);
      }
      expect(older).toEqual(all);

      const first = (await get(`${path}&before=${await cursorOf(conversation, all[1] ?? '')}`, agent)).body;
      expect(idsOf(first.messages)).toEqual(all.slice(0, 1));
      const forward = [...idsOf(first.messages)];
      for (let { after } = first; after !== null; ) {
        const page = (await get(`${path}&after=${after}`, agent)).body;
        forward.push(...idsOf(page.messages));
        after = page.after;
      }
      expect(forward.slice(0, 23)).toEqual(all);
      expect(new Set(forward).size).toBe(forward.length);
      expect(forward.length).toBe(27);
    });
  });

  describe('asOf', () => {
    it('is a place in the log from which nothing of the list is missing', async () => {
      const { body } = await get('conversations?limit=1');
      const { id } = await customerWrites(stage.tims);
      await takeConversation(stage.tims.installation, stage.tims.admin, { id });
      await assignConversation(stage.tims.installation, stage.tims.admin, { id, assigneeId: null });
      const after = (await get(`events?cursor=${body.asOf}`)).body;
      expect(after.resyncRequired).toBe(false);
      expect(after.data.map(({ type }: { type: string }) => type)).toEqual([
        'contact.created',
        'conversation.created',
        'message.created',
        'conversation.assigned',
        'conversation.assigned',
      ]);
    });
  });

  /** The ids of all pages; something may happen between two of them. */
  async function pages(
    path: string,
    as: Person = stage.admin,
    between: (page: number) => Promise<void> = async () => {},
  ): Promise<string[]> {
    const found: string[] = [];
    let cursor = '';
    for (let page = 0; page < 200; page++) {
      const { body, text, status }: Answer = await get(`${path}${cursor && `&cursor=${cursor}`}`, as);
      expect(status, text).toBe(200);
      found.push(...idsOf(body.data));
      if (body.nextCursor === null) return found;
      cursor = body.nextCursor;
      await between(page);
    }
    return expect.fail('the pages do not end');
  }

  /** The cursor before which a message stands, as the server would give it. */
  async function cursorOf({ id }: Written, messageId: string): Promise<string> {
    const { display_at } = await stage.tims.installation.storage
      .reader('messages')
      .where({ conversation_id: id, id: messageId })
      .first('display_at');
    return Buffer.from(`${display_at}.${messageId}`).toString('base64url');
  }
});

function idsOf(list: { id: string }[]): string[] {
  return list.map(({ id }) => id);
}
