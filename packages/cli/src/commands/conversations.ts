import type { Conversation } from '@tims/sdk';
import { type Command, Option } from 'commander';
import { examples, globalsOf, positive } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { bulk } from './conversations-bulk.js';
import { merging } from './merges.js';

interface ListOptions {
  status?: Conversation['status'];
  lifecycle?: Conversation['lifecycle'];
  team?: string;
  assignee?: string;
  channel?: string;
  unread?: boolean;
  tag?: string;
  kind?: string;
  followUp?: 'due' | 'open';
  text?: string;
  from?: string;
  to?: string;
  waiting?: boolean;
  limit: number;
  cursor?: string;
}

export function conversations(program: Command): void {
  const noun = program.command('conversations').alias('conv').description('look at conversations and say who has them');
  examples(noun, {
    'tims conversations list --status queued': 'who waits',
    'tims conversations show 9x2k4f': 'what was said',
    'tims conversations take 9x2k4f': 'make it yours',
    'tims conversations close 9x2k4f --reason resolved': '',
  });

  examples(
    noun
      .command('list')
      .description('list conversations, the last active first')
      .addOption(
        new Option('--status <status>', 'only these').choices(['new', 'queued', 'assigned', 'pending', 'closed']),
      )
      .addOption(new Option('--lifecycle <lifecycle>', 'only these').choices(['open', 'pending', 'closed']))
      .option('--team <team>', "only this team's: its key, name or id")
      .option('--assignee <user>', 'only those of this user: me, an e-mail, a name or an id')
      .option('--channel <channel>', 'only over this channel: its name or id')
      .option('--unread', 'only those with unread messages')
      .option('--tag <tag>', 'only those with this tag: its name or id')
      .option('--kind <kind>', 'only those of contacts of this kind, e.g. tutor')
      .addOption(
        new Option('--follow-up <which>', 'only those whose follow-up is due, or that have one').choices([
          'due',
          'open',
        ]),
      )
      .option('--from <time>', 'only those that were active at this time or after, e.g. 2026-11-01T00:00:00Z')
      .option('--to <time>', 'only those that were active before this time')
      .option('--text <words>', 'only those in which this was said, or who it is with; the newest hit first')
      .option('--waiting', 'only those that wait for an answer, the longest first')
      .option('--limit <n>', 'how many, at most 100', positive, 50)
      .option('--cursor <cursor>', 'go on after an earlier list'),
    {
      'tims conversations list': '',
      'tims conversations list --assignee me --unread': 'what waits for me',
      'tims conversations list --team cx --status queued': 'the queue of a team',
      'tims conversations list --waiting --limit 10': 'who has waited longest',
      'tims conversations list --tag Payment --lifecycle open': '',
      'tims conversations list --text refund --lifecycle open': 'in which it was said',
      'tims conversations list --json | jq .data[].id': 'for programs',
    },
  ).action(async (options: ListOptions, command: Command) => {
    const [{ connect }, names, { printJson, print, say }] = await load();
    const { tims } = await connect(command);
    const answer = await tims.conversations.list({
      status: options.status,
      lifecycle: options.lifecycle,
      teamId: options.team === undefined ? undefined : await names.findTeam(tims, options.team),
      assigneeId: options.assignee === undefined ? undefined : await names.findUser(tims, options.assignee),
      channelId: options.channel === undefined ? undefined : await names.findChannel(tims, options.channel),
      unread: options.unread,
      tagId: options.tag === undefined ? undefined : await names.findTag(tims, options.tag),
      contactKind: options.kind,
      followUp: options.followUp,
      q: options.text,
      from: options.from,
      to: options.to,
      order: options.waiting ? 'waiting' : undefined,
      limit: options.limit,
      cursor: options.cursor,
    });
    if (globalsOf(command).json) return printJson(answer);
    const { conversationTable } = await import('../output/conversation.js');
    print(conversationTable(answer.data, await names.readNames(tims)));
    if (answer.data.length === 0) say('No conversations.');
    if (answer.nextCursor) say(`There are more: --cursor ${answer.nextCursor}`);
  });

  examples(
    noun
      .command('show')
      .argument('<conversation>', 'its id, or the end of it')
      .description('show a conversation and its messages, oldest first')
      .option('--limit <n>', 'how many messages, at most 100', positive, 50)
      .option('--before <cursor>', 'older messages than an earlier answer had'),
    {
      'tims conversations show 9x2k4f': '',
      'tims conversations show 9x2k4f --limit 5 --json': 'the last five, as JSON',
    },
  ).action(async (given: string, options: { limit: number; before?: string }, command: Command) => {
    const [{ connect }, names, { printJson, print, say }] = await load();
    const { tims } = await connect(command);
    const id = await names.findConversation(tims, given);
    const answer = await tims.conversations.get({ id, limit: options.limit, before: options.before });
    if (globalsOf(command).json) return printJson(answer);
    const { conversationPage } = await import('../output/conversation.js');
    print(conversationPage(answer, await names.readNames(tims)));
    if (answer.before) say(`There are older messages: --before ${answer.before}`);
  });

  change(noun, 'take', 'take a conversation that waits', 'tims conversations take 9x2k4f');
  change(noun, 'reopen', 'open a closed conversation again', 'tims conversations reopen 9x2k4f');
  merging(noun);
  change(noun, 'pend', 'let a conversation wait for the customer', 'tims conversations pend 9x2k4f');

  examples(
    noun
      .command('close')
      .argument('<conversation>', 'its id, or the end of it')
      .description('close a conversation')
      .requiredOption('--reason <reason>', 'why, e.g. resolved'),
    { 'tims conversations close 9x2k4f --reason resolved': '' },
  ).action((given: string, { reason }: { reason: string }, command: Command) =>
    answerWith(command, given, (tims, id) => tims.conversations.close({ id, reason })),
  );

  for (const [verb, description, example] of [
    ['tag', 'put a tag on a conversation', 'tims conversations tag 9x2k4f Payment'],
    ['untag', 'take a tag off a conversation', 'tims conversations untag 9x2k4f Payment'],
  ] as const) {
    const tagging = noun.command(verb).argument('<conversation>', 'its id, or the end of it');
    examples(tagging.argument('<tag>', 'its name or id').description(description), { [example]: '' }).action(
      async (given: string, tag: string, _options: unknown, command: Command) => {
        const [, names] = await load();
        await answerWith(command, given, async (tims, id) =>
          tims.conversations[verb]({ id, tagId: await names.findTag(tims, tag) }),
        );
      },
    );
  }

  bulk(noun);

  examples(
    noun
      .command('transfer')
      .argument('<conversation>', 'its id, or the end of it')
      .description('hand a conversation on, with a note for whoever takes over')
      .option('--to <user>', 'an e-mail, a name or an id')
      .option('--team <team>', 'the key, name or id of a team')
      .option('--note <text>', 'what they should know'),
    { 'tims conversations transfer 9x2k4f --team cr --note "She has paid twice."': '' },
  ).action(async (given: string, options: { to?: string; team?: string; note?: string }, command: Command) => {
    if (options.to === undefined && options.team === undefined) {
      throw new CommandError(exitCodes.usage, 'Say to whom: --to <user> or --team <team>.');
    }
    const [, names] = await load();
    await answerWith(command, given, async (tims, id) =>
      tims.conversations.transfer({
        id,
        ...(options.team === undefined ? {} : { teamId: await names.findTeam(tims, options.team) }),
        ...(options.to === undefined ? {} : { assigneeId: await names.findUser(tims, options.to) }),
        ...(options.note === undefined ? {} : { note: options.note }),
      }),
    );
  });

  examples(
    noun
      .command('assign')
      .argument('<conversation>', 'its id, or the end of it')
      .description('give a conversation to a user, to a team, or back to its queue')
      .option('--to <user>', 'me, an e-mail, a name or an id')
      .option('--team <team>', 'the key, name or id of a team')
      .option('--queue', 'back to the queue of its team'),
    {
      'tims conversations assign 9x2k4f --to agent@example.com': '',
      'tims conversations assign 9x2k4f --team cr': 'to the queue of another team',
      'tims conversations assign 9x2k4f --queue': 'nobody has it any more',
    },
  ).action(async (given: string, options: { to?: string; team?: string; queue?: boolean }, command: Command) => {
    if (options.queue ? options.to !== undefined : options.to === undefined && options.team === undefined) {
      throw new CommandError(exitCodes.usage, 'Say to whom: --to <user>, --team <team> or --queue.');
    }
    const [, names] = await load();
    await answerWith(command, given, async (tims, id) =>
      tims.conversations.assign({
        id,
        ...(options.team === undefined ? {} : { teamId: await names.findTeam(tims, options.team) }),
        ...(options.to === undefined ? {} : { assigneeId: await names.findUser(tims, options.to) }),
        ...(options.queue ? { assigneeId: null } : {}),
      }),
    );
  });
}

type Tims = import('@tims/sdk').Tims;

function change(noun: Command, verb: 'take' | 'reopen' | 'pend', description: string, example: string): void {
  const command = noun.command(verb).argument('<conversation>', 'its id, or the end of it').description(description);
  examples(command, { [example]: '' }).action((given: string, _options: unknown, command: Command) =>
    answerWith(command, given, (tims, id) => tims.conversations[verb]({ id })),
  );
}

/** Finds the conversation, changes it and says how it stands now. */
async function answerWith(
  command: Command,
  given: string,
  act: (tims: Tims, id: string) => Promise<Conversation>,
): Promise<void> {
  const [{ connect }, names, { printJson, print }] = await load();
  const { tims } = await connect(command);
  const conversation = await act(tims, await names.findConversation(tims, given));
  if (globalsOf(command).json) return printJson(conversation);
  const { conversationLine } = await import('../output/conversation.js');
  print(conversationLine(conversation, await names.readNames(tims)));
}

function load() {
  return Promise.all([import('../connect.js'), import('../names.js'), import('../output/print.js')]);
}
