import { createTableOnce, type MigrationStep } from '../../migrate.js';

/** Conversations and what is said in them. */
export const conversations: MigrationStep[] = [
  {
    name: 'conversations',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'conversations', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'id').notNullable();
        c.id(t, 'channel_id').notNullable();
        c.key(t, 'thread_key').notNullable();
        // The thread key while the conversation can still be continued, NULL after: one live conversation a thread.
        c.key(t, 'active_key');
        c.id(t, 'contact_id').notNullable();
        c.id(t, 'identity_id').notNullable();
        c.id(t, 'team_id').notNullable();
        c.id(t, 'assignee_id');
        c.key(t, 'lifecycle', 16).notNullable();
        c.key(t, 'handler', 16).notNullable();
        // Derived from the two above, kept so that every list is one index range.
        c.key(t, 'status', 16).notNullable();
        t.integer('handler_version').notNullable();
        t.integer('version').notNullable();
        t.integer('unread_count').notNullable();
        c.key(t, 'initiated_by', 16).notNullable();
        c.id(t, 'last_message_id');
        // Display time of `last_message_id`, so that an old message that comes late does not become the last line.
        c.time(t, 'last_message_at');
        c.time(t, 'last_activity_at').notNullable();
        c.time(t, 'waiting_since');
        c.text(t, 'close_reason', 200);
        c.time(t, 'closed_at');
        c.time(t, 'created_at').notNullable();
        t.primary(['organization_id', 'id']);
        t.unique(['organization_id', 'channel_id', 'active_key']);
        t.index(['organization_id', 'last_activity_at', 'id'], 'conversations_by_activity');
        t.index(['organization_id', 'status', 'last_activity_at', 'id'], 'conversations_by_status');
        t.index(['organization_id', 'team_id', 'status', 'last_activity_at', 'id'], 'conversations_by_team');
        t.index(['organization_id', 'assignee_id', 'status', 'last_activity_at', 'id'], 'conversations_by_assignee');
        t.index(['organization_id', 'contact_id', 'last_activity_at', 'id'], 'conversations_by_contact');
        t.foreign(['organization_id', 'channel_id']).references(['organization_id', 'id']).inTable('channels');
        t.foreign(['organization_id', 'contact_id']).references(['organization_id', 'id']).inTable('contacts');
        t.foreign(['organization_id', 'identity_id']).references(['organization_id', 'id']).inTable('identities');
        t.foreign(['organization_id', 'team_id']).references(['organization_id', 'id']).inTable('teams');
        t.foreign(['organization_id', 'assignee_id']).references(['organization_id', 'id']).inTable('users');
      }),
  },
  {
    name: 'messages',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'messages', (t) => {
        c.serial(t, 'key');
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'id').notNullable();
        c.id(t, 'conversation_id').notNullable();
        c.id(t, 'channel_id').notNullable();
        c.key(t, 'direction', 8).notNullable();
        c.key(t, 'origin', 16).notNullable();
        c.id(t, 'identity_id');
        c.id(t, 'user_id');
        c.key(t, 'type', 16).notNullable();
        c.json(t, 'content').notNullable();
        c.key(t, 'external_id');
        c.key(t, 'reply_to');
        c.time(t, 'sent_at').notNullable();
        c.time(t, 'received_at').notNullable();
        // `sent_at` clamped to `received_at`; with the id it is the display order and never changes.
        c.time(t, 'display_at').notNullable();
        c.key(t, 'state', 16);
        c.time(t, 'delivered_at');
        c.time(t, 'read_at');
        c.json(t, 'error');
        c.json(t, 'extra');
        c.time(t, 'edited_at');
        c.time(t, 'revoked_at');
        t.integer('version').notNullable();
        t.unique(['organization_id', 'id']);
        t.unique(['organization_id', 'channel_id', 'external_id']);
        t.index(['organization_id', 'conversation_id', 'display_at', 'id'], 'messages_by_display');
        t.foreign(['organization_id', 'conversation_id'])
          .references(['organization_id', 'id'])
          .inTable('conversations');
      }),
  },
  {
    name: 'reactions',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'reactions', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'message_id').notNullable();
        // The identity's id, or `us` for our side.
        c.key(t, 'author', 32).notNullable();
        // NULL: taken back. The row stays, so that an older reaction that comes late does not bring it back.
        c.key(t, 'emoji', 64);
        c.time(t, 'at').notNullable();
        t.primary(['organization_id', 'message_id', 'author']);
        t.foreign(['organization_id', 'message_id']).references(['organization_id', 'id']).inTable('messages');
      }),
  },
  {
    name: 'read_marks',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'read_marks', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'conversation_id').notNullable();
        c.id(t, 'user_id').notNullable();
        c.id(t, 'message_id').notNullable();
        c.time(t, 'read_at').notNullable();
        t.primary(['organization_id', 'conversation_id', 'user_id']);
        t.foreign(['organization_id', 'conversation_id'])
          .references(['organization_id', 'id'])
          .inTable('conversations');
        t.foreign(['organization_id', 'user_id']).references(['organization_id', 'id']).inTable('users');
      }),
  },
  {
    name: 'conversation_counts',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'conversation_counts', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'channel_id').notNullable();
        c.id(t, 'team_id').notNullable();
        // Empty where nobody is assigned: a key column cannot be NULL.
        c.id(t, 'assignee_id').notNullable();
        c.key(t, 'lifecycle', 16).notNullable();
        c.key(t, 'handler', 16).notNullable();
        t.integer('unread').notNullable();
        t.integer('count').notNullable();
        t.primary(['organization_id', 'channel_id', 'team_id', 'assignee_id', 'lifecycle', 'handler', 'unread']);
      }),
  },
];
