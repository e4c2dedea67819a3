import type { Command } from 'commander';
import { examples, globalsOf, positive } from '../command.js';

export function events(program: Command): void {
  const noun = program.command('events').description('watch what happens');
  examples(noun, { 'tims events tail': 'everything that you may see, as it happens' });
  const command = noun
    .command('tail')
    .description('print events as they happen, until Ctrl+C; it reconnects by itself and misses nothing')
    .option('--since <cursor>', 'begin after this cursor instead of now')
    .option('--count <n>', 'end after so many events', positive);
  examples(command, {
    'tims events tail': '',
    'tims events tail --json': 'one event a line, for programs',
    'tims events tail --since 1a.evt_…': 'what was missed, then live',
  }).action(async (options: { since?: string; count?: number }, command: Command) => {
    const [{ connect }, { tail }] = await Promise.all([import('../connect.js'), import('../tail.js')]);
    const { tims } = await connect(command);
    await tail(tims, { ...options, json: globalsOf(command).json ?? false });
  });
}
