import type { Command } from 'commander';
import { collected, examples, globalsOf } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';

/** How a file is taken, where it does not say so itself. */
interface StartOptions {
  column?: string[];
  ignore?: string[];
  channel?: string;
  refuseExisting?: boolean;
}

/** `tims contacts import` and `tims contacts export`. */
export function contactFiles(noun: Command): void {
  examples(
    starting(
      noun
        .command('import')
        .argument('<file>', 'CSV in UTF-8, with a heading and at most 10,000 rows')
        .description('bring contacts in from a file; each row is taken whole or not at all'),
    ).option('--look', 'only show how it would be taken; start it later with `tims imports start`'),
    {
      'tims contacts import people.csv': '',
      'tims contacts import people.csv --look': 'what its columns are taken for, before anything is imported',
      'tims contacts import people.csv --column "Handy=address" --ignore Remark': 'what no heading says',
    },
  ).action(async (path: string, options: StartOptions & { look?: boolean }, command: Command) => {
    const [{ connect }, { sendFile, startedImport, endOf }] = await Promise.all([
      import('../connect.js'),
      import('../contact-import.js'),
    ]);
    const { tims } = await connect(command);
    const json = globalsOf(command).json ?? false;
    const staged = await sendFile(tims, path);
    if (options.look) {
      const { showImport } = await import('../output/contact-import.js');
      return showImport(tims, staged, json);
    }
    const { id } = await startedImport(tims, staged.id, options);
    await endOf(tims, id, json);
  });

  examples(
    noun
      .command('export')
      .description('write all contacts as CSV, as they can be imported again; the export is recorded')
      .option('--channel <channel>', 'whose addresses are told: its name, address or id; the only one unless told')
      .option('--out <file>', 'the file to write, which must not be there yet; stdout unless told'),
    { 'tims contacts export --out contacts.csv': '' },
  ).action(async (options: { channel?: string; out?: string }, command: Command) => {
    const [{ connect }, { findChannel }, { print, printJson, say }, { writeFile }] = await Promise.all([
      import('../connect.js'),
      import('../names.js'),
      import('../output/print.js'),
      import('node:fs/promises'),
    ]);
    const { tims } = await connect(command);
    const { channel, out } = options;
    const channelId = channel === undefined ? undefined : await findChannel(tims, channel);
    const text = await tims.contacts.export({ channelId }, { timeoutMs: 600_000 });
    // Everybody's numbers: for the eyes of whoever asked for them.
    if (out !== undefined) await writeFile(out, text, { flag: 'wx', mode: 0o600 });
    if (globalsOf(command).json) printJson(out === undefined ? { csv: text } : { file: out });
    else if (out === undefined) print(text);
    else say(`The contacts are in ${out}`);
  });
}

/** `tims imports`: files that were sent, however they were. */
export function imports(program: Command): void {
  const noun = program.command('imports').description('files of contacts that were sent, and what became of them');
  examples(noun, {
    'tims imports list': '',
    'tims imports show 9x2k4f': 'its columns, how far it is, and the rows that are at fault',
    'tims imports start 9x2k4f': 'start one that was only looked at, or go on with one that broke off',
  });

  examples(noun.command('list').description('list them, the newest first'), { 'tims imports list': '' }).action(
    async (_options: unknown, command: Command) => {
      const [{ connect }, { printJson }, { importTable }] = await load();
      const { tims } = await connect(command);
      const answer = await tims.contactImports.list({ limit: 100 });
      if (globalsOf(command).json) printJson(answer);
      else importTable(answer.data);
    },
  );

  examples(
    noun
      .command('show')
      .argument('<import>', 'its id, or the end of it')
      .description('show one, with the rows that are at fault'),
    { 'tims imports show 9x2k4f': '' },
  ).action(async (given: string, _options: unknown, command: Command) => {
    const [{ connect }, , { showImport }] = await load();
    const { tims } = await connect(command);
    await showImport(
      tims,
      await tims.contactImports.get({ id: await find(tims, given) }),
      globalsOf(command).json ?? false,
    );
  });

  examples(
    starting(
      noun
        .command('start')
        .argument('<import>', 'its id, or the end of it')
        .description('start one that was only looked at, or go on with one that broke off'),
    ),
    { 'tims imports start 9x2k4f': '' },
  ).action(async (given: string, options: StartOptions, command: Command) => {
    const [{ connect }, { startedImport, endOf }] = await Promise.all([
      import('../connect.js'),
      import('../contact-import.js'),
    ]);
    const { tims } = await connect(command);
    const { id } = await startedImport(tims, await find(tims, given), options);
    await endOf(tims, id, globalsOf(command).json ?? false);
  });

  examples(
    noun
      .command('cancel')
      .argument('<import>', 'its id, or the end of it')
      .description('import no more of its rows; those that were imported stay'),
    { 'tims imports cancel 9x2k4f': '' },
  ).action(async (given: string, _options: unknown, command: Command) => {
    const [{ connect }, { print, printJson }] = await Promise.all([
      import('../connect.js'),
      import('../output/print.js'),
    ]);
    const { tims } = await connect(command);
    const cancelled = await tims.contactImports.cancel({ id: await find(tims, given) });
    if (globalsOf(command).json) printJson(cancelled);
    else print(`${cancelled.id}  cancelled`);
  });
}

function starting(command: Command): Command {
  return command
    .option(
      '--column <column=field>',
      'what a column holds: id, name, kind, tags, address or attributes.<key>; may be given again',
      collected(pairOf),
    )
    .option('--ignore <column>', 'leave a column out; may be given again', collected(String))
    .option('--channel <channel>', 'whose addresses they are: its name, address or id; the only one unless told')
    .option('--refuse-existing', 'report the rows whose contact is there already, instead of changing it');
}

function pairOf(text: string): string {
  if (/^.+=.+$/.test(text)) return text;
  throw new CommandError(exitCodes.usage, `"${text}" is not <column>=<field>, e.g. "Mobile=address".`);
}

async function find(tims: import('@tims/sdk').Tims, given: string): Promise<string> {
  const { findId } = await import('../short-id.js');
  return findId(given, 'imp', 'import', () => tims.contactImports.list({ limit: 100 }));
}

function load() {
  return Promise.all([import('../connect.js'), import('../output/print.js'), import('../output/contact-import.js')]);
}
