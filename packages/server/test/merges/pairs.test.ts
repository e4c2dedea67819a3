import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newChannel } from '../access/made.js';
import {
  type Answer,
  addPerson,
  customerWrites,
  newPhone,
  openStage,
  type Person,
  type Stage,
} from '../stage/index.js';

interface Pair {
  contact: { id: string };
  other: { id: string };
  certainty: string;
  evidence: { type: string; value: string }[];
}

forEachDatabase('all contacts that may be one person', (open) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage(await open());
  });
  afterAll(() => stage.close());

  const call = async (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object, as: Person = stage.admin) => {
    const answer = await stage.call(method, `/api/${path}`, { as, ...(body ? { body } : {}) });
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer;
  };
  const named = async (name: string, attributes: Record<string, string> = {}): Promise<string> =>
    (await call('POST', 'contacts', { name, attributes })).body.id;

  /** All pages with so many a page. */
  async function pairs(limit = 100, as: Person = stage.admin): Promise<Pair[]> {
    const found: Pair[] = [];
    for (let cursor = ''; ; ) {
      const { body }: Answer = await call('GET', `contacts/duplicates?limit=${limit}${cursor}`, undefined, as);
      expect(body.data.length).toBeLessThanOrEqual(limit);
      found.push(...body.data);
      if (body.nextCursor === null) return found;
      cursor = `&cursor=${body.nextCursor}`;
    }
  }

  const idsOf = (all: readonly Pair[]) => all.map(({ contact, other }) => `${contact.id} ${other.id}`);
  const among = (all: readonly Pair[], ids: readonly string[]) =>
    all.filter(({ contact, other }) => ids.includes(contact.id) && ids.includes(other.id));

  it('stand once each, at the newer one or at the one whose notes alone say so, however they are paged', async () => {
    const phone = newPhone();
    for (const key of ['mobile', 'mail']) await call('POST', 'contact-attributes', { key, name: key, type: 'text' });
    const { contactId } = await customerWrites(stage.tims, 'Hello', phone);
    await call('PATCH', `contacts/${contactId}`, { name: 'Farah Idris' });
    const noting = await named('Somebody who noted it', { mobile: `+${phone}` });
    const name = await named('farah  IDRIS');
    const later = newPhone();
    const notedBefore = await named('Noted before', { mobile: `+${later}` });
    const { contactId: writesLater } = await customerWrites(stage.tims, 'Hello', later);
    const ids = [contactId, noting, name, notedBefore, writesLater];
    const all = await pairs();
    expect(among(all, ids)).toMatchObject(
      [
        {
          contact: { id: notedBefore },
          other: { id: writesLater },
          certainty: 'likely',
          evidence: [{ type: 'attribute' }],
        },
        { contact: { id: name }, other: { id: contactId }, certainty: 'possible', evidence: [{ type: 'name' }] },
        { contact: { id: noting }, other: { id: contactId }, certainty: 'likely', evidence: [{ type: 'attribute' }] },
      ].sort((a, b) => (a.contact.id < b.contact.id ? 1 : -1)),
    );
    for (const limit of [1, 2]) expect(idsOf(await pairs(limit))).toEqual(idsOf(all));
  });

  it('are those that are suggested for each of the two', async () => {
    const all = await pairs();
    for (const { contact, other } of all) {
      const suggested = [contact.id, other.id].map(async (id) => (await call('GET', `contacts/${id}/duplicates`)).body);
      const ids = (await Promise.all(suggested)).flatMap(({ data }) =>
        data.map((one: { contact: { id: string } }) => one.contact.id),
      );
      expect(ids.filter((id) => id === contact.id || id === other.id).length).toBeGreaterThan(0);
    }
  });

  it('of one number on two channels are likely', async () => {
    const { body: channel } = await call('POST', 'channels', newChannel(stage.tims.teamId));
    const phone = newPhone();
    const { contactId } = await customerWrites(stage.tims, 'Hello', phone);
    const identities = [{ channelId: channel.id, address: `+${phone}` }];
    const { body: other } = await call('POST', 'contacts', { name: 'On the other number', identities });
    expect(among(await pairs(), [contactId, other.id])).toMatchObject([
      { contact: { id: other.id }, other: { id: contactId }, certainty: 'likely', evidence: [{ type: 'address' }] },
    ]);
  });

  it('are gone when they were linked, or said to be two, and when the link is undone they are back', async () => {
    const [one, two, three] = [await named('Noor Azizah'), await named('Noor Azizah'), await named('Noor Azizah')];
    const ids = [one, two, three];
    expect(among(await pairs(), ids)).toHaveLength(3);
    await call('POST', `contacts/${one}/distinguish`, { contactId: three });
    expect(idsOf(among(await pairs(), ids)).sort()).toEqual([`${two} ${one}`, `${three} ${two}`].sort());
    await call('POST', `contacts/${one}/link`, { contactId: two });
    expect(among(await pairs(), ids)).toEqual([]);
    const { body } = await call('GET', `merges?contactId=${one}`);
    await call('POST', `merges/${body.data[0].id}/undo`);
    expect(among(await pairs(), ids)).toHaveLength(2);
  });

  it('of a name that many have are bounded, and each contact of it is in one', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 25; i++) ids.push(await named('A very common name'));
    const found = among(await pairs(), ids);
    expect(found.length).toBeLessThan((25 * 24) / 2);
    expect(new Set(found.flatMap(({ contact, other }) => [contact.id, other.id]))).toEqual(new Set(ids));
    expect(new Set(idsOf(found)).size).toBe(found.length);
    expect(idsOf(among(await pairs(30), ids))).toEqual(idsOf(found));
  });

  it('are those of which somebody sees both, and never another organization’s', async () => {
    const elsewhere = await stage.tims.addTeam('elsewhere');
    const lead = await addPerson(stage.tims, 'assistant_manager', [elsewhere]);
    expect(await pairs(100, lead)).toEqual([]);
    await stage.call('POST', '/api/contacts', { as: stage.stranger, body: { name: 'Noor Azizah' } });
    expect(await pairs(100, stage.stranger)).toEqual([]);
  });

  it.each(['cursor=x', 'cursor=MS50YWdfMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA', 'limit=0', 'limit=101', 'q=x'])(
    '%s is refused',
    async (query) => {
      const { status } = await stage.call('GET', `/api/contacts/duplicates?${query}`, { as: stage.admin });
      expect(status).toBe(400);
    },
  );
});
