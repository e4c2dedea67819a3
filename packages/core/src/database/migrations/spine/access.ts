import { createTableOnce, type MigrationStep } from '../../migrate.js';

/** Organizations and the people who may act in them. */
export const access: MigrationStep[] = [
  {
    name: 'organizations',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'organizations', (t) => {
        c.id(t, 'id').primary();
        c.text(t, 'name', 200).notNullable();
        c.time(t, 'created_at').notNullable();
      }),
  },
  {
    name: 'organization_heads',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'organization_heads', (t) => {
        c.id(t, 'organization_id').primary().references('organizations.id');
        t.bigInteger('sequence').notNullable();
        c.id(t, 'event_id').notNullable();
      }),
  },
  {
    name: 'accounts',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'accounts', (t) => {
        c.id(t, 'id').primary();
        c.key(t, 'email').notNullable().unique();
        c.text(t, 'name', 200).notNullable();
        c.key(t, 'password_hash', 100).notNullable();
        t.integer('operator').notNullable();
        c.time(t, 'created_at').notNullable();
      }),
  },
  {
    name: 'teams',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'teams', (t) => {
        c.id(t, 'organization_id').notNullable().references('organizations.id');
        c.id(t, 'id').notNullable();
        c.key(t, 'key', 32).notNullable();
        c.text(t, 'name', 200).notNullable();
        t.integer('version').notNullable();
        c.time(t, 'created_at').notNullable();
        t.primary(['organization_id', 'id']);
        t.unique(['organization_id', 'key']);
      }),
  },
  {
    name: 'users',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'users', (t) => {
        c.id(t, 'organization_id').notNullable().references('organizations.id');
        c.id(t, 'id').notNullable();
        c.id(t, 'account_id').notNullable().references('accounts.id');
        c.key(t, 'role', 32).notNullable();
        c.id(t, 'primary_team_id');
        c.key(t, 'status', 16).notNullable();
        t.integer('auth_version').notNullable();
        t.integer('version').notNullable();
        c.time(t, 'created_at').notNullable();
        t.primary(['organization_id', 'id']);
        t.unique(['organization_id', 'account_id']);
        t.index(['account_id']);
        t.foreign(['organization_id', 'primary_team_id']).references(['organization_id', 'id']).inTable('teams');
      }),
  },
  {
    name: 'team_members',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'team_members', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'team_id').notNullable();
        c.id(t, 'user_id').notNullable();
        t.integer('is_lead').notNullable();
        t.primary(['organization_id', 'team_id', 'user_id']);
        t.index(['organization_id', 'user_id']);
        t.foreign(['organization_id', 'team_id']).references(['organization_id', 'id']).inTable('teams');
        t.foreign(['organization_id', 'user_id']).references(['organization_id', 'id']).inTable('users');
      }),
  },
  {
    name: 'refresh_tokens',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'refresh_tokens', (t) => {
        c.key(t, 'hash', 64).primary();
        c.id(t, 'family_id').notNullable();
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'user_id').notNullable();
        c.time(t, 'expires_at').notNullable();
        c.time(t, 'used_at');
        t.index(['family_id']);
        t.index(['expires_at']);
        t.foreign(['organization_id', 'user_id']).references(['organization_id', 'id']).inTable('users');
      }),
  },
  {
    name: 'realtime_tickets',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'realtime_tickets', (t) => {
        c.key(t, 'hash', 64).primary();
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'user_id').notNullable();
        c.time(t, 'expires_at').notNullable();
        t.index(['expires_at']);
      }),
  },
];
