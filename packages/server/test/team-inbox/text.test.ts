import { closeConversation, startWorkers } from '@tims/core';
import { forEachDatabase, textWebhook } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  addPerson,
  conversationAt,
  customerWrites,
  newPhone,
  openStage,
  type Person,
  type Stage,
  until,
} from '../stage/index.js';

forEachDatabase('the list of conversations by text', (open) => {
  let stage: Stage;
  let workers: ReturnType<typeof startWorkers>;
  beforeAll(async () => {
    stage = await openStage(await open());
    workers = startWorkers(stage.tims.installation);
  });
  afterAll(async () => {
    await workers.stop();
    await stage.close();
  });

  const list = async (query: string, as: Person = stage.admin): Promise<string[]> => {
    const { body } = await stage.call('GET', `/api/conversations?${query}`, { as });
    return body.data.map(({ id }: { id: string }) => id);
  };

  it('has those in which it was said and those with whom it names, once each, as far as one sees them', async () => {
    const { tims, other } = stage;
    const word = `giraffe${Date.now()}`;
    const open = await customerWrites(tims, `Where is my ${word}?`);
    await customerWrites(tims, `The ${word} again`, open.phone);
    const closed = await customerWrites(tims, `No ${word} any more`);
    await closeConversation(tims.installation, tims.admin, { id: closed.id, reason: 'resolved' });
    const named = await customerWrites(tims, 'Something else');
    await stage.call('PATCH', `/api/contacts/${named.contactId}`, { as: stage.admin, body: { name: `Ana ${word}` } });
    await customerWrites(other, `Theirs has a ${word}`);
    await until(async () => (await list(`q=${word}`)).length === 3);
    expect((await list(`q=${word}`)).sort()).toEqual([open.id, closed.id, named.id].sort());
    expect(await list(`q=${word}&lifecycle=closed`)).toEqual([closed.id]);
    expect(await list(`q=${word}%20again`)).toEqual([open.id]);
    const agent = await addPerson(tims, 'agent', [tims.teamId]);
    expect(await list(`q=${word}`, agent)).toEqual([]);
  });

  it('goes on page by page', async () => {
    const { tims } = stage;
    const word = `okapi${Date.now()}`;
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      const phone = newPhone();
      ids.push((await customerWrites(tims, `One ${word}`, phone)).id);
      await tims.receive(textWebhook({ phoneNumberId: tims.phoneNumberId, from: phone, text: `Two ${word}` }));
    }
    await until(async () => (await list(`q=${word}&limit=100`)).length === 5);
    const found = new Set<string>();
    for (let cursor: string | null = ''; cursor !== null; ) {
      const path: string = `/api/conversations?q=${word}&limit=2${cursor ? `&cursor=${cursor}` : ''}`;
      const { body } = await stage.call('GET', path, { as: stage.admin });
      for (const { id } of body.data) found.add(id);
      cursor = body.nextCursor;
    }
    expect([...found].sort()).toEqual(ids.sort());
  });

  it('refuses another order, and a cursor that is none', async () => {
    await conversationAt(stage.tims);
    for (const query of ['q=a&order=waiting', 'q=a&followUp=due', 'q=']) {
      expect((await stage.call('GET', `/api/conversations?${query}`, { as: stage.admin })).status).toBe(400);
    }
    expect((await stage.call('GET', '/api/conversations?q=a&cursor=x', { as: stage.admin })).body.code).toBe(
      'cursor_invalid',
    );
  });
});
