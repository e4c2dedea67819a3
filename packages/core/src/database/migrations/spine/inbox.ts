import { createTableOnce, type MigrationStep } from '../../migrate.js';

/** Channels and the people outside whom they reach. */
export const inbox: MigrationStep[] = [
  {
    name: 'channels',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'channels', (t) => {
        c.id(t, 'organization_id').notNullable().references('organizations.id');
        c.id(t, 'id').notNullable();
        c.key(t, 'kind', 32).notNullable();
        c.text(t, 'name', 200).notNullable();
        c.key(t, 'address').notNullable();
        c.key(t, 'account');
        c.id(t, 'default_team_id').notNullable();
        t.integer('active').notNullable();
        c.json(t, 'config').notNullable();
        c.json(t, 'secrets').notNullable();
        t.integer('version').notNullable();
        c.time(t, 'created_at').notNullable();
        t.primary(['organization_id', 'id']);
        // One number is one channel in the whole installation: a webhook is routed by it.
        t.unique(['kind', 'address']);
        t.foreign(['organization_id', 'default_team_id']).references(['organization_id', 'id']).inTable('teams');
      }),
  },
  {
    name: 'contacts',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'contacts', (t) => {
        c.id(t, 'organization_id').notNullable().references('organizations.id');
        c.id(t, 'id').notNullable();
        c.text(t, 'name', 500);
        c.key(t, 'kind', 32).notNullable();
        t.integer('version').notNullable();
        c.time(t, 'created_at').notNullable();
        t.primary(['organization_id', 'id']);
      }),
  },
  {
    name: 'identities',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'identities', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'id').notNullable();
        c.id(t, 'channel_id').notNullable();
        c.id(t, 'contact_id').notNullable();
        c.text(t, 'name', 500);
        c.text(t, 'username', 500);
        // The provider's clock: what the service window is counted from.
        c.time(t, 'last_inbound_at');
        c.time(t, 'opted_out_at');
        c.time(t, 'created_at').notNullable();
        t.primary(['organization_id', 'id']);
        t.index(['organization_id', 'contact_id']);
        t.foreign(['organization_id', 'channel_id']).references(['organization_id', 'id']).inTable('channels');
        t.foreign(['organization_id', 'contact_id']).references(['organization_id', 'id']).inTable('contacts');
      }),
  },
  {
    name: 'identity_keys',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'identity_keys', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'channel_id').notNullable();
        c.key(t, 'type', 32).notNullable();
        c.key(t, 'value').notNullable();
        c.id(t, 'identity_id').notNullable();
        c.time(t, 'created_at').notNullable();
        t.primary(['organization_id', 'channel_id', 'type', 'value']);
        t.index(['organization_id', 'identity_id']);
        t.foreign(['organization_id', 'identity_id']).references(['organization_id', 'id']).inTable('identities');
      }),
  },
  {
    name: 'channel_notices',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'channel_notices', (t) => {
        c.serial(t, 'key');
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'id').notNullable();
        c.id(t, 'channel_id').notNullable();
        c.key(t, 'notice', 32).notNullable();
        c.key(t, 'name').notNullable();
        c.json(t, 'data').notNullable();
        // A redelivered notice is the same notice.
        c.key(t, 'digest', 64).notNullable();
        c.time(t, 'at').notNullable();
        t.unique(['organization_id', 'channel_id', 'digest']);
        t.foreign(['organization_id', 'channel_id']).references(['organization_id', 'id']).inTable('channels');
      }),
  },
];
