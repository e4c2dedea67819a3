import { rebuildSearch, transaction } from '@tims/core';
import { forEachDatabase, newWamid, textWebhook } from '@tims/testing';
import { describe, expect, it } from 'vitest';
import { freeKeys, keyAt } from '../../src/features/search/repository-keys.js';
import { newId } from '../../src/kernel/ids.js';
import { messageWebhook, newPhone, onlyRow, rows, shared } from '../stage.js';
import { ask, follow, found, historyOf, said, told, writeNote } from './asking.js';

forEachDatabase('the search index', (open) => {
  const stage = shared(open);

  it('has a place for thousands that a provider tells of one second, with a few statements for each batch', async () => {
    const tims = stage();
    const { installation, organization } = tims;
    const at = 4_000_000_000_000;
    const keys: number[] = [];
    let statements = 0;
    const count = (query: { sql: string }) => {
      if (query.sql.includes('search_documents') && query.sql.startsWith('select')) statements++;
    };
    installation.storage.writer.on('query', count);
    for (let batch = 0; batch < 10; batch++) {
      await transaction(installation, organization, { type: 'system', id: 'test' }, async (ctx) => {
        const wanted = Array.from({ length: 500 }, () => ({ id: newId('message', at), at }));
        const given = await freeKeys(ctx, wanted);
        const { dialect } = installation.storage;
        const base = { organization_id: organization, kind: 'message', conversation_id: null, words: ' ' };
        const documents = given.map((doc_key, index) => ({ ...base, doc_key, entity_id: wanted[index]?.id ?? '' }));
        await dialect.bulkInsert(ctx.trx, 'search_documents', documents);
        keys.push(...given);
      });
    }
    installation.storage.writer.removeListener('query', count);
    await installation.storage.writer('search_documents').where('doc_key', '>=', keyAt(at)).delete();
    expect(new Set(keys).size).toBe(5_000);
    expect(Math.min(...keys)).toBeGreaterThanOrEqual(keyAt(at));
    expect(statements).toBeLessThan(100);
  });

  describe('keeps up with', () => {
    it('edits and revocations: what was said before is not found', async () => {
      const tims = stage();
      const { phoneNumberId } = tims;
      const [from, id] = [newPhone(), newWamid()];
      await tims.receive(textWebhook({ phoneNumberId, from, id, text: 'my pin is quokka' }));
      await follow(tims);
      expect(await found(tims, 'quokka')).toHaveLength(1);
      const edit = { original_message_id: id, message: { type: 'text', text: { body: 'my pin is wombat' } } };
      await tims.receive(messageWebhook(phoneNumberId, { from, id: newWamid(), type: 'edit', edit }));
      expect(await found(tims, 'quokka'), 'before the index has followed').toHaveLength(0);
      await follow(tims);
      expect(await found(tims, 'quokka')).toHaveLength(0);
      expect(await found(tims, 'wombat')).toHaveLength(1);
      const revoke = { original_message_id: id };
      await tims.receive(messageWebhook(phoneNumberId, { from, id: newWamid(), type: 'revoke', revoke }));
      expect(await found(tims, 'wombat'), 'before the index has followed').toHaveLength(0);
      await follow(tims);
      expect(await found(tims, 'wombat')).toHaveLength(0);
      expect(await rows(tims, 'search_words', { word: 'wombat' }), 'nothing is left in the index').toEqual([]);
      expect(await rows(tims, 'search_words', { word: 'quokka' })).toEqual([]);
    });

    it('imports, whose messages are no news of their own', async () => {
      const tims = stage();
      const from = newPhone();
      await tims.receive(historyOf(tims, from, newWamid(), 'a heffalump of long ago'));
      await follow(tims);
      expect(await found(tims, 'heffalump')).toHaveLength(1);
    });

    it('notes as they are written, changed and removed', async () => {
      const tims = stage();
      const [conversation] = await said(tims, 'note this');
      const id = await writeNote(tims, { conversation_id: conversation, text: 'likes marmalade' });
      const notes = async (q: string) => (await ask(tims, { q, in: 'notes' })).data.map((hit) => hit.id);
      expect(await notes('marmalade')).toEqual([id]);
      await tims.installation.storage.writer('notes').where({ id }).update({ text: 'likes vegemite' });
      await told(tims, { type: 'note.updated', entityId: id, entityVersion: 2 });
      expect([await notes('marmalade'), await notes('vegemite')]).toEqual([[], [id]]);
      await tims.installation.storage.writer('notes').where({ id }).delete();
      await told(tims, { type: 'note.deleted', entityId: id, entityVersion: 3 });
      expect(await notes('vegemite')).toEqual([]);
      expect(await rows(tims, 'search_documents', { entity_id: id })).toEqual([]);
    });

    it('a contact who is erased, with what they said', async () => {
      const tims = stage();
      const [conversation] = await said(tims, 'call me at the rhododendron');
      const { contact_id } = await onlyRow(tims, 'conversations', { id: conversation });
      const { writer } = tims.installation.storage;
      await writer('contacts').where({ id: contact_id }).update({ name: null, erased_at: Date.now() });
      await writer('identities').where({ contact_id }).update({ name: null, username: null });
      const content = JSON.stringify({ type: 'text', v: 1, text: '' });
      await writer('messages').where({ conversation_id: conversation }).update({ content });
      await told(tims, { type: 'contact.erased', entityId: contact_id, entityVersion: 2 });
      expect(await found(tims, 'rhododendron')).toHaveLength(0);
      expect(await rows(tims, 'search_documents', { conversation_id: conversation })).toEqual([]);
      expect(await rows(tims, 'search_documents', { entity_id: contact_id })).toEqual([]);
      expect(await rows(tims, 'search_words', { word: 'rhododendron' })).toEqual([]);
    });

    it('everything anew: a rebuild says how much differed, and mends it', async () => {
      const tims = stage();
      await said(tims, 'an axolotl', 'another axolotl');
      const { writer } = tims.installation.storage;
      expect(await rebuildSearch(tims.installation, tims.organization)).toMatchObject({ drift: 0, behind: 0 });
      const [document] = await rows(tims, 'search_documents', { kind: 'message' });
      await writer('search_documents')
        .where({ doc_key: document?.doc_key })
        .update({ entity_id: newId('message') });
      const report = await rebuildSearch(tims.installation, tims.organization, { chunk: 7 });
      // The one that was missing, and the one that is of nothing.
      expect(report.drift).toBe(2);
      expect(await rebuildSearch(tims.installation, tims.organization)).toMatchObject({ drift: 0 });
      expect(await found(tims, 'axolotl')).toHaveLength(2);
    });
  });
});
