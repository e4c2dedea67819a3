import { createTableOnce, type Migration } from '../migrate.js';

/**
 * The search index. It is made of ordinary tables and so is the same on every database: SQLite's and MySQL's own
 * full-text indexes put words in order by nothing that bounds a common word (docs/search.md has the figures).
 */
export const search: Migration = {
  id: '0003-search',
  steps: [
    {
      name: 'search_documents',
      run: (db, { columns: c }) =>
        createTableOnce(db, 'search_documents', (t) => {
          // The time in milliseconds and a place inside it: a newer document has a higher key.
          c.serial(t, 'doc_key');
          c.id(t, 'organization_id').notNullable();
          c.key(t, 'kind', 8).notNullable();
          c.id(t, 'entity_id').notNullable();
          c.id(t, 'conversation_id');
          // Its words, each once, with a space before and behind each: what to take back when it changes.
          c.text(t, 'words').notNullable();
          t.unique(['organization_id', 'entity_id']);
          t.index(['organization_id', 'conversation_id', 'doc_key'], 'search_documents_by_conversation');
        }),
    },
    {
      name: 'search_words',
      run: (db, { columns: c }) =>
        createTableOnce(db, 'search_words', (t) => {
          c.id(t, 'organization_id').notNullable();
          c.key(t, 'kind', 8).notNullable();
          c.key(t, 'word', 64).notNullable();
          t.integer('documents').notNullable();
          t.primary(['organization_id', 'kind', 'word']);
        }),
    },
    {
      name: 'search_postings',
      run: async (db, dialect) => {
        if (dialect.name === 'sqlite') {
          // Two numbers a row: with SQLite's hidden row number and an index beside the table it would be three times as
          // large. Other databases keep a table in the order of its primary key, or need the index anyway.
          await db.raw(
            'create table if not exists search_postings (word integer not null, doc_key integer not null, primary key (word, doc_key)) without rowid',
          );
          return;
        }
        await createTableOnce(db, 'search_postings', (t) => {
          t.bigInteger('word').notNullable();
          t.bigInteger('doc_key').notNullable();
          t.primary(['word', 'doc_key']);
        });
      },
    },
  ],
};
