import { startWorkers } from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addPerson, conversationAt, openStage, type Person, type Stage } from './stage/index.js';

/** Each count with the list that it stands for. */
const lists = {
  mine: (me: string) => `assigneeId=${me}&lifecycle=open`,
  queue: () => 'status=queued',
  all: () => 'lifecycle=open',
  pending: () => 'lifecycle=pending',
  closed: () => 'lifecycle=closed',
} as const;

forEachDatabase('Counts', (open) => {
  let stage: Stage;
  let people: Person[];
  let otherTeam: string;
  let workers: ReturnType<typeof startWorkers>;

  beforeAll(async () => {
    stage = await openStage(await open());
    const { tims } = stage;
    otherTeam = await tims.addTeam('tx');
    people = [
      stage.admin,
      ...(await Promise.all([
        addPerson(tims, 'manager', [tims.teamId]),
        addPerson(tims, 'assistant_manager', [tims.teamId]),
        addPerson(tims, 'agent', [tims.teamId]),
        addPerson(tims, 'agent', [otherTeam]),
        addPerson(tims, 'agent', []),
      ])),
    ];
    workers = startWorkers(tims.installation);
    for (const teamId of [tims.teamId, otherTeam]) {
      await conversationAt(tims, { teamId });
      for (const { actor } of people.slice(2, 5)) {
        await conversationAt(tims, { teamId, assignee: actor });
        await conversationAt(tims, { teamId, assignee: actor, closed: true });
      }
    }
  });
  afterAll(async () => {
    await workers.stop();
    await stage.close();
  });

  describe('the numbers', () => {
    it('say of each role what its lists hold', async () => {
      for (const as of people) {
        await vi.waitFor(async () => {
          const counts = (await stage.call('GET', '/api/conversations/counts', { as })).body;
          for (const [name, query] of Object.entries(lists)) {
            const { data } = (await stage.call('GET', `/api/conversations?limit=100&${query(as.actor.id)}`, { as }))
              .body;
            const unread = data.filter((one: { unreadCount: number }) => one.unreadCount > 0).length;
            expect({ [name]: counts[name] }).toEqual({ [name]: { total: data.length, unread } });
          }
        }, 10_000);
      }
    });

    it('are split by team and channel', async () => {
      const { body } = await stage.call('GET', '/api/conversations/counts', { as: stage.admin });
      expect(body.teams).toHaveLength(2);
      for (const { teamId, total } of body.teams) {
        const list = await stage.call('GET', `/api/conversations?limit=100&lifecycle=open&teamId=${teamId}`, {
          as: stage.admin,
        });
        expect(total).toBe(list.body.data.length);
      }
      expect(body.channels).toEqual([
        { id: stage.tims.channelId, kind: 'whatsapp', name: expect.any(String), ...body.all },
      ]);
    });

    it('say nothing of another organization', async () => {
      const { body } = await stage.call('GET', '/api/conversations/counts', { as: stage.stranger });
      expect(body).toMatchObject({ all: { total: 0 }, closed: { total: 0 }, teams: [], channels: [] });
    });
  });
});
