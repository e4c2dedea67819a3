import { createTableOnce, type MigrationStep } from '../../migrate.js';

/** What colleagues keep and tell each other about conversations. */
export const teamwork: MigrationStep[] = [
  {
    name: 'notes',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'notes', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'id').notNullable();
        // About a conversation, or about a contact.
        c.id(t, 'conversation_id');
        c.id(t, 'contact_id');
        c.key(t, 'kind', 16).notNullable();
        c.id(t, 'author_id').notNullable();
        // Of feedback: whose work it is about.
        c.id(t, 'about_user_id');
        c.text(t, 'text', 10_000).notNullable();
        c.json(t, 'mentions').notNullable();
        c.time(t, 'pinned_at');
        c.time(t, 'edited_at');
        t.integer('version').notNullable();
        c.time(t, 'created_at').notNullable();
        t.primary(['organization_id', 'id']);
        t.index(['organization_id', 'conversation_id', 'created_at', 'id'], 'notes_by_conversation');
        t.index(['organization_id', 'contact_id', 'created_at', 'id'], 'notes_by_contact');
        t.index(['organization_id', 'conversation_id', 'pinned_at'], 'notes_pinned_by_conversation');
        t.index(['organization_id', 'contact_id', 'pinned_at'], 'notes_pinned_by_contact');
        t.foreign(['organization_id', 'conversation_id'])
          .references(['organization_id', 'id'])
          .inTable('conversations');
        t.foreign(['organization_id', 'contact_id']).references(['organization_id', 'id']).inTable('contacts');
      }),
  },
  {
    name: 'notifications',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'notifications', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'id').notNullable();
        c.id(t, 'user_id').notNullable();
        c.key(t, 'kind', 16).notNullable();
        c.id(t, 'conversation_id');
        // What it is about: the note, the follow-up, the message.
        c.id(t, 'entity_id').notNullable();
        // What happened: the note, the message, or the event where one thing can happen again (a second assignment).
        c.id(t, 'fact_id').notNullable();
        c.key(t, 'actor_type', 16).notNullable();
        // A system actor's is a name.
        c.key(t, 'actor_id', 64).notNullable();
        c.time(t, 'created_at').notNullable();
        c.time(t, 'read_at');
        t.primary(['organization_id', 'id']);
        // One fact is one notification, however often its consumer runs.
        t.unique(['organization_id', 'user_id', 'kind', 'fact_id'], { indexName: 'notifications_once' });
        t.index(['organization_id', 'user_id', 'created_at', 'id'], 'notifications_by_user');
        t.index(['organization_id', 'user_id', 'read_at', 'created_at', 'id'], 'notifications_unread');
        t.index(['organization_id', 'conversation_id', 'kind', 'read_at'], 'notifications_by_conversation');
        t.index(['created_at'], 'notifications_by_age');
        t.foreign(['organization_id', 'user_id']).references(['organization_id', 'id']).inTable('users');
      }),
  },
  {
    name: 'canned_responses',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'canned_responses', (t) => {
        c.id(t, 'organization_id').notNullable().references('organizations.id');
        c.id(t, 'id').notNullable();
        c.id(t, 'team_id');
        c.key(t, 'scope', 32).notNullable();
        c.key(t, 'shortcut', 50).notNullable();
        c.text(t, 'title', 200).notNullable();
        c.text(t, 'text', 10_000).notNullable();
        t.integer('version').notNullable();
        c.time(t, 'created_at').notNullable();
        t.primary(['organization_id', 'id']);
        t.unique(['organization_id', 'scope', 'shortcut']);
        t.index(['organization_id', 'created_at', 'id'], 'canned_responses_by_creation');
        t.foreign(['organization_id', 'team_id']).references(['organization_id', 'id']).inTable('teams');
      }),
  },
  {
    name: 'follow_ups',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'follow_ups', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'id').notNullable();
        c.id(t, 'conversation_id').notNullable();
        c.id(t, 'user_id').notNullable();
        c.time(t, 'due_at').notNullable();
        c.text(t, 'text', 500);
        c.id(t, 'created_by').notNullable();
        // When it has yet to remind; NULL when it has, or is done.
        c.time(t, 'remind_at');
        c.time(t, 'done_at');
        // 1 while it is open: the queue of due ones is one index range.
        t.integer('open').notNullable();
        t.integer('version').notNullable();
        c.time(t, 'created_at').notNullable();
        t.primary(['organization_id', 'id']);
        t.index(['organization_id', 'user_id', 'open', 'due_at', 'id'], 'follow_ups_by_user');
        t.index(['organization_id', 'open', 'due_at', 'id'], 'follow_ups_due');
        t.index(['organization_id', 'conversation_id', 'open', 'due_at'], 'follow_ups_by_conversation');
        t.index(['remind_at'], 'follow_ups_to_remind');
        t.foreign(['organization_id', 'conversation_id'])
          .references(['organization_id', 'id'])
          .inTable('conversations');
        t.foreign(['organization_id', 'user_id']).references(['organization_id', 'id']).inTable('users');
      }),
  },
  {
    name: 'drafts',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'drafts', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'user_id').notNullable();
        c.id(t, 'conversation_id').notNullable();
        c.text(t, 'text', 65_536).notNullable();
        c.id(t, 'reply_to');
        t.integer('version').notNullable();
        c.time(t, 'updated_at').notNullable();
        t.primary(['organization_id', 'user_id', 'conversation_id']);
        t.index(['organization_id', 'user_id', 'updated_at', 'conversation_id'], 'drafts_by_time');
        t.foreign(['organization_id', 'user_id']).references(['organization_id', 'id']).inTable('users');
        t.foreign(['organization_id', 'conversation_id'])
          .references(['organization_id', 'id'])
          .inTable('conversations');
      }),
  },
  {
    name: 'views',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'views', (t) => {
        c.id(t, 'organization_id').notNullable().references('organizations.id');
        c.id(t, 'id').notNullable();
        // Whose it is; NULL: everybody's, or its team's.
        c.id(t, 'user_id');
        c.id(t, 'team_id');
        c.text(t, 'name', 100).notNullable();
        c.json(t, 'filter').notNullable();
        t.integer('position').notNullable();
        t.integer('version').notNullable();
        c.time(t, 'created_at').notNullable();
        t.primary(['organization_id', 'id']);
        t.index(['organization_id', 'user_id', 'team_id'], 'views_by_user');
      }),
  },
  {
    // Colleagues who follow a conversation that somebody else has.
    name: 'conversation_watchers',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'conversation_watchers', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'conversation_id').notNullable();
        c.id(t, 'user_id').notNullable();
        c.id(t, 'added_by').notNullable();
        c.time(t, 'added_at').notNullable();
        t.primary(['organization_id', 'conversation_id', 'user_id']);
        t.foreign(['organization_id', 'conversation_id'])
          .references(['organization_id', 'id'])
          .inTable('conversations');
        t.foreign(['organization_id', 'user_id']).references(['organization_id', 'id']).inTable('users');
      }),
  },
];
