import type { Command } from 'commander';
import { examples, globalsOf } from '../../command.js';
import { CommandError, exitCodes } from '../../exit-codes.js';
import { databaseIsMissing } from './database-file.js';

export function migrate(program: Command): void {
  const command = program
    .command('migrate')
    .description('bring the database to the schema of this version; `tims start` does it by itself')
    .option('--check', 'change nothing, and fail when something is to be done');
  examples(command, { 'tims migrate --check': 'before an upgrade', 'tims migrate': '' }).action(
    async ({ check }: { check?: boolean }, command: Command) => {
      const [{ withServer }, { print, printJson, say }] = await Promise.all([
        import('./server.js'),
        import('../../output/print.js'),
      ]);
      const pending = await withServer(async (server, core) => {
        const settings = await server.loadSettings();
        if (check && databaseIsMissing(settings)) return allSteps(core.migrations);
        server.makeDataDir(settings.dataDir);
        const storage = await server.openStorage(settings);
        try {
          const sets = [{ namespace: 'core', migrations: core.migrations }];
          const steps = await core.pendingMigrations(storage, sets);
          if (!check) await core.migrate(storage, sets);
          return steps;
        } finally {
          await storage.close();
        }
      });
      if (globalsOf(command).json) printJson(check ? { pending } : { applied: pending });
      else for (const step of pending) print(step);
      if (pending.length === 0) say('The database is at this version.');
      else if (check)
        throw new CommandError(
          exitCodes.failed,
          `${pending.length} steps are to be done.`,
          'Back the database up, then run `tims migrate`.',
        );
      else say(`${pending.length} steps done.`);
    },
  );
}

function allSteps(migrations: typeof import('@tims/core').migrations): string[] {
  return migrations.flatMap(({ id, steps }) => steps.map(({ name }) => `core/${id}/${name}`));
}
