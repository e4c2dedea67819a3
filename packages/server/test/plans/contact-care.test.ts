import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, openStage, type Person, type Stage } from '../stage/index.js';
import { fill, fillInbox, fillSmall, idOf, type Model, rowsOf, size, start } from './fill.js';
import { plansOf } from './plans.js';

forEachDatabase('how imports, duplicates, merges and erasures are read', (open) => {
  let stage: Stage;
  let agent: Person;
  let lead: Person;
  let model: Model;
  const importId = idOf('import', 7);

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
    'contact-imports?limit=20',
    `contact-imports/${importId}/rows?limit=20`,
    `contact-imports/${importId}/rows?limit=20&state=failed`,
    'erasures?limit=20',
  ])('%s: no table is read whole, and nothing is sorted', async (path) => {
    const { body } = await plansOf(stage, path, stage.admin);
    expect(body.data).toHaveLength(20);
    await plansOf(stage, `${path}&cursor=${body.nextCursor}`, stage.admin);
  });

  it('duplicates of a contact, by address, by what is noted, and by name', async () => {
    for (const as of [stage.admin, lead, agent]) {
      const { body } = await plansOf(stage, `contacts/${model.contactId}/duplicates`, as);
      expect(body.data.length).toBeGreaterThan(0);
    }
  });

  it('all duplicates, two and two', async () => {
    for (const as of [stage.admin, lead]) {
      const { body } = await plansOf(stage, 'contacts/duplicates?limit=20', as);
      expect(body.data).toHaveLength(20);
      await plansOf(stage, `contacts/duplicates?limit=20&cursor=${body.nextCursor}`, as);
    }
  });

  it('merges of a contact and of a conversation', async () => {
    for (const as of [stage.admin, lead, agent]) {
      expect((await plansOf(stage, `merges?contactId=${model.contactId}`, as)).body.data.length).toBeGreaterThan(0);
      await plansOf(stage, `merges?conversationId=${model.id}`, as);
    }
  });

  it('the export of all contacts', async () => {
    const { text } = await plansOf(stage, `contacts/export?channelId=${stage.tims.channelId}`, stage.admin);
    expect(text.split('\n').length).toBeGreaterThan(size);
  });

  async function write(): Promise<void> {
    const { organization: organization_id, admin, channelId } = stage.tims;
    const { writer } = stage.tims.installation.storage;
    await writer('contacts')
      .where('id', model.contactId)
      .update({ name: 'Name 7', name_key: 'name 7', attributes: JSON.stringify({ mobile: '+60191000005' }) });
    const [key] = await writer('identity_keys').where('identity_id', model.identityId);
    const by = admin.id;
    await fill(stage, {
      identity_keys: rowsOf(30, (i) => ({
        ...key,
        channel_id: idOf('channel', 200_000 + i),
        identity_id: idOf('identity', i),
      })),
      distinct_contacts: rowsOf(size, (i) => ({
        organization_id,
        a: idOf('contact', i),
        b: i % 8 ? idOf('contact', i + size) : model.contactId,
        by,
        at: start,
      })),
      merges: rowsOf(size, (i) => ({
        organization_id,
        id: idOf('merge', i),
        kind: 'contacts',
        from_id: idOf('contact', i + size),
        into_id: i % 50 ? idOf('contact', i) : model.contactId,
        moved: '{}',
        by,
        at: start + i,
        undone_at: start + i,
      })),
      erasures: rowsOf(size, (i) => ({
        organization_id,
        id: idOf('erasure', i),
        contact_id: idOf('contact', i + 2 * size),
        state: 'done',
        report: '{}',
        by,
        at: start + i,
        ended_at: start + i,
      })),
      imports: rowsOf(size, (i) => ({
        organization_id,
        id: idOf('import', i),
        state: 'done',
        columns: '[]',
        channel_id: channelId,
        existing: 'skip',
        created_by: by,
        rows: size,
        created: 0,
        updated: 0,
        unchanged: 0,
        failed: 0,
        version: 1,
        created_at: start + i,
        ended_at: start + i,
      })),
      import_rows: rowsOf(2 * size, (i) => ({
        organization_id,
        import_id: idOf('import', i % 2 ? 7 : 8),
        row: i,
        state: i % 3 ? 'created' : 'failed',
        data: '[]',
      })),
    });
  }
});
