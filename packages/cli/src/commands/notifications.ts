import type { Notification } from '@tims/sdk';
import type { Command } from 'commander';
import { examples, globalsOf, positive } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';

const sentences: Record<Notification['kind'], string> = {
  mention: 'mentioned you in a note',
  feedback: 'wrote feedback for you',
  assignment: 'gave you a conversation',
  reminder: 'a follow-up is due',
  message: 'a customer wrote where you watch',
};

export function notifications(program: Command): void {
  const noun = program.command('notifications').description('what is for you to know');
  examples(noun, { 'tims notifications list --unread': '', 'tims notifications read --all': '' });

  examples(
    noun
      .command('list')
      .description('list your notifications, newest first')
      .option('--unread', 'only those that are unread')
      .option('--limit <n>', 'how many, at most 100', positive, 50)
      .option('--cursor <cursor>', 'go on after an earlier list'),
    { 'tims notifications list': '', 'tims notifications list --unread --json': 'for programs' },
  ).action(async (options: { unread?: boolean; limit: number; cursor?: string }, command: Command) => {
    const [{ connect }, { readNames }, { print, printJson, say }, { table }, { ago }, { shortIds }] = await Promise.all(
      [
        import('../connect.js'),
        import('../names.js'),
        import('../output/print.js'),
        import('../output/table.js'),
        import('../output/time.js'),
        import('../short-id.js'),
      ],
    );
    const { tims } = await connect(command);
    const answer = await tims.notifications.list(options);
    if (globalsOf(command).json) return printJson(answer);
    const names = await readNames(tims);
    const short = shortIds(answer.data.map(({ id }) => id));
    print(
      table(answer.data, [
        { title: 'ID', value: ({ id }) => short(id) },
        { title: 'UNREAD', value: ({ readAt }) => (readAt === null ? '*' : '') },
        { title: 'WHO', value: ({ actor }) => (actor.type === 'user' ? names.user(actor.id) : '') },
        { title: 'WHAT', value: ({ kind }) => sentences[kind], flexible: true },
        { title: 'CONVERSATION', value: ({ conversationId }) => conversationId?.slice(-6) ?? '' },
        { title: 'WHEN', value: ({ createdAt }) => ago(createdAt) },
      ]),
    );
    say(`${answer.unreadCount} unread.`);
    if (answer.nextCursor) say(`There are more: --cursor ${answer.nextCursor}`);
  });

  examples(
    noun
      .command('read')
      .argument('[notification...]', 'their ids, or the ends of them')
      .description('mark notifications as read')
      .option('--up-to <notification>', 'this one and all that are older')
      .option('--all', 'all of them'),
    {
      'tims notifications read 9x2k4f': '',
      'tims notifications read --up-to 9x2k4f': '',
      'tims notifications read --all': '',
    },
  ).action(async (given: string[], options: { upTo?: string; all?: boolean }, command: Command) => {
    const ways = [given.length > 0, options.upTo !== undefined, options.all === true].filter(Boolean);
    if (ways.length !== 1) {
      throw new CommandError(exitCodes.usage, 'Say which: their ids, --up-to <notification> or --all.');
    }
    const [{ connect }, { print, printJson }, { findId }] = await Promise.all([
      import('../connect.js'),
      import('../output/print.js'),
      import('../short-id.js'),
    ]);
    const { tims } = await connect(command);
    const find = (one: string) => findId(one, 'ntf', 'notification', () => tims.notifications.list({ limit: 100 }));
    const which = options.all
      ? { all: true as const }
      : options.upTo === undefined
        ? { ids: await Promise.all(given.map(find)) }
        : { upTo: await find(options.upTo) };
    const answer = await tims.notifications.read(which);
    if (globalsOf(command).json) printJson(answer);
    else print(`${answer.read} marked as read`);
  });
}
