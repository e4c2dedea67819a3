import { type Command, InvalidArgumentError } from 'commander';
import { examples, globalsOf, positive } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';

interface FilterOptions {
  user?: string;
  action?: string;
  entity?: string;
  conversation?: string;
  via?: string;
  from?: string;
  to?: string;
}

export function audit(program: Command): void {
  const noun = program.command('audit').description('who did what, and whether the log of it was changed');
  examples(noun, {
    'tims audit list --user mei@example.com': 'what one person did',
    'tims audit verify': 'whether a row was edited, removed, added or cut off',
    'tims audit export --out activities.csv': 'for a spreadsheet',
  });

  examples(
    filtered(noun.command('list').description('list what was done, newest first'))
      .option('--limit <n>', 'how many, at most 100', positive, 50)
      .option('--cursor <cursor>', 'go on after an earlier list'),
    {
      'tims audit list': '',
      'tims audit list --action conversations.close --from 2026-01-01': '',
      'tims audit list --action access.refused': 'what was refused to whom',
    },
  ).action(async (options: FilterOptions & { limit: number; cursor?: string }, command: Command) => {
    const [{ connect }, { readNames }, { print, printJson, say }, { activityTable }] = await load();
    const { tims } = await connect(command);
    const { limit, cursor } = options;
    const filter = await filterOf(tims, options);
    const answer = await tims.activities.list({ ...filter, limit, ...(cursor ? { cursor } : {}) });
    if (globalsOf(command).json) return printJson(answer);
    if (answer.data.length === 0) return say('Nothing was recorded.');
    print(activityTable(answer.data, await readNames(tims)));
    if (answer.nextCursor) say(`There are more: --cursor ${answer.nextCursor}`);
  });

  verifyCommand(noun);

  examples(
    filtered(
      noun.command('export').description('write the log as CSV, newest first; the export is recorded too'),
    ).option('--out <file>', 'the file to write, which must not be there yet; stdout unless told'),
    { 'tims audit export --out activities.csv': '', 'tims audit export --user me': '' },
  ).action(async (options: FilterOptions & { out?: string }, command: Command) => {
    const [[{ connect }, , { print, printJson, say }], { writeFile }] = await Promise.all([
      load(),
      import('node:fs/promises'),
    ]);
    const { tims } = await connect(command);
    const text = await tims.activities.export(await filterOf(tims, options), { timeoutMs: 600_000 });
    const rows = text.split('\r\n').length - 2;
    // Somebody's log: for the eyes of whoever asked for it.
    if (options.out !== undefined) await writeFile(options.out, text, { flag: 'wx', mode: 0o600 });
    if (globalsOf(command).json)
      printJson({ rows, ...(options.out === undefined ? { csv: text } : { file: options.out }) });
    else if (options.out === undefined) print(text);
    else say(`${rows} rows in ${options.out}`);
  });

  examples(
    noun
      .command('purge')
      .description('remove what was recorded before a time, at least 31 days ago, behind a signed checkpoint')
      .requiredOption('--before <time>', 'a date or a time', timeOf),
    { 'tims audit purge --before 2026-01-01': '' },
  ).action(async ({ before }: { before: string }, command: Command) => {
    const [{ connect }, , { print, printJson }] = await load();
    const { tims } = await connect(command);
    let answer = await tims.activities.purge({ before });
    while (answer.more) answer = await tims.activities.purge({ before });
    if (globalsOf(command).json) printJson(answer);
    else print(answer.through === 0 ? 'Nothing was purged.' : `Rows up to ${answer.through} are purged.`);
  });
}

function verifyCommand(noun: Command): void {
  examples(
    noun
      .command('verify')
      .description('find the first row of the log that is not the one that was written')
      .option('--expect <head>', 'a head that an earlier run printed and you kept elsewhere, <sequence>:<mac>', headOf)
      .option('--local', "verify in the database of this machine's settings, without a server, every organization")
      .option('--organization <id>', 'with --local: this one alone'),
    {
      'tims audit verify': 'keep the head that it prints where nobody who reaches the database can change it',
      'tims audit verify --expect 1042:9f2c…': 'also finds a log that was put back to an earlier state',
      'tims audit verify --local': 'while the server is stopped, or beside it with MySQL',
    },
  ).action(async (options: { expect?: string; local?: boolean; organization?: string }, command: Command) => {
    const { expect, local, organization } = options;
    const [[{ connect }, , { print, printJson }], { verifyAll }, { verificationLines }] = await Promise.all([
      load(),
      import('../verify.js'),
      import('../output/verification.js'),
    ]);
    const { json } = globalsOf(command);
    if (local) {
      const { verifyLocally } = await import('./local/verify-activities.js');
      const found = await verifyLocally({ organization, expect });
      if (json) printJson(found);
      else for (const one of found) print(`${one.organizationId}\n${verificationLines(one)}`);
      return failOn(found);
    }
    const { tims } = await connect(command);
    const found = await verifyAll((cursor) =>
      tims.activities.verify({ ...(cursor ? { cursor } : {}), ...(expect ? { expect } : {}) }),
    );
    if (json) printJson(found);
    else print(verificationLines(found));
    failOn([found]);
  });
}

function failOn(found: readonly { fault: object | null }[]): void {
  const broken = found.filter(({ fault }) => fault !== null).length;
  if (broken > 0) throw new CommandError(exitCodes.failed, 'The activity log does not verify.', 'See docs/audit.md.');
}

function filtered(command: Command): Command {
  return command
    .option('--user <user>', 'what this user did: `me`, an e-mail, a name or an id')
    .option('--action <action>', 'e.g. conversations.close')
    .option('--entity <id>', 'what was done to this')
    .option('--conversation <id>', 'its id, or the end of it')
    .option('--via <id>', 'through this session or API key')
    .option('--from <time>', 'at this date or time, or later', timeOf)
    .option('--to <time>', 'before this date or time', timeOf);
}

async function filterOf(tims: import('@tims/sdk').Tims, options: FilterOptions) {
  const { findConversation, findUser } = await import('../names.js');
  const { user, conversation, entity, action, via, from, to } = options;
  return {
    ...(user ? { userId: await findUser(tims, user) } : {}),
    ...(conversation ? { conversationId: await findConversation(tims, conversation) } : {}),
    ...(entity ? { entityId: entity } : {}),
    ...(action ? { action } : {}),
    ...(via ? { via } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  };
}

/** A date or time as the API has it; a date alone begins in UTC. */
function timeOf(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError('It must be a date or a time, e.g. 2026-01-31.');
  return time.toISOString();
}

function headOf(text: string): string {
  if (/^\d{1,15}:[0-9a-f]{64}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be <sequence>:<mac>, as `tims audit verify` prints it.');
}

function load() {
  return Promise.all([
    import('../connect.js'),
    import('../names.js'),
    import('../output/print.js'),
    import('../output/activities.js'),
  ]);
}
