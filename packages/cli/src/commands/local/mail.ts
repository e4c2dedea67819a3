import type { KeptMail } from '@tims/server/operator';
import type { Command } from 'commander';
import { examples, globalsOf, positive } from '../../command.js';
import { CommandError, exitCodes } from '../../exit-codes.js';

export function mail(program: Command): void {
  const noun = program.command('mail').description('mails that were written down, where no mail server is set');
  examples(noun, { 'tims mail list': '', 'tims mail show latest': 'with the link that is in it' });

  examples(
    noun
      .command('list')
      .description('list the mails of this machine, the newest first')
      .option('--limit <n>', 'how many', positive, 20),
    { 'tims mail list': '' },
  ).action(async ({ limit }: { limit: number }, command: Command) => {
    const [{ withServer }, { print, printJson, say }, { table }] = await load();
    const mails = await withServer(async (server) => server.listMails((await server.loadSettings()).dataDir, limit));
    if (globalsOf(command).json) return printJson({ data: mails });
    if (mails.length === 0) return say('No mails. With TIMS_SMTP_URL set they are sent instead of written down.');
    print(
      table<KeptMail>(mails, [
        { title: 'ID', value: ({ id }) => id },
        { title: 'AT', value: ({ at }) => at },
        { title: 'TO', value: ({ to }) => to },
        { title: 'SUBJECT', value: ({ subject }) => subject, flexible: true },
      ]),
    );
  });

  examples(noun.command('show').argument('<mail>', 'its id, or latest').description('show a mail'), {
    'tims mail show latest': '',
  }).action(async (id: string, _options: unknown, command: Command) => {
    const [{ withServer }, { print, printJson }, , { facts }, { safeText }] = await load();
    const letter = await withServer(async (server) => server.readMail((await server.loadSettings()).dataDir, id));
    if (!letter)
      throw new CommandError(exitCodes.notFound, `There is no mail "${id}".`, '`tims mail list` lists them.');
    if (globalsOf(command).json) return printJson(letter);
    print(
      facts([
        ['to', letter.to],
        ['subject', letter.subject],
        ['at', letter.at],
      ]),
    );
    print(`\n${safeText(letter.text)}`);
  });
}

function load() {
  return Promise.all([
    import('./server.js'),
    import('../../output/print.js'),
    import('../../output/table.js'),
    import('../../output/facts.js'),
    import('../../output/text.js'),
  ]);
}
