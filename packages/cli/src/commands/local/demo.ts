import { type Command, InvalidArgumentError } from 'commander';
import { examples, globalsOf, positive } from '../../command.js';
import { CommandError, exitCodes } from '../../exit-codes.js';
import { databaseIsMissing } from './database-file.js';

interface SeedOptions {
  size: number;
  seed: number;
  force?: boolean;
}

export function demo(program: Command): void {
  const noun = program.command('demo').description('fill the demo of this machine');
  examples(noun, { 'tims demo seed --size 100k': 'while the server is stopped' });

  examples(
    noun
      .command('seed')
      .description('fill the demo with what a team of fifty has after years: five messages a conversation, most closed')
      .requiredOption('--size <size>', 'how many conversations: 10k, 100k, 1m, or a number', sizeOf)
      .option('--seed <n>', 'another number, other conversations', positive, 1)
      .option('--force', 'also where the organization is not the demo’s'),
    {
      'tims demo seed --size 10k': 'half a minute',
      'tims demo seed --size 1m': 'some 10 GB; stopped halfway, the same again completes it',
    },
  ).action(async ({ size, seed, force }: SeedOptions, command: Command) => {
    const [{ withServer }, { openLocal }, { print, printJson, say }] = await Promise.all([
      import('./server.js'),
      import('./installation.js'),
      import('../../output/print.js'),
    ]);
    await withServer(async (server, core) => {
      if (databaseIsMissing(await server.loadSettings())) {
        throw new CommandError(exitCodes.notFound, 'There is no database yet.', '`tims start --demo` makes the demo.');
      }
      const { installation, settings } = await openLocal(server, core);
      try {
        const made = await server.seedDemo(installation, settings.dataDir, {
          ...{ conversations: size, seed, force: force ?? false },
          progress: say,
        });
        const report = {
          organizationId: made.place.organization,
          conversations: made.conversations,
          messages: made.messages,
          seconds: Math.round((made.filledMs + made.indexedMs) / 1000),
        };
        if (globalsOf(command).json) printJson(report);
        else if (report.conversations === 0) print('They are all there already.');
        else print(`${report.conversations} conversations, ${report.messages} messages, ${report.seconds} s`);
        say('\nNext: tims start --demo');
      } finally {
        await installation.accessLog.flush();
        await installation.close();
      }
    });
  });
}

const most = 2_000_000;

function sizeOf(text: string): number {
  const [, digits, unit] = /^(\d+)([km]?)$/i.exec(text) ?? [];
  const size = Number(digits) * { k: 1_000, m: 1_000_000, '': 1 }[(unit ?? '').toLowerCase() as 'k' | 'm' | ''];
  if (Number.isInteger(size) && size >= 10 && size <= most) return size;
  throw new InvalidArgumentError(`It must be 10k, 100k, 1m or a number from 10 to ${most}.`);
}
