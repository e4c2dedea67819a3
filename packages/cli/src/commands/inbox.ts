import type { Command } from 'commander';
import { examples } from '../command.js';

export function inbox(program: Command): void {
  const command = program
    .command('inbox')
    .description('answer customers: an inbox in the terminal')
    .option('--no-mouse', "leave the mouse to the terminal's own selecting");
  examples(command, {
    'tims inbox': '? shows the keys, q leaves',
    'tims inbox --profile work': 'as somebody else',
    'tims inbox --no-mouse': '',
  }).action(async (options: { mouse: boolean }, command: Command) => {
    // React draws several times faster without its checks for developers.
    process.env.NODE_ENV ??= 'production';
    const { runInbox } = await import('../inbox/run.js');
    await runInbox(command, options);
  });
}
