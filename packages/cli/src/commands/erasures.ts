import type { Erasure, Tims } from '@tims/sdk';
import type { Command } from 'commander';
import { examples, globalsOf, positive } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';

/** `tims erasures`, and `tims contacts erase` beside what else there is for contacts. */
export function erasures(program: Command): void {
  const noun = program.command('erasures').description('people who were erased, and how much of what went');
  examples(noun, { 'tims erasures list': '', 'tims erasures show 8p2k4f': 'the report' });

  examples(
    noun
      .command('list')
      .description('list who was erased, the newest first')
      .option('--limit <n>', 'how many, at most 100', positive, 50)
      .option('--cursor <cursor>', 'go on after an earlier list'),
    { 'tims erasures list': '' },
  ).action(async (options: { limit: number; cursor?: string }, command: Command) => {
    const [{ connect }, { print, printJson, say }] = await load();
    const { tims } = await connect(command);
    const answer = await tims.erasures.list(options);
    if (globalsOf(command).json) return printJson(answer);
    if (answer.data.length === 0) return say('Nobody was erased.');
    const { erasureTable } = await import('../output/erasure.js');
    print(erasureTable(answer.data));
    if (answer.nextCursor) say(`There are more: --cursor ${answer.nextCursor}`);
  });

  examples(
    noun
      .command('show')
      .argument('<erasure>', 'its id, or the end of it')
      .description('how far an erasure is, and how much of what went'),
    { 'tims erasures show 8p2k4f': '' },
  ).action(async (given: string, _options: object, command: Command) => {
    const [{ connect }, , { findId }] = await load();
    const { tims } = await connect(command);
    const id = await findId(given, 'era', 'erasure', () => tims.erasures.list({ limit: 100 }));
    await show(await tims.erasures.get({ id }), command);
  });

  eraseCommand(program.commands.find((one) => one.name() === 'contacts') ?? contacts(program));
}

function contacts(program: Command): Command {
  return examples(program.command('contacts').description('the people outside'), {
    'tims contacts erase con_06e8x2k1r7h5m9n3p4q6s8t0v2': 'a person, with everything they said',
  });
}

function eraseCommand(noun: Command): void {
  examples(
    noun
      .command('erase')
      .argument('<contact>', 'its whole id: con_…')
      .description('erase a person for good, with everything they said; nothing brings it back')
      .option('--yes', 'do not ask')
      .option('--no-wait', 'do not wait until it is done'),
    {
      'tims contacts erase con_06e8x2k1r7h5m9n3p4q6s8t0v2': 'asks first, then waits and reports',
      'tims contacts erase con_06e8x2k1r7h5m9n3p4q6s8t0v2 --yes --json': 'for scripts',
    },
  ).action(async (id: string, options: { yes?: boolean; wait: boolean }, command: Command) => {
    const [{ connect }, { say }] = await load();
    if (!/^con_[0-9a-z]{26}$/.test(id)) {
      throw new CommandError(exitCodes.usage, `"${id}" is no contact’s whole id.`, 'What is erased is named in full.');
    }
    const { tims } = await connect(command);
    if (!options.yes && !(await confirmed(tims, id))) throw new CommandError(exitCodes.failed, 'Nothing was erased.');
    const begun = await tims.contacts.erase({ id });
    if (options.wait) return show(await ended(tims, begun), command);
    if (!globalsOf(command).json) say(`It goes on: tims erasures show ${begun.id}`);
    await show(begun, command);
  });
}

/** Whoever erases sees whom, and types it: an id alone is soon mistaken. */
async function confirmed(tims: Tims, id: string): Promise<boolean> {
  const [{ ask }, { isTimsError }, { clean }] = await Promise.all([
    import('../prompt.js'),
    import('@tims/sdk'),
    import('../output/text.js').then(({ oneLine }) => ({ clean: oneLine })),
  ]);
  const contact = await tims.contacts.get({ id }).catch((error: unknown) => {
    // Erased already: asking again shows the report.
    if (isTimsError(error, 'not_found')) return undefined;
    throw error;
  });
  if (!contact) return true;
  const addresses = contact.identities.flatMap(({ keys }) => keys.map(({ value }) => value));
  const whom = clean([contact.name ?? 'Nameless', ...addresses].join(', '));
  const answer = await ask(`Erase ${whom} with everything they said, for good? Type "erase"`, '--yes');
  return answer.toLowerCase() === 'erase';
}

/** Waits, and says on stderr how far it is. */
async function ended(tims: Tims, begun: Erasure): Promise<Erasure> {
  const [{ say }, { setTimeout: sleep }] = await Promise.all([
    import('../output/print.js'),
    import('node:timers/promises'),
  ]);
  let told = '';
  for (let erasure = begun; ; erasure = await tims.erasures.get({ id: begun.id })) {
    if (erasure.state === 'done') return erasure;
    const { messages, rawBodies } = erasure.report;
    const line = `Erasing: ${messages} messages, ${rawBodies} raw webhooks so far`;
    if (line !== told) say(line);
    told = line;
    await sleep(500);
  }
}

async function show(erasure: Erasure, command: Command): Promise<void> {
  const [, { print, printJson }] = await load();
  if (globalsOf(command).json) return printJson(erasure);
  const { erasureReport } = await import('../output/erasure.js');
  print(erasureReport(erasure));
}

function load() {
  return Promise.all([import('../connect.js'), import('../output/print.js'), import('../short-id.js')]);
}
