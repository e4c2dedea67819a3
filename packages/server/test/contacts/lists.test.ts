import { newId, updateSettings } from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, conversationAt, openStage, type Person, type Stage } from '../stage/index.js';

forEachDatabase('lists of contacts', (open) => {
  let stage: Stage;
  let people: Record<'admin' | 'manager' | 'lead' | 'agent' | 'other', Person>;
  let tx: string;
  let tagId: string;
  /** Contacts by where their conversations stand. */
  const places: Record<string, string> = {};
  const named: string[] = [];

  beforeAll(async () => {
    stage = await openStage(await open());
    const { tims, call, admin: as } = stage;
    tx = await tims.addTeam('tx');
    const [manager, lead, agent, other] = await Promise.all([
      addPerson(tims, 'manager', [tims.teamId]),
      addPerson(tims, 'assistant_manager', [tims.teamId]),
      addPerson(tims, 'agent', [tims.teamId]),
      addPerson(tims, 'agent', [tims.teamId]),
    ]);
    people = { admin: as, manager, lead, agent, other };
    places.queue = (await conversationAt(tims)).contactId;
    places.ofAgent = (await conversationAt(tims, { assignee: agent.actor })).contactId;
    places.ofOther = (await conversationAt(tims, { assignee: other.actor })).contactId;
    places.closedOfAgent = (await conversationAt(tims, { assignee: agent.actor, closed: true })).contactId;
    places.ofTx = (await conversationAt(tims, { teamId: tx })).contactId;
    for (const name of ['Zoé', 'zoe adam', 'ZOË BELL', 'Adam', 'Zo']) {
      named.push((await call('POST', '/api/contacts', { as, body: { name, kind: 'tutor' } })).body.id);
    }
    tagId = (await call('GET', '/api/tags', { as })).body.data[0].id;
    for (const id of [places.ofTx, places.ofAgent, named[0]])
      await call('POST', `/api/contacts/${id}/tags`, { as, body: { tagId } });
    await call('PATCH', `/api/contacts/${places.ofOther}`, { as, body: { blocked: true } });
    await call('PATCH', `/api/contacts/${named[3]}`, { as, body: { blocked: true } });
  });
  afterAll(() => stage.close());

  const ask = async (query: string, as: Person = people.admin) => {
    const { status, body, text } = await stage.call('GET', `/api/contacts?${query}`, { as });
    expect(status, text).toBe(200);
    return body as { data: { id: string }[]; nextCursor: string | null };
  };
  const ids = async (query: string, as?: Person) => (await ask(query, as)).data.map(({ id }) => id);
  const all = async (query: string, as?: Person) => {
    const found: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await ask(`${query}${cursor && `&cursor=${cursor}`}`, as);
      expect(page.data.length).toBeLessThanOrEqual(2);
      found.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    return found;
  };

  it('begin with the newest, page by page, each once', async () => {
    const newestFirst = [...Object.values(places), ...named].sort().reverse();
    expect(await ids('')).toEqual(newestFirst);
    expect(await all('limit=2')).toEqual(newestFirst);
  });

  it('are narrowed by kind, tag, channel and being blocked', async () => {
    expect(await all('limit=2&kind=tutor')).toEqual([...named].sort().reverse());
    expect(await all(`limit=2&tagId=${tagId}`)).toEqual([places.ofTx, places.ofAgent, named[0]].sort().reverse());
    expect(await ids(`tagId=${tagId}&kind=tutor`)).toEqual([named[0]]);
    expect(await all(`limit=2&channelId=${stage.tims.channelId}`)).toEqual(Object.values(places).sort().reverse());
    expect(await all('limit=1&blocked=true')).toEqual([named[3], places.ofOther]);
    expect(await ids('blocked=false')).not.toContain(named[3]);
    expect((await ids('blocked=false')).length).toBe(8);
    expect(await ids('kind=alien')).toEqual([]);
  });

  it('by the beginning of a name, case and accents aside, in the order of the names', async () => {
    expect(await all('limit=2&name=ZO%C3%89')).toEqual([named[0], named[1], named[2]]);
    expect(await all('limit=1&name=zo')).toEqual([named[4], named[0], named[1], named[2]]);
    expect(await ids('name=zoe%20b')).toEqual([named[2]]);
    expect(await ids('name=%25')).toEqual([]);
    expect(await ids(`name=zo&tagId=${tagId}`)).toEqual([named[0]]);
  });

  it('show each what they see of contacts one by one', async () => {
    const { admin, manager, lead, agent, other } = people;
    for (const as of [admin, manager, lead, agent, other]) {
      const seen: string[] = [];
      for (const id of [...Object.values(places), ...named]) {
        if ((await stage.call('GET', `/api/contacts/${id}`, { as })).status === 200) seen.push(id);
      }
      expect(await ids('', as), as.actor.role).toEqual([...seen].sort().reverse());
      expect(await all('limit=2', as), as.actor.role).toEqual([...seen].sort().reverse());
      expect(await ids(`tagId=${tagId}`, as)).toEqual(
        [places.ofTx, places.ofAgent, named[0]]
          .filter((id) => id && seen.includes(id))
          .sort()
          .reverse(),
      );
      expect(await ids('blocked=true', as)).toEqual([named[3], places.ofOther].filter((id) => id && seen.includes(id)));
      expect((await ids('name=aisyah', as)).sort()).toEqual(
        Object.values(places)
          .filter((id) => seen.includes(id))
          .sort(),
      );
    }
    expect(await ids('', agent)).toEqual([places.ofAgent, places.closedOfAgent].sort().reverse());
    await updateSettings(stage.tims.installation, stage.tims.admin, { queueSight: 'whole' });
    expect(await ids('', other)).toEqual([places.ofOther, places.queue].sort().reverse());
    await updateSettings(stage.tims.installation, stage.tims.admin, { queueSight: 'preview' });
  });

  it('take no cursor but their own', async () => {
    const { nextCursor } = await ask('limit=1&name=zo');
    const forged = Buffer.from(JSON.stringify([{ a: 1 }, newId('contact')])).toString('base64url');
    for (const query of [
      `cursor=${nextCursor}`,
      'cursor=x',
      `name=zo&cursor=${forged}`,
      `blocked=true&cursor=${nextCursor}`,
    ]) {
      expect(await stage.call('GET', `/api/contacts?${query}`, { as: people.admin }), query).toMatchObject({
        status: 400,
        body: { code: 'cursor_invalid' },
      });
    }
  });

  it('show nothing of another organization', async () => {
    expect(await ids('', stage.stranger)).toEqual([]);
    expect(await ids(`tagId=${tagId}`, stage.stranger)).toEqual([]);
    expect(await ids(`channelId=${stage.tims.channelId}`, stage.stranger)).toEqual([]);
  });
});
