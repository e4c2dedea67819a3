import type { FollowUp } from '@tims/sdk';
import { type Command, InvalidArgumentError } from 'commander';
import { examples, globalsOf, positive } from '../command.js';

interface ListOptions {
  due?: boolean;
  user?: string;
  team?: string;
  conversation?: string;
  limit: number;
  cursor?: string;
}

export function followUps(program: Command): void {
  const noun = program.command('follow-ups').description('conversations that come back at a time');
  examples(noun, {
    'tims follow-ups list --due': 'what is due now',
    'tims follow-ups add 9x2k4f 2026-11-23T09:00 "Has the transfer arrived?"': 'nine o’clock where you are',
    'tims follow-ups snooze 4m1c7d 30m': '',
    'tims follow-ups done 4m1c7d': '',
  });

  examples(
    noun
      .command('list')
      .description('list open follow-ups, the longest due first: your own unless told')
      .option('--due', 'only those whose time has come')
      .option('--user <user>', "somebody else's: an e-mail, a name or an id")
      .option('--team <team>', 'those of conversations that this team has: its key, name or id')
      .option('--conversation <conversation>', 'everybody’s of one conversation: its id, or the end of it')
      .option('--limit <n>', 'how many, at most 100', positive, 50)
      .option('--cursor <cursor>', 'go on after an earlier list'),
    { 'tims follow-ups list': '', 'tims follow-ups list --due --team cx': 'what a team is behind with' },
  ).action(async (options: ListOptions, command: Command) => {
    const [{ connect }, names, { print, printJson, say }] = await load();
    const { tims } = await connect(command);
    const { due, user, team, conversation, limit, cursor } = options;
    const answer = await tims.followUps.list({
      due,
      limit,
      cursor,
      userId: user === undefined ? undefined : await names.findUser(tims, user),
      teamId: team === undefined ? undefined : await names.findTeam(tims, team),
      conversationId: conversation === undefined ? undefined : await names.findConversation(tims, conversation),
    });
    if (globalsOf(command).json) return printJson(answer);
    const [{ table }, { shortIds }] = await Promise.all([import('../output/table.js'), import('../short-id.js')]);
    const { user: nameOf } = await names.readNames(tims);
    const short = shortIds(answer.data.map(({ id }) => id));
    print(
      table(answer.data, [
        { title: 'ID', value: ({ id }) => short(id) },
        { title: 'DUE', value: whenOf },
        { title: 'WHO', value: ({ userId }) => nameOf(userId) },
        { title: 'CONVERSATION', value: ({ conversationId }) => conversationId.slice(-6) },
        { title: 'WHAT', value: ({ text }) => text ?? '', flexible: true },
      ]),
    );
    if (answer.data.length === 0) say('No follow-ups.');
    if (answer.nextCursor) say(`There are more: --cursor ${answer.nextCursor}`);
  });

  examples(
    noun
      .command('add')
      .argument('<conversation>', 'its id, or the end of it')
      .argument('<when>', 'a time in your zone (2026-11-23T09:00), or with its offset (…+08:00)')
      .argument('[text]', 'what it is about')
      .description('let a conversation come back at a time')
      .option('--for <user>', 'who is reminded: you unless told'),
    {
      'tims follow-ups add 9x2k4f 2026-11-23T09:00 "Paid?"': '',
      'tims follow-ups add 9x2k4f 2026-11-23T09:00+08:00 --for Mei': 'reminds Mei',
    },
  ).action(
    async (given: string, dueAt: string, text: string | undefined, options: { for?: string }, command: Command) => {
      const [{ connect }, names] = await load();
      const { tims } = await connect(command);
      const id = await names.findConversation(tims, given);
      const forWhom = options.for === undefined ? {} : { userId: await names.findUser(tims, options.for) };
      await show(command, await tims.followUps.create({ id, dueAt, text: text ?? null, ...forWhom }));
    },
  );

  examples(
    noun
      .command('snooze')
      .argument('<follow-up>', 'its id, or the end of it')
      .argument('<how-long>', 'minutes, hours or days from now: 30m, 2h, 1d', minutes)
      .description('move a follow-up to later'),
    { 'tims follow-ups snooze 4m1c7d 30m': '', 'tims follow-ups snooze 4m1c7d 1d': 'the same time tomorrow' },
  ).action(async (given: string, snoozeMinutes: number, _options: unknown, command: Command) =>
    change(command, given, { snoozeMinutes }),
  );

  examples(
    noun
      .command('done')
      .argument('<follow-up>', 'its id, or the end of it')
      .description('say that a follow-up is done'),
    { 'tims follow-ups done 4m1c7d': '' },
  ).action(async (given: string, _options: unknown, command: Command) => change(command, given, { done: true }));
}

async function change(command: Command, given: string, patch: { snoozeMinutes?: number; done?: boolean }) {
  const [{ connect }] = await load();
  const { findId } = await import('../short-id.js');
  const { tims } = await connect(command);
  const id = await findId(given, 'fup', 'follow-up', () => tims.followUps.list({ limit: 100 }));
  await show(command, await tims.followUps.update({ id, ...patch }));
}

async function show(command: Command, one: FollowUp): Promise<void> {
  const { print, printJson } = await import('../output/print.js');
  if (globalsOf(command).json) printJson(one);
  else print(`${one.id}  ${one.doneAt === null ? whenOf(one) : 'done'}`);
}

/** In this machine's zone, as people write it. */
function whenOf({ due, dueAt }: FollowUp): string {
  const at = new Date(dueAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  return due ? `${at} (due)` : at;
}

function minutes(text: string): number {
  const match = /^(\d{1,6})([mhd])$/.exec(text.trim());
  const units: Record<string, number> = { m: 1, h: 60, d: 24 * 60 };
  const value = Number(match?.[1]) * (units[match?.[2] ?? ''] ?? Number.NaN);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('It must be a number with m, h or d, e.g. 30m.');
}

function load() {
  return Promise.all([import('../connect.js'), import('../names.js'), import('../output/print.js')]);
}
