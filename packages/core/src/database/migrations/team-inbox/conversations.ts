import { addColumnOnce, addIndexOnce, createTableOnce, type MigrationStep } from '../../migrate.js';

/** What a conversation, its lists and its tags need to be a team's. */
export const conversations: MigrationStep[] = [
  {
    name: 'conversations_columns',
    run: async (db, { columns: c }) => {
      const number = (name: string) =>
        addColumnOnce(db, 'conversations', name, (t) => {
          t.integer(name).notNullable().defaultTo(0);
        });
      const time = (name: string) => addColumnOnce(db, 'conversations', name, (t) => c.time(t, name));
      // Live inbound messages of all time: what somebody has not read is this less the same number at their mark.
      await number('inbound_count');
      // How many tags it has, so that only those with some are looked up in `conversation_tags`.
      await number('tag_count');
      // The earliest open follow-up.
      await time('follow_up_at');
      // When its customer last wrote more than is taken for writing.
      await time('flooded_at');
      await addColumnOnce(db, 'conversations', 'merged_into', (t) => c.id(t, 'merged_into'));
    },
  },
  {
    name: 'conversations_by_channel',
    run: (db) =>
      addIndexOnce(db, 'conversations', ['organization_id', 'channel_id', 'last_activity_at', 'id'], {
        name: 'conversations_by_channel',
      }),
  },
  {
    name: 'conversations_by_waiting',
    run: (db) =>
      addIndexOnce(db, 'conversations', ['organization_id', 'team_id', 'waiting_since', 'id'], {
        name: 'conversations_by_waiting',
      }),
  },
  {
    name: 'conversations_by_follow_up',
    run: (db) =>
      addIndexOnce(db, 'conversations', ['organization_id', 'follow_up_at', 'id'], {
        name: 'conversations_by_follow_up',
      }),
  },
  {
    name: 'read_marks_place',
    run: async (db, { columns: c }) => {
      await addColumnOnce(db, 'read_marks', 'inbound_count', (t) => {
        t.integer('inbound_count').notNullable().defaultTo(0);
      });
      await addColumnOnce(db, 'read_marks', 'display_at', (t) => c.time(t, 'display_at').notNullable().defaultTo(0));
    },
  },
  {
    name: 'tags',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'tags', (t) => {
        c.id(t, 'organization_id').notNullable().references('organizations.id');
        c.id(t, 'id').notNullable();
        c.id(t, 'team_id');
        // The team's id, or empty for everybody's: a key column cannot be NULL.
        c.key(t, 'scope', 32).notNullable();
        c.text(t, 'name', 50).notNullable();
        // The name as it is compared: case, accents and spaces aside.
        c.key(t, 'name_key').notNullable();
        c.key(t, 'color', 16).notNullable();
        // What TIMS itself uses it for: `follow_up`.
        c.key(t, 'purpose', 16);
        t.integer('version').notNullable();
        c.time(t, 'created_at').notNullable();
        t.primary(['organization_id', 'id']);
        t.unique(['organization_id', 'scope', 'name_key']);
        t.foreign(['organization_id', 'team_id']).references(['organization_id', 'id']).inTable('teams');
      }),
  },
  {
    name: 'conversation_tags',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'conversation_tags', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'conversation_id').notNullable();
        c.id(t, 'tag_id').notNullable();
        // The conversation's own, kept in step, so that the list of a tag is one index range.
        c.time(t, 'last_activity_at').notNullable();
        c.id(t, 'tagged_by');
        c.time(t, 'tagged_at').notNullable();
        t.primary(['organization_id', 'conversation_id', 'tag_id']);
        t.index(['organization_id', 'tag_id', 'last_activity_at', 'conversation_id'], 'conversation_tags_by_activity');
        t.foreign(['organization_id', 'conversation_id'])
          .references(['organization_id', 'id'])
          .inTable('conversations');
        t.foreign(['organization_id', 'tag_id']).references(['organization_id', 'id']).inTable('tags');
      }),
  },
  {
    name: 'message_tags',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'message_tags', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'message_id').notNullable();
        c.id(t, 'tag_id').notNullable();
        c.id(t, 'tagged_by');
        c.time(t, 'tagged_at').notNullable();
        t.primary(['organization_id', 'message_id', 'tag_id']);
        t.index(['organization_id', 'tag_id', 'message_id']);
        t.foreign(['organization_id', 'message_id']).references(['organization_id', 'id']).inTable('messages');
        t.foreign(['organization_id', 'tag_id']).references(['organization_id', 'id']).inTable('tags');
      }),
  },
  {
    name: 'contact_tags',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'contact_tags', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'contact_id').notNullable();
        c.id(t, 'tag_id').notNullable();
        c.id(t, 'tagged_by');
        c.time(t, 'tagged_at').notNullable();
        t.primary(['organization_id', 'contact_id', 'tag_id']);
        t.index(['organization_id', 'tag_id', 'contact_id']);
        t.foreign(['organization_id', 'contact_id']).references(['organization_id', 'id']).inTable('contacts');
        t.foreign(['organization_id', 'tag_id']).references(['organization_id', 'id']).inTable('tags');
      }),
  },
  {
    name: 'close_reasons',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'close_reasons', (t) => {
        c.id(t, 'organization_id').notNullable().references('organizations.id');
        c.id(t, 'id').notNullable();
        c.id(t, 'team_id');
        c.key(t, 'scope', 32).notNullable();
        c.key(t, 'key', 32).notNullable();
        c.text(t, 'name', 100).notNullable();
        t.integer('position').notNullable();
        t.integer('version').notNullable();
        c.time(t, 'created_at').notNullable();
        t.primary(['organization_id', 'id']);
        t.unique(['organization_id', 'scope', 'key']);
        t.foreign(['organization_id', 'team_id']).references(['organization_id', 'id']).inTable('teams');
      }),
  },
];
