import { forEachDatabase, textWebhook } from '@tims/testing';
import { expect, it } from 'vitest';
import { contacts } from '../src/database/migrations/team-inbox/contacts.js';
import { newPhone, rows, shared } from './stage.js';

forEachDatabase('the names of contacts', (open) => {
  const stage = shared(open);
  const keys = async () => (await rows(stage(), 'contacts')).map(({ name, name_key }) => [name, name_key]);
  const writes = (from: string, name: string) =>
    stage().receive(textWebhook({ phoneNumberId: stage().phoneNumberId, from, name }));

  it('are compared without case and accents, also when they change', async () => {
    const from = newPhone();
    await writes(from, 'Zoë  BELL');
    expect(await keys()).toEqual([['Zoë  BELL', 'zoe bell']]);
    await writes(from, 'Zoé');
    expect(await keys()).toEqual([['Zoé', 'zoe']]);
  });

  it('are keyed for those that stood before there were keys, however often it is begun', async () => {
    const { writer, dialect } = stage().installation.storage;
    const [model] = await rows(stage(), 'contacts');
    const many = Array.from({ length: 1_200 }, (_, i) => ({
      ...model,
      id: `con_${String(i).padStart(26, '0')}`,
      name: i % 7 === 0 ? null : `Náme ${i}`,
      name_key: null,
    }));
    for (let at = 0; at < many.length; at += 400)
      await dialect.bulkInsert(writer, 'contacts', many.slice(at, at + 400));
    const step = contacts.find(({ name }) => name === 'contact_name_keys') ?? expect.fail();
    await step.run(writer, dialect);
    await step.run(writer, dialect);
    const keyed = new Map((await rows(stage(), 'contacts')).map(({ id, name_key }) => [id, name_key]));
    for (const { id, name } of many) expect(keyed.get(id)).toBe(name?.toLowerCase().replace('á', 'a') ?? null);
  });
});
