import type * as migrating from '../../src/database/migrate.js';

export function exampleSet(
  once: Pick<typeof migrating, 'addColumnOnce' | 'addIndexOnce' | 'createTableOnce'>,
): migrating.MigrationSet;
