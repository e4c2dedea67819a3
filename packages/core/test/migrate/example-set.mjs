// Migrations for the tests, as plain JavaScript: a child process runs them on the build, the tests on the sources.

/** @param once the functions of migrate.ts, from either */
export const exampleSet = (once) => ({
  namespace: 'example',
  migrations: [
    {
      id: '0001-people',
      steps: [
        {
          name: 'people',
          run: (db, { columns }) =>
            once.createTableOnce(db, 'people', (table) => {
              columns.id(table, 'id').primary();
              columns.key(table, 'email').notNullable().unique();
              columns.text(table, 'story', 2000).nullable();
              table.integer('amount').notNullable().defaultTo(0);
              table.index(['amount', 'id']);
            }),
        },
        {
          name: 'letters',
          run: (db, { columns }) =>
            once.createTableOnce(db, 'letters', (table) => {
              columns.id(table, 'person_id').notNullable().references('people.id');
              columns.key(table, 'name').notNullable();
              table.primary(['person_id', 'name']);
            }),
        },
        {
          name: 'first-person',
          run: (db, dialect) => dialect.bulkInsertIgnore(db, 'people', [{ id: 'p', email: 'p@example.org' }]),
        },
      ],
    },
    {
      id: '0002-letters-by-time',
      steps: [
        {
          name: 'sent_at',
          run: (db, { columns }) =>
            once.addColumnOnce(db, 'letters', 'sent_at', (table) => columns.time(table, 'sent_at').nullable()),
        },
        {
          name: 'by-time',
          run: (db) => once.addIndexOnce(db, 'letters', ['sent_at', 'person_id']),
        },
      ],
    },
  ],
});
