import { startWorkers } from '@tims/core';
import { forEachDatabase, textWebhook } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  addPerson,
  conversationAt,
  customerWrites,
  customerWritesAgain,
  newPhone,
  openStage,
  type Person,
  type Stage,
  until,
  type Written,
} from '../stage/index.js';

forEachDatabase('contacts that are one person', (open) => {
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

  const call = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object, as: Person = stage.admin) =>
    stage.call(method, path, { as, ...(body ? { body } : {}) });
  const contact = async (id: string) => (await call('GET', `/api/contacts/${id}`)).body;
  const link = (into: string, contactId: string, as?: Person) =>
    call('POST', `/api/contacts/${into}/link`, { contactId }, as);
  const mergesOf = async (id: string) => (await call('GET', `/api/merges?contactId=${id}`)).body.data;
  const conversationsOf = async (id: string): Promise<string[]> => {
    const { body } = await call('GET', `/api/contacts/${id}/conversations`);
    return body.data.map((one: { id: string }) => one.id).sort();
  };
  const two = async (): Promise<[Written, Written]> => [
    await customerWrites(stage.tims, 'From my first number'),
    await customerWrites(stage.tims, 'From my second number'),
  ];

  it('are linked with all that is theirs, and parted again', async () => {
    const [one, other] = await two();
    const tagId = (await call('POST', '/api/tags', { name: 'Second', color: 'blue' })).body.id;
    await call('POST', `/api/contacts/${other.contactId}/tags`, { tagId });
    await call('PATCH', `/api/contacts/${one.contactId}`, { name: 'Mei Ling' });
    const note = await call('POST', `/api/contacts/${other.contactId}/notes`, { text: 'Prefers the second number' });
    const before = [await contact(one.contactId), await contact(other.contactId)];

    const linked = await link(one.contactId, other.contactId);
    expect(linked).toMatchObject({ status: 200, body: { name: 'Mei Ling', mergedInto: null } });
    expect(linked.body.identities).toHaveLength(2);
    expect(linked.body.tags).toContain(tagId);
    expect(await contact(other.contactId)).toMatchObject({ mergedInto: one.contactId, identities: [] });
    expect(await conversationsOf(one.contactId)).toEqual([one.id, other.id].sort());
    expect((await call('GET', `/api/contacts/${one.contactId}/notes`)).body.data[0].id).toBe(note.body.id);
    const stream = (await call('GET', `/api/contacts/${one.contactId}/stream`)).body.data;
    expect(stream.map((message: { id: string }) => message.id).sort()).toEqual([one.messageId, other.messageId].sort());
    const listed = (await call('GET', '/api/contacts?limit=100')).body.data.map((each: { id: string }) => each.id);
    expect(listed).toContain(one.contactId);
    expect(listed).not.toContain(other.contactId);

    // What comes from either number is the one contact's.
    await customerWritesAgain(stage.tims, other);
    expect((await call('GET', `/api/contacts/${one.contactId}/stream`)).body.data).toHaveLength(3);

    const [merge] = await mergesOf(one.contactId);
    expect(merge).toMatchObject({ kind: 'contact', fromId: other.contactId, intoId: one.contactId, undoneAt: null });
    expect((await call('POST', `/api/merges/${merge.id}/undo`)).status).toBe(200);
    expect(await conversationsOf(one.contactId)).toEqual([one.id]);
    expect(await conversationsOf(other.contactId)).toEqual([other.id]);
    const after = [await contact(one.contactId), await contact(other.contactId)];
    const standing = ({ version: _version, identities, ...rest }: (typeof before)[number]) => ({
      ...rest,
      identities: identities.map(({ id }: { id: string }) => id),
    });
    expect(after.map(standing)).toEqual(before.map(standing));
    expect((await call('GET', `/api/contacts/${other.contactId}/notes`)).body.data[0].id).toBe(note.body.id);
    expect(await call('POST', `/api/merges/${merge.id}/undo`)).toMatchObject({
      status: 409,
      body: { code: 'merge_refused' },
    });
  });

  it('keep what the first one says, take what it lacks, and give back no value that was changed since', async () => {
    const [one, other] = await two();
    for (const key of ['city', 'plan']) {
      await call('POST', '/api/contact-attributes', { key, name: key, type: 'text' });
    }
    await call('PATCH', `/api/contacts/${one.contactId}`, { attributes: { city: 'Ipoh' } });
    await call('PATCH', `/api/contacts/${other.contactId}`, { attributes: { city: 'Kuala Lumpur', plan: 'Gold' } });
    expect((await link(one.contactId, other.contactId)).body.attributes).toEqual({ city: 'Ipoh', plan: 'Gold' });
    await call('PATCH', `/api/contacts/${one.contactId}`, { attributes: { plan: 'Silver' } });
    const [merge] = await mergesOf(one.contactId);
    await call('POST', `/api/merges/${merge.id}/undo`);
    expect((await contact(one.contactId)).attributes).toEqual({ city: 'Ipoh', plan: 'Silver' });
    expect((await contact(other.contactId)).attributes).toEqual({ city: 'Kuala Lumpur', plan: 'Gold' });
  });

  it('stay blocked where one of them was', async () => {
    const [one, other] = await two();
    await call('PATCH', `/api/contacts/${other.contactId}`, { blocked: true });
    expect((await link(one.contactId, other.contactId)).body.blockedAt).not.toBeNull();
    const [merge] = await mergesOf(one.contactId);
    await call('POST', `/api/merges/${merge.id}/undo`);
    expect((await contact(one.contactId)).blockedAt).toBeNull();
    expect((await contact(other.contactId)).blockedAt).not.toBeNull();
  });

  it('are refused to themselves, twice, in a ring, and to be changed as the one that is no more', async () => {
    const [one, other] = await two();
    expect(await link(one.contactId, one.contactId)).toMatchObject({ status: 409, body: { code: 'merge_refused' } });
    await link(one.contactId, other.contactId);
    for (const [into, from] of [
      [one.contactId, other.contactId],
      [other.contactId, one.contactId],
    ] as const) {
      expect(await link(into, from)).toMatchObject({ status: 409, body: { contactId: one.contactId } });
    }
    expect(await call('PATCH', `/api/contacts/${other.contactId}`, { name: 'Nobody' })).toMatchObject({
      status: 409,
      body: { code: 'merge_refused', contactId: one.contactId },
    });
    const third = await customerWrites(stage.tims);
    await link(third.contactId, one.contactId);
    const merge = (await mergesOf(one.contactId)).find((each: { intoId: string }) => each.intoId === one.contactId);
    expect(await call('POST', `/api/merges/${merge.id}/undo`)).toMatchObject({
      status: 409,
      body: { code: 'merge_refused', contactId: third.contactId },
    });
  });

  it('are linked by who may have all conversations of both', async () => {
    const { tims } = stage;
    const lead = await addPerson(tims, 'assistant_manager', [tims.teamId]);
    const agent = await addPerson(tims, 'agent', [tims.teamId]);
    const [one, other] = await two();
    expect((await link(one.contactId, other.contactId, agent)).status).toBe(403);
    const elsewhere = (await call('POST', '/api/teams', { key: `t${Date.now() % 1e6}`, name: 'Elsewhere' })).body.id;
    const foreign = await conversationAt(tims, { teamId: elsewhere });
    expect((await link(one.contactId, foreign.contactId, lead)).status).toBe(404);
    expect((await link(one.contactId, other.contactId, lead)).status).toBe(200);
    const stranger = await customerWrites(stage.other);
    expect((await link(one.contactId, stranger.contactId)).status).toBe(404);
    const [merge] = await mergesOf(one.contactId);
    expect((await call('POST', `/api/merges/${merge.id}/undo`, undefined, stage.stranger)).status).toBe(404);
  });

  it('with more conversations than go at once, go on in a job, and what came in meanwhile is found', async () => {
    const { tims } = stage;
    const { installation, organization } = tims;
    const [one, other] = await two();
    const { storage } = installation;
    const [row] = await storage.reader('conversations').where({ organization_id: organization, id: other.id });
    const copies = Array.from({ length: 1_200 }, (_, index) => ({
      ...row,
      id: `cnv_${String(index).padStart(26, '0')}`,
      active_key: null,
    }));
    await storage.dialect.bulkInsert(storage.writer, 'conversations', copies);
    expect((await link(one.contactId, other.contactId)).status).toBe(200);
    const left = async () => {
      const rows = storage
        .reader('conversations')
        .where({ organization_id: organization, contact_id: other.contactId });
      return Number((await rows.count({ count: '*' }))[0]?.count);
    };
    await until(async () => (await left()) === 0);
    const [merge] = await mergesOf(one.contactId);
    await call('POST', `/api/merges/${merge.id}/undo`);
    await until(async () => (await left()) === 1_201);
    expect(await conversationsOf(one.contactId)).toEqual([one.id]);
  });

  it('are suggested with what says so, until somebody says that they are two', async () => {
    const { tims } = stage;
    const [one, other] = await two();
    const third = await customerWrites(tims);
    const phone = newPhone();
    await tims.receive(
      textWebhook({ phoneNumberId: tims.phoneNumberId, from: phone, text: 'Hi', name: 'Árvíztűrő Tükör' }),
    );
    await call('POST', '/api/contact-attributes', { key: 'mobile', name: 'Mobile', type: 'text' });
    await call('PATCH', `/api/contacts/${one.contactId}`, {
      name: 'Arvizturo  tukor',
      attributes: { mobile: `+${other.phone.slice(0, 4)} ${other.phone.slice(4)}` },
    });
    const suggested = async (as?: Person) =>
      (await call('GET', `/api/contacts/${one.contactId}/duplicates`, undefined, as)).body.data;
    const found = await suggested();
    expect(
      found.map(({ certainty, evidence }: { certainty: string; evidence: object[] }) => [certainty, evidence]),
    ).toEqual([
      ['likely', [{ type: 'attribute', value: expect.stringContaining(other.phone) }]],
      ['possible', [{ type: 'name', value: 'Árvíztűrő Tükör' }]],
    ]);
    expect(found[0].contact.id).toBe(other.contactId);
    expect(found.some(({ contact: { id } }: { contact: { id: string } }) => id === third.contactId)).toBe(false);
    await call('POST', `/api/contacts/${other.contactId}/distinguish`, { contactId: one.contactId });
    expect((await suggested()).map(({ certainty }: { certainty: string }) => certainty)).toEqual(['possible']);
    await link(one.contactId, found[1].contact.id);
    expect(await suggested()).toEqual([]);
  });
});
