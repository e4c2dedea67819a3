import type { Command } from 'commander';
import { examples, globalsOf } from '../../command.js';
import { CommandError, exitCodes } from '../../exit-codes.js';

export function doctor(program: Command): void {
  const command = program
    .command('doctor')
    .description('check this installation: settings, data folder, database, keys, counts, what waits for a person')
    .option('--repair', 'write counts anew where they differ from the conversations');
  examples(command, {
    'tims doctor': '',
    'tims doctor --repair': 'while the server is stopped',
    'tims doctor --json': '',
  }).action(async ({ repair }: { repair?: boolean }, command: Command) => {
    const [{ withServer }, { examine }, { print, printJson }, style] = await Promise.all([
      import('./server.js'),
      import('./examine.js'),
      import('../../output/print.js'),
      import('../../output/style.js'),
    ]);
    const findings = await withServer((server, core) => examine(server, core, { repair: repair ?? false, command }));
    const marks = { ok: style.green('ok  '), warn: style.yellow('warn'), fail: style.red('fail') };
    if (globalsOf(command).json) printJson(findings);
    else for (const { check, status, detail } of findings) print(`${marks[status]}  ${check.padEnd(12)}  ${detail}`);
    const failed = findings.filter(({ status }) => status === 'fail').length;
    if (failed > 0) throw new CommandError(exitCodes.failed, `${failed} of ${findings.length} checks failed.`);
  });
}
