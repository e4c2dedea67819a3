import type { Knex } from 'knex';
import { type Log, silentLog } from '../kernel/log.js';
import type { Dialect, Storage } from '../plugin/storage.js';
import { createTableOnce } from './schema-once.js';

/** @public for migrations, whose steps must be safe to run again. */
export { addColumnOnce, addIndexOnce, createTableOnce } from './schema-once.js';

/** A change of the schema, forward only. Once released, neither its id nor its steps change. */
export interface Migration {
  /** Sorts by the order in which migrations were written, e.g. `0001-spine`. */
  id: string;
  steps: MigrationStep[];
}

export interface MigrationStep {
  /** Unique in its migration. */
  name: string;
  /**
   * Safe to run again: MySQL commits each DDL statement by itself, so a process killed in the middle leaves half a
   * step behind. `createTableOnce`, `addColumnOnce` and `addIndexOnce` are.
   */
  run(db: Knex, dialect: Dialect): Promise<void>;
}

/** The migrations of core, or of one plugin: `namespace` keeps their ids apart. */
export interface MigrationSet {
  namespace: string;
  migrations: readonly Migration[];
}

export interface MigrateOptions {
  log?: Log;
  /** Called before a step runs and after it is recorded; a rejection stops the run. */
  onStep?: (step: string, when: 'before' | 'after') => void | Promise<void>;
}

/**
 * Brings the database to the schema of `sets`, in their order. One process at a time does so, others wait; a run that
 * was killed is completed by the next.
 *
 * @returns the steps that ran, as `<namespace>/<migration>/<step>`.
 * @throws SchemaTooNewError when the database was already migrated by a newer TIMS.
 */
export async function migrate(
  storage: Storage,
  sets: readonly MigrationSet[],
  options: MigrateOptions = {},
): Promise<{ applied: string[] }> {
  const { writer, dialect } = storage;
  return dialect.withMigrationLock(writer, async () => {
    await createTableOnce(writer, recordTable, (table) => {
      dialect.columns.key(table, 'namespace', 100).notNullable();
      dialect.columns.key(table, 'id', 100).notNullable();
      dialect.columns.key(table, 'step', 100).notNullable();
      dialect.columns.time(table, 'applied_at').notNullable();
      table.primary(['namespace', 'id', 'step']);
    });
    const { log = silentLog } = options;
    const applied: string[] = [];
    for (const step of await pendingSteps(writer, sets)) {
      await options.onStep?.(step.path, 'before');
      await runStep(storage, step);
      log.debug({ step: step.path }, 'migrated');
      applied.push(step.path);
      await options.onStep?.(step.path, 'after');
    }
    if (applied.length > 0) log.info({ steps: applied.length }, 'schema brought up to date');
    return { applied };
  });
}

/**
 * The steps that {@link migrate} would run, without changing anything.
 *
 * @throws SchemaTooNewError when the database was already migrated by a newer TIMS.
 */
export async function pendingMigrations(storage: Storage, sets: readonly MigrationSet[]): Promise<string[]> {
  const steps = await pendingSteps(storage.writer, sets);
  return steps.map((step) => step.path);
}

/** The database was migrated by a newer TIMS than this one. */
export class SchemaTooNewError extends Error {
  override readonly name = 'SchemaTooNewError';

  constructor(readonly unknown: readonly string[]) {
    super(
      `The database was migrated by a newer TIMS: it has ${unknown.join(', ')}, which this version does not know. ` +
        'Start the version that ran last, or a newer one; or restore the backup taken before the upgrade.',
    );
  }
}

const recordTable = 'tims_migrations';

interface PendingStep {
  path: string;
  record: { namespace: string; id: string; step: string };
  step: MigrationStep;
}

async function pendingSteps(db: Knex, sets: readonly MigrationSet[]): Promise<PendingStep[]> {
  const known = sets.flatMap(stepsOf);
  const done = await recordedSteps(db);
  refuseNewer(done, known, sets);
  return known.filter((step) => !done.has(step.path));
}

function stepsOf({ namespace, migrations }: MigrationSet): PendingStep[] {
  return migrations.flatMap((migration) =>
    migration.steps.map((step) => {
      const record = { namespace, id: migration.id, step: step.name };
      return { path: pathOf(record), record, step };
    }),
  );
}

async function recordedSteps(db: Knex): Promise<Set<string>> {
  if (!(await db.schema.hasTable(recordTable))) return new Set();
  const rows: PendingStep['record'][] = await db(recordTable).select('namespace', 'id', 'step');
  return new Set(rows.map(pathOf));
}

/** A namespace that is not among the sets belongs to a plugin that is not installed now; its tables stay as they are. */
function refuseNewer(done: Set<string>, known: readonly PendingStep[], sets: readonly MigrationSet[]): void {
  const paths = new Set(known.map((step) => step.path));
  const ours = sets.map((set) => `${set.namespace}/`);
  const unknown = [...done].filter((path) => !paths.has(path) && ours.some((prefix) => path.startsWith(prefix)));
  if (unknown.length > 0) throw new SchemaTooNewError(unknown.sort());
}

async function runStep({ writer, dialect }: Storage, { step, record }: PendingStep): Promise<void> {
  const runAndRecord = async (db: Knex) => {
    await step.run(db, dialect);
    await dialect.bulkInsertIgnore(db, recordTable, [{ ...record, applied_at: Date.now() }]);
  };
  // MySQL would commit a transaction at its first DDL statement; there, running the step again is what makes it whole.
  if (dialect.name === 'mysql') await runAndRecord(writer);
  else await writer.transaction(runAndRecord);
}

function pathOf({ namespace, id, step }: PendingStep['record']): string {
  return `${namespace}/${id}/${step}`;
}
