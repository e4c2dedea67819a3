import { startWorkers } from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { conversationAt, openStage, type Stage, until } from '../stage/index.js';

forEachDatabase('attributes of contacts', (open) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(await open());
  });
  afterAll(() => stage.close());

  const create = (body: object, as = stage.admin) => stage.call('POST', '/api/contact-attributes', { as, body });
  const list = async (as = stage.admin) => (await stage.call('GET', '/api/contact-attributes', { as })).body.data;
  const contact = async (id: string) => (await stage.call('GET', `/api/contacts/${id}`, { as: stage.admin })).body;
  const set = (id: string, attributes: object) =>
    stage.call('PATCH', `/api/contacts/${id}`, { as: stage.admin, body: { attributes } });

  it('are defined once each, with a type of a closed list, in their order', async () => {
    expect((await create({ key: 'plan', name: ' Plan ', type: 'select', options: ['gold', 'silver'] })).body).toEqual({
      key: 'plan',
      name: 'Plan',
      type: 'select',
      options: ['gold', 'silver'],
      position: 0,
      version: 1,
      createdAt: expect.any(String),
    });
    for (const type of ['text', 'number', 'boolean', 'date', 'url', 'email']) {
      expect((await create({ key: `a_${type}`, name: type, type })).status).toBe(201);
    }
    expect(await create({ key: 'plan', name: 'Again', type: 'text' })).toMatchObject({
      status: 409,
      body: { code: 'attribute_taken' },
    });
    for (const body of [
      { key: 'x', name: 'x', type: 'formula' },
      { key: 'x', name: 'x', type: 'select' },
      { key: 'x', name: 'x', type: 'text', options: ['a'] },
      { key: '__proto__', name: 'x', type: 'text' },
      { key: 'x', name: ' ', type: 'text' },
    ]) {
      expect((await create(body)).status, JSON.stringify(body)).toBe(400);
    }
    await stage.call('PATCH', '/api/contact-attributes/plan', { as: stage.admin, body: { position: 9 } });
    expect((await list()).map((one: { key: string }) => one.key)).toEqual([
      ...['a_text', 'a_number', 'a_boolean', 'a_date', 'a_url', 'a_email', 'plan'],
    ]);
    expect(await list(stage.stranger)).toEqual([]);
  });

  it('take values of their type, say what is wrong with the others, and change nothing where one is', async () => {
    const { contactId } = await conversationAt(stage.tims);
    const good = {
      plan: 'gold',
      a_text: 'Prefers mornings',
      a_number: 12.5,
      a_boolean: false,
      a_date: '2024-02-29',
      a_url: 'https://example.com/a?b=c',
      a_email: 'mei@example.com',
    };
    expect((await set(contactId, good)).body.attributes).toEqual(good);
    const bad = {
      plan: 'platinum',
      a_text: '',
      a_number: '12',
      a_boolean: 'yes',
      a_date: '2023-02-29',
      a_url: 'javascript:alert(1)',
      a_email: 'mei',
      constructor: 'x',
    };
    const refused = await set(contactId, bad);
    expect(refused).toMatchObject({ status: 422, body: { code: 'attributes_invalid' } });
    expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual(
      Object.keys(bad).map((key) => `/body/attributes/${key}`),
    );
    expect(refused.text).not.toContain('alert');
    expect((await contact(contactId)).attributes).toEqual(good);
  });

  it('change one by one, and null takes a value away', async () => {
    const { contactId } = await conversationAt(stage.tims);
    await set(contactId, { plan: 'gold', a_number: 1 });
    expect((await set(contactId, { plan: null, a_text: 'x' })).body.attributes).toEqual({ a_number: 1, a_text: 'x' });
    const { version } = await contact(contactId);
    expect((await set(contactId, { a_text: 'x', plan: null })).body.version).toBe(version);
  });

  it('keep the option that somebody has when it is no longer offered', async () => {
    const { contactId } = await conversationAt(stage.tims);
    await set(contactId, { plan: 'silver' });
    await stage.call('PATCH', '/api/contact-attributes/plan', { as: stage.admin, body: { options: ['gold'] } });
    expect((await contact(contactId)).attributes).toEqual({ plan: 'silver' });
    expect((await set(contactId, { plan: 'silver' })).status).toBe(422);
  });

  it('are gone from sight when they are removed, and from the contacts a little later; then the key is free', async () => {
    const { contactId } = await conversationAt(stage.tims);
    await create({ key: 'shoe', name: 'Shoe size', type: 'number' });
    await set(contactId, { shoe: 41, a_text: 'kept' });
    expect((await stage.call('DELETE', '/api/contact-attributes/shoe', { as: stage.admin })).status).toBe(204);
    const { version, attributes } = await contact(contactId);
    expect(attributes).toEqual({ a_text: 'kept' });
    expect((await set(contactId, { shoe: 42 })).status).toBe(422);
    expect(await create({ key: 'shoe', name: 'Shoes', type: 'text' })).toMatchObject({ status: 409 });
    expect((await stage.call('DELETE', '/api/contact-attributes/shoe', { as: stage.admin })).status).toBe(404);
    const workers = startWorkers(stage.tims.installation);
    try {
      await until(async () => (await create({ key: 'shoe', name: 'Shoes', type: 'text' })).status === 201);
      expect(await contact(contactId)).toMatchObject({ version: version + 1, attributes: { a_text: 'kept' } });
    } finally {
      await workers.stop();
    }
    const { reader } = stage.tims.installation.storage;
    expect(await reader('contacts').where('attributes', 'like', '%shoe%').first('id')).toBeUndefined();
  });

  it('are found by search, as they are now', async () => {
    const { contactId } = await conversationAt(stage.tims);
    const find = async (q: string) => {
      const { body } = await stage.call('GET', `/api/search?in=contacts&q=${q}`, { as: stage.admin });
      return body.data.map((hit: { id: string }) => hit.id);
    };
    const workers = startWorkers(stage.tims.installation);
    try {
      await set(contactId, { a_text: 'Bandaraya', a_number: 7 });
      await until(async () => (await find('bandar')).includes(contactId));
      await set(contactId, { a_text: 'Kampung' });
      await until(async () => (await find('kampung')).includes(contactId));
      expect(await find('bandar')).toEqual([]);
      await stage.call('PATCH', `/api/contacts/${contactId}`, { as: stage.admin, body: { name: 'Ñandú' } });
      await until(async () => (await find('nandu')).includes(contactId));
    } finally {
      await workers.stop();
    }
  });
});
