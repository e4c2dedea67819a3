import { comparable } from '../../../kernel/text.js';
import { addColumnOnce, addIndexOnce, createTableOnce, type MigrationStep } from '../../migrate.js';

/** What is known of the people outside, and how it is brought in, joined and erased. */
export const contacts: MigrationStep[] = [
  {
    name: 'contacts_columns',
    run: async (db, { columns: c }) => {
      await addColumnOnce(db, 'contacts', 'attributes', (t) => c.json(t, 'attributes'));
      await addColumnOnce(db, 'contacts', 'blocked_at', (t) => c.time(t, 'blocked_at'));
      await addColumnOnce(db, 'contacts', 'erased_at', (t) => c.time(t, 'erased_at'));
      // The contact that it was linked to; it stays, so that the link can be undone.
      await addColumnOnce(db, 'contacts', 'merged_into', (t) => c.id(t, 'merged_into'));
      // The name as it is compared: to list by, and to find probable duplicates.
      await addColumnOnce(db, 'contacts', 'name_key', (t) => c.key(t, 'name_key'));
    },
  },
  {
    name: 'contact_name_keys',
    run: async (db, dialect) => {
      for (let last = ['', '']; ; ) {
        const [organization = '', id = ''] = last;
        const rows: { organization_id: string; id: string; name: string }[] = await db('contacts')
          .whereNotNull('name')
          .whereNull('name_key')
          .where('organization_id', '>=', organization)
          .where((or) => {
            or.where('organization_id', '>', organization).orWhere('id', '>', id);
          })
          .orderBy(['organization_id', 'id'])
          .limit(500)
          .select('organization_id', 'id', 'name');
        const keyed = rows.map(({ name, ...place }) => ({ ...place, name_key: comparable(name) }));
        await dialect.bulkUpdate(db, 'contacts', ['organization_id', 'id'], keyed);
        const end = rows.at(-1);
        if (!end) return;
        last = [end.organization_id, end.id];
      }
    },
  },
  {
    // Ids sort by when they were made, and never change: what the lists of contacts are ordered by.
    name: 'contact_lists',
    run: async (db) => {
      await addIndexOnce(db, 'contacts', ['organization_id', 'name_key', 'id'], { name: 'contacts_by_name' });
      await addIndexOnce(db, 'contacts', ['organization_id', 'kind', 'id'], { name: 'contacts_by_kind' });
      await addIndexOnce(db, 'contacts', ['organization_id', 'blocked_at', 'id'], { name: 'contacts_blocked' });
      // Whose contacts somebody sees, in the same order.
      const owners = { assignee_id: 'conversations_contacts_of_assignee', team_id: 'conversations_contacts_of_team' };
      for (const [owner, name] of Object.entries(owners)) {
        await addIndexOnce(db, 'conversations', ['organization_id', owner, 'contact_id'], { name });
      }
    },
  },
  {
    // One number on two channels, or as phone and as user id: evidence that two contacts are one.
    name: 'identity_keys_by_value',
    run: (db) =>
      addIndexOnce(db, 'identity_keys', ['organization_id', 'type', 'value'], { name: 'identity_keys_by_value' }),
  },
  {
    // Addresses that somebody had before they changed them: nobody is found by them, but they are erased with them.
    name: 'former_keys',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'former_keys', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'identity_id').notNullable();
        c.key(t, 'value').notNullable();
        t.primary(['organization_id', 'identity_id', 'value']);
        t.foreign(['organization_id', 'identity_id']).references(['organization_id', 'id']).inTable('identities');
      }),
  },
  {
    name: 'contact_attributes',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'contact_attributes', (t) => {
        c.id(t, 'organization_id').notNullable().references('organizations.id');
        c.key(t, 'key', 32).notNullable();
        c.text(t, 'name', 100).notNullable();
        c.key(t, 'type', 16).notNullable();
        c.json(t, 'options');
        t.integer('position').notNullable();
        t.integer('version').notNullable();
        c.time(t, 'created_at').notNullable();
        // While a job takes its values out of the contacts.
        c.time(t, 'removed_at');
        t.primary(['organization_id', 'key']);
      }),
  },
  {
    name: 'imports',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'imports', (t) => {
        c.id(t, 'organization_id').notNullable().references('organizations.id');
        c.id(t, 'id').notNullable();
        c.key(t, 'state', 16).notNullable();
        c.text(t, 'file_name', 200);
        // Each column of the file with the field that it fills.
        c.json(t, 'columns').notNullable();
        // Where the addresses of the file are of.
        c.id(t, 'channel_id');
        // What becomes of a row whose contact is there already.
        c.key(t, 'existing', 16).notNullable();
        c.id(t, 'created_by').notNullable();
        t.integer('rows').notNullable();
        t.integer('created').notNullable();
        t.integer('updated').notNullable();
        t.integer('unchanged').notNullable();
        t.integer('failed').notNullable();
        t.integer('version').notNullable();
        c.time(t, 'created_at').notNullable();
        c.time(t, 'ended_at');
        t.primary(['organization_id', 'id']);
        t.index(['organization_id', 'created_at', 'id']);
      }),
  },
  {
    name: 'import_rows',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'import_rows', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'import_id').notNullable();
        t.integer('row').notNullable();
        c.key(t, 'state', 16).notNullable();
        c.json(t, 'data').notNullable();
        c.text(t, 'fault', 1000);
        c.id(t, 'contact_id');
        t.primary(['organization_id', 'import_id', 'row']);
        t.index(['organization_id', 'import_id', 'state', 'row'], 'import_rows_by_state');
        t.foreign(['organization_id', 'import_id']).references(['organization_id', 'id']).inTable('imports');
      }),
  },
  {
    // Contacts that were linked and conversations that were merged, with what it takes to undo it.
    name: 'merges',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'merges', (t) => {
        c.id(t, 'organization_id').notNullable().references('organizations.id');
        c.id(t, 'id').notNullable();
        c.key(t, 'kind', 16).notNullable();
        c.id(t, 'from_id').notNullable();
        c.id(t, 'into_id').notNullable();
        c.json(t, 'moved').notNullable();
        c.id(t, 'by').notNullable();
        c.time(t, 'at').notNullable();
        c.time(t, 'undone_at');
        t.primary(['organization_id', 'id']);
        t.index(['organization_id', 'into_id']);
        t.index(['organization_id', 'from_id']);
      }),
  },
  {
    // The merge that brought a message to its conversation: where it goes back to.
    name: 'messages_merge',
    run: (db, { columns: c }) => addColumnOnce(db, 'messages', 'merge_id', (t) => c.id(t, 'merge_id')),
  },
  {
    // Two contacts of whom somebody said that they are two: not suggested again. `a` sorts before `b`.
    name: 'distinct_contacts',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'distinct_contacts', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'a').notNullable();
        c.id(t, 'b').notNullable();
        c.id(t, 'by').notNullable();
        c.time(t, 'at').notNullable();
        t.primary(['organization_id', 'a', 'b']);
      }),
  },
  {
    name: 'erasures',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'erasures', (t) => {
        c.id(t, 'organization_id').notNullable().references('organizations.id');
        c.id(t, 'id').notNullable();
        c.id(t, 'contact_id').notNullable();
        c.key(t, 'state', 16).notNullable();
        // How many of what went, by name.
        c.json(t, 'report').notNullable();
        // How far it is, and sealed what is looked for; NULL when it is over.
        c.json(t, 'place');
        c.id(t, 'by').notNullable();
        c.time(t, 'at').notNullable();
        c.time(t, 'ended_at');
        t.primary(['organization_id', 'id']);
        t.index(['organization_id', 'contact_id']);
        t.index(['organization_id', 'at', 'id']);
      }),
  },
];
