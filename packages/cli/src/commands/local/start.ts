import type { Command } from 'commander';
import { examples } from '../../command.js';

export function start(program: Command): void {
  const command = program
    .command('start')
    .description('start the server; settings come from TIMS_… variables and tims.config.ts')
    .option('--demo', 'with an organization, users, and customers who write over a simulated WhatsApp')
    .option('--port <port>', 'instead of TIMS_PORT');
  examples(command, {
    'tims start --demo': 'to look around',
    'tims start': '',
    'TIMS_DATABASE_URL=mysql://tims:secret@db/tims tims start': 'on MySQL or MariaDB',
  }).action(async ({ demo, port }: { demo?: boolean; port?: string }) => {
    const { runServer } = await import('@tims/server/operator');
    // As if it had been set: it is checked, and complained about, like every other setting.
    if (port !== undefined) process.env.TIMS_PORT = port;
    await runServer({ demo: demo ?? false });
  });
}
