import { createTableOnce, type MigrationStep } from '../../migrate.js';

/** Who did what: a chain in which each row vouches for the one before it. */
export const audit: MigrationStep[] = [
  {
    name: 'activity_logs',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'activity_logs', (t) => {
        c.serial(t, 'key');
        c.id(t, 'organization_id').notNullable();
        t.bigInteger('sequence').notNullable();
        c.time(t, 'at').notNullable();
        c.key(t, 'actor_type', 16).notNullable();
        c.id(t, 'actor_id').notNullable();
        // The session or the API key.
        c.id(t, 'via');
        c.key(t, 'ip', 64);
        c.key(t, 'action', 64).notNullable();
        c.id(t, 'entity_id');
        c.id(t, 'conversation_id');
        // Ids and small scalars, never content: an erased person needs no row changed.
        c.json(t, 'data').notNullable();
        c.key(t, 'mac', 64).notNullable();
        t.unique(['organization_id', 'sequence']);
        t.index(['organization_id', 'actor_id', 'sequence'], 'activity_logs_by_actor');
        t.index(['organization_id', 'entity_id', 'sequence'], 'activity_logs_by_entity');
        t.index(['organization_id', 'action', 'sequence'], 'activity_logs_by_action');
        t.index(['organization_id', 'conversation_id', 'sequence'], 'activity_logs_by_conversation');
        t.index(['organization_id', 'via', 'sequence'], 'activity_logs_by_via');
        t.index(['organization_id', 'at', 'sequence'], 'activity_logs_by_time');
      }),
  },
  {
    // Where the chain begins and ends; signed, so that rows cut off at either end are missed.
    name: 'activity_heads',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'activity_heads', (t) => {
        c.id(t, 'organization_id').primary().references('organizations.id');
        t.bigInteger('sequence').notNullable();
        c.key(t, 'mac', 64).notNullable();
        c.key(t, 'signature', 64).notNullable();
        // The last row that was purged; 0 where none was.
        t.bigInteger('checkpoint_sequence').notNullable();
        c.key(t, 'checkpoint_mac', 64).notNullable();
        c.key(t, 'checkpoint_signature', 64).notNullable();
      }),
  },
];
