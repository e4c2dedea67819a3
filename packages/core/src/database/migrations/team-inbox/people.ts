import { addColumnOnce, addIndexOnce, createTableOnce, type MigrationStep } from '../../migrate.js';

/** How long a session lasted when the refresh tokens that stand there were given out. */
const sessionMs = 30 * 24 * 3_600_000;

/** How people get in and what they may do there. */
export const people: MigrationStep[] = [
  {
    name: 'users_profile',
    run: async (db, { columns: c }) => {
      await addColumnOnce(db, 'users', 'time_zone', (t) => c.key(t, 'time_zone', 64));
      await addColumnOnce(db, 'users', 'last_seen_at', (t) => c.time(t, 'last_seen_at'));
    },
  },
  {
    name: 'users_in_order',
    run: (db) => addIndexOnce(db, 'users', ['organization_id', 'created_at', 'id']),
  },
  {
    name: 'organization_settings',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'organization_settings', (t) => {
        c.id(t, 'organization_id').primary().references('organizations.id');
        c.json(t, 'values').notNullable();
        t.integer('version').notNullable();
        c.time(t, 'updated_at').notNullable();
      }),
  },
  {
    // The five that every organization has stand in the code; these are its own.
    name: 'roles',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'roles', (t) => {
        c.id(t, 'organization_id').notNullable().references('organizations.id');
        c.key(t, 'key', 32).notNullable();
        c.text(t, 'name', 200).notNullable();
        t.integer('rank').notNullable();
        c.json(t, 'grants').notNullable();
        t.integer('version').notNullable();
        c.time(t, 'created_at').notNullable();
        t.primary(['organization_id', 'key']);
      }),
  },
  {
    // What a family of refresh tokens belongs to: the session's id is the family's.
    name: 'sessions',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'sessions', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'id').notNullable();
        c.id(t, 'user_id').notNullable();
        c.key(t, 'mode', 16).notNullable();
        c.text(t, 'user_agent', 300);
        c.key(t, 'ip', 64);
        c.time(t, 'created_at').notNullable();
        c.time(t, 'last_seen_at').notNullable();
        c.time(t, 'expires_at').notNullable();
        t.primary(['organization_id', 'id']);
        t.index(['organization_id', 'user_id', 'created_at', 'id'], 'sessions_by_user');
        t.index(['expires_at']);
        t.foreign(['organization_id', 'user_id']).references(['organization_id', 'id']).inTable('users');
      }),
  },
  {
    // Who is signed in while the schema changes stays so.
    name: 'sessions_of_before',
    run: async (db) => {
      await db.raw(`
        insert into sessions
          (organization_id, id, user_id, mode, user_agent, ip, created_at, last_seen_at, expires_at)
        select organization_id, family_id, user_id, 'token', null, null, min(expires_at) - ${sessionMs},
               max(expires_at) - ${sessionMs}, max(expires_at)
        from refresh_tokens
        where family_id not in (select id from sessions)
        group by organization_id, family_id, user_id`);
    },
  },
  {
    // The session or the API key that a socket's ticket was given to.
    name: 'realtime_tickets_via',
    run: (db, { columns: c }) => addColumnOnce(db, 'realtime_tickets', 'via', (t) => c.id(t, 'via')),
  },
  {
    name: 'api_keys',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'api_keys', (t) => {
        c.id(t, 'organization_id').notNullable();
        c.id(t, 'id').notNullable();
        c.id(t, 'user_id').notNullable();
        c.text(t, 'name', 200).notNullable();
        c.key(t, 'hash', 64).notNullable().unique();
        // The end of the key, by which its owner knows it again.
        c.key(t, 'hint', 16).notNullable();
        // What its maker could hand on then: permissions and their scopes.
        c.json(t, 'grants').notNullable();
        c.time(t, 'expires_at').notNullable();
        c.time(t, 'last_used_at');
        c.time(t, 'created_at').notNullable();
        t.primary(['organization_id', 'id']);
        t.index(['organization_id', 'created_at', 'id'], 'api_keys_by_age');
        t.index(['expires_at']);
        t.foreign(['organization_id', 'user_id']).references(['organization_id', 'id']).inTable('users');
      }),
  },
  {
    name: 'invitations',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'invitations', (t) => {
        c.id(t, 'organization_id').notNullable().references('organizations.id');
        c.id(t, 'id').notNullable();
        c.key(t, 'hash', 64).notNullable().unique();
        c.key(t, 'email').notNullable();
        c.text(t, 'name', 200).notNullable();
        c.key(t, 'role', 32).notNullable();
        c.json(t, 'teams').notNullable();
        c.id(t, 'invited_by').notNullable();
        c.time(t, 'expires_at').notNullable();
        c.time(t, 'accepted_at');
        t.integer('version').notNullable();
        c.time(t, 'created_at').notNullable();
        t.primary(['organization_id', 'id']);
        t.index(['organization_id', 'email']);
        t.index(['organization_id', 'created_at', 'id']);
      }),
  },
  {
    name: 'password_resets',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'password_resets', (t) => {
        c.key(t, 'hash', 64).primary();
        c.id(t, 'account_id').notNullable().references('accounts.id');
        c.time(t, 'expires_at').notNullable();
        c.time(t, 'created_at').notNullable();
        t.index(['account_id']);
        t.index(['expires_at']);
      }),
  },
  {
    name: 'second_factors',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'second_factors', (t) => {
        c.id(t, 'account_id').primary().references('accounts.id');
        c.json(t, 'secret').notNullable();
        // NULL: shown, and not confirmed by a code yet.
        c.time(t, 'confirmed_at');
        // The time step of the last code that was taken: none is taken twice.
        t.bigInteger('last_step').notNullable();
        c.time(t, 'created_at').notNullable();
      }),
  },
  {
    name: 'recovery_codes',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'recovery_codes', (t) => {
        c.id(t, 'account_id').notNullable().references('accounts.id');
        c.key(t, 'hash', 64).notNullable();
        c.time(t, 'created_at').notNullable();
        t.primary(['account_id', 'hash']);
      }),
  },
  {
    name: 'login_failures',
    run: (db, { columns: c }) =>
      createTableOnce(db, 'login_failures', (t) => {
        // A keyed hash of the e-mail or the address: whoever reads the table learns neither.
        c.key(t, 'subject', 64).primary();
        t.integer('failures').notNullable();
        c.time(t, 'last_at').notNullable();
        t.index(['last_at']);
      }),
  },
];
