import { createTableOnce, type MigrationStep } from '../../migrate.js';

/** What moves messages: the log, raw bodies, the outbox, cursors, jobs. */
export const pipeline: MigrationStep[] = [
  {
    name: 'events',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'events', (t) => {
        c.serial(t, 'key');
        c.id(t, 'organization_id').notNullable();
        t.bigInteger('sequence').notNullable();
        c.id(t, 'id').notNullable();
        c.key(t, 'type', 64).notNullable();
        c.id(t, 'entity_id').notNullable();
        t.integer('entity_version').notNullable();
        c.json(t, 'data').notNullable();
        c.key(t, 'actor_type', 16).notNullable();
        c.id(t, 'actor_id').notNullable();
        c.time(t, 'at').notNullable();
        t.unique(['organization_id', 'sequence']);
      }),
  },
  {
    name: 'inbound_requests',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'inbound_requests', (t) => {
        c.serial(t, 'key');
        // NULL: the request spoke for several organizations, and none of them may read the others'.
        c.id(t, 'organization_id');
        c.id(t, 'id').notNullable();
        c.key(t, 'kind', 32).notNullable();
        c.bytes(t, 'body').notNullable();
        c.time(t, 'received_at').notNullable();
        t.index(['received_at']);
      }),
  },
  {
    name: 'inbound_failures',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'inbound_failures', (t) => {
        c.id(t, 'id').primary();
        // NULL: nobody's; the installation's operators see it.
        c.id(t, 'organization_id');
        c.key(t, 'kind', 32).notNullable();
        c.id(t, 'channel_id');
        c.key(t, 'reason', 32).notNullable();
        c.text(t, 'detail', 1000).notNullable();
        c.bytes(t, 'body').notNullable();
        t.integer('attempts').notNullable();
        c.time(t, 'received_at').notNullable();
        c.time(t, 'replayed_at');
        t.index(['organization_id', 'received_at', 'id']);
      }),
  },
  {
    name: 'pending_updates',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'pending_updates', (t) => {
        c.serial(t, 'key');
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'channel_id').notNullable();
        c.key(t, 'external_id').notNullable();
        c.key(t, 'digest', 64).notNullable();
        c.json(t, 'data').notNullable();
        c.time(t, 'received_at').notNullable();
        t.unique(['organization_id', 'channel_id', 'external_id', 'digest'], { indexName: 'pending_updates_once' });
        t.index(['received_at']);
      }),
  },
  {
    name: 'outbox',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'outbox', (t) => {
        c.serial(t, 'key');
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'message_id').notNullable();
        c.id(t, 'conversation_id').notNullable();
        c.id(t, 'channel_id').notNullable();
        c.key(t, 'state', 16).notNullable();
        t.integer('attempts').notNullable();
        c.time(t, 'run_at').notNullable();
        c.id(t, 'claimed_by');
        c.time(t, 'lease_until');
        t.unique(['organization_id', 'message_id']);
        t.index(['organization_id', 'conversation_id', 'key'], 'outbox_by_conversation');
        t.index(['state', 'run_at'], 'outbox_due');
        t.foreign(['organization_id', 'message_id']).references(['organization_id', 'id']).inTable('messages');
      }),
  },
  {
    name: 'consumers',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'consumers', (t) => {
        c.key(t, 'name', 32).notNullable();
        c.id(t, 'organization_id').notNullable();
        t.bigInteger('sequence').notNullable();
        // The event that last failed and how often, so that one bad event is parked and the rest goes on.
        t.bigInteger('failing_sequence');
        t.integer('failures').notNullable();
        t.primary(['organization_id', 'name']);
      }),
  },
  {
    name: 'parked_events',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'parked_events', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.key(t, 'consumer', 32).notNullable();
        t.bigInteger('sequence').notNullable();
        c.text(t, 'error', 1000).notNullable();
        c.time(t, 'parked_at').notNullable();
        t.primary(['organization_id', 'consumer', 'sequence']);
      }),
  },
  {
    name: 'jobs',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'jobs', (t) => {
        c.id(t, 'id').primary();
        c.key(t, 'kind', 64).notNullable();
        c.json(t, 'payload').notNullable();
        c.time(t, 'run_at').notNullable();
        t.integer('attempts').notNullable();
        c.id(t, 'claimed_by');
        c.time(t, 'lease_until');
        c.text(t, 'error', 1000);
        c.time(t, 'failed_at');
        t.index(['run_at']);
      }),
  },
  {
    name: 'schedules',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'schedules', (t) => {
        c.key(t, 'name', 64).primary();
        t.bigInteger('every_ms').notNullable();
        c.time(t, 'next_run_at').notNullable();
      }),
  },
  {
    name: 'idempotency_keys',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'idempotency_keys', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'actor_id').notNullable();
        c.key(t, 'operation', 64).notNullable();
        c.key(t, 'key', 128).notNullable();
        c.key(t, 'digest', 64).notNullable();
        c.json(t, 'answer');
        c.time(t, 'created_at').notNullable();
        t.primary(['organization_id', 'actor_id', 'operation', 'key']);
        t.index(['created_at']);
      }),
  },
];
