import type { OwnSession } from '@tims/sdk';
import type { Command } from 'commander';
import { examples, globalsOf, positive } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';

export function sessions(program: Command): void {
  const noun = program.command('sessions').description('where you are signed in');
  examples(noun, {
    'tims sessions list': '',
    'tims sessions revoke 9x2k4f': 'a browser that you forgot to sign out of',
    'tims sessions revoke --others': 'all but this one',
  });

  examples(
    noun
      .command('list')
      .description('list your sessions, the newest first')
      .option('--limit <n>', 'how many, at most 100', positive, 100)
      .option('--cursor <cursor>', 'go on after an earlier list'),
    { 'tims sessions list': '' },
  ).action(async (options: { limit: number; cursor?: string }, command: Command) => {
    const [{ connect }, { print, printJson, say }, { table }, { shortIds }, { ago }] = await Promise.all([
      import('../connect.js'),
      import('../output/print.js'),
      import('../output/table.js'),
      import('../short-id.js'),
      import('../output/time.js'),
    ]);
    const { tims } = await connect(command);
    const answer = await tims.sessions.list(options);
    if (globalsOf(command).json) return printJson(answer);
    const short = shortIds(answer.data.map(({ id }) => id));
    print(
      table<OwnSession>(answer.data, [
        { title: 'ID', value: ({ id }) => short(id) },
        { title: 'SEEN', value: ({ lastSeenAt }) => ago(lastSeenAt) },
        { title: 'BEGUN', value: ({ createdAt }) => ago(createdAt) },
        { title: 'ADDRESS', value: ({ ip }) => ip ?? '' },
        { title: 'CURRENT', value: ({ current }) => (current ? 'this one' : '') },
        { title: 'WITH', value: ({ userAgent }) => userAgent ?? '', flexible: true },
      ]),
    );
    if (answer.nextCursor) say(`There are more: --cursor ${answer.nextCursor}`);
  });

  examples(
    noun
      .command('revoke')
      .argument('[session]', 'its id, or the end of it')
      .description('end one of your sessions, or all others; its sockets close')
      .option('--others', 'all but this one'),
    { 'tims sessions revoke 9x2k4f': '', 'tims sessions revoke --others': '' },
  ).action(async (given: string | undefined, { others }: { others?: boolean }, command: Command) => {
    if ((given === undefined) === (others !== true)) {
      throw new CommandError(exitCodes.usage, 'Name one session, or write --others.', '`tims sessions list` has them.');
    }
    const [{ connect }, { say }, { findId }] = await Promise.all([
      import('../connect.js'),
      import('../output/print.js'),
      import('../short-id.js'),
    ]);
    const { tims } = await connect(command);
    if (given === undefined) {
      await tims.sessions.revokeOthers();
      return say('All other sessions have ended.');
    }
    const id = await findId(given, 'ses', 'session', () => tims.sessions.list({ limit: 100 }));
    await tims.sessions.revoke({ id });
    say(`${id} has ended.`);
  });
}
