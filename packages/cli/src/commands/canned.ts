import type { CannedResponse, Tims } from '@tims/sdk';
import type { Command } from 'commander';
import { examples, globalsOf } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';

interface ResponseOptions {
  team?: string;
  everybody?: boolean;
  title?: string;
  shortcut?: string;
  text?: string;
}

const which = 'its shortcut, its id, or the end of it';

export function canned(program: Command): void {
  const noun = program.command('canned').description('texts that are said often');
  examples(noun, {
    'tims canned list': '',
    'tims canned create hello "Hello {{contact.first_name|there}}!" --team cx': '',
    'tims canned render hello 9x2k4f': 'what it becomes, and what is missing',
  });

  examples(noun.command('list').description("list everybody's and your teams'"), { 'tims canned list': '' }).action(
    async (_options: unknown, command: Command) => {
      const [{ connect }, { print, printJson, say }, { readNames }, { table }] = await Promise.all([
        import('../connect.js'),
        import('../output/print.js'),
        import('../names.js'),
        import('../output/table.js'),
      ]);
      const { tims } = await connect(command);
      const data: CannedResponse[] = [];
      for await (const one of tims.cannedResponses.list({ limit: 100 })) data.push(one);
      if (globalsOf(command).json) return printJson({ data });
      const names = await readNames(tims);
      print(
        table(data, [
          { title: 'SHORTCUT', value: ({ shortcut }) => shortcut },
          { title: 'TEAM', value: ({ teamId }) => (teamId === null ? '' : names.team(teamId)) },
          { title: 'TITLE', value: ({ title }) => title },
          { title: 'TEXT', value: ({ text }) => text, flexible: true },
          { title: 'ID', value: ({ id }) => id.slice(-6) },
        ]),
      );
      if (data.length === 0) say('No canned responses.');
    },
  );

  examples(noun.command('show').argument('<response>', which).description('show one with its whole text'), {
    'tims canned show hello': '',
  }).action(async (given: string, _options: unknown, command: Command) => {
    const { tims } = await (await import('../connect.js')).connect(command);
    const one = await tims.cannedResponses.get({ id: await find(tims, given) });
    const [{ print, printJson }, { safeText }] = await Promise.all([
      import('../output/print.js'),
      import('../output/text.js'),
    ]);
    if (globalsOf(command).json) printJson(one);
    else print(`${one.shortcut}  ${one.title}\n\n${safeText(one.text)}`);
  });

  examples(
    noun
      .command('create')
      .argument('<shortcut>', 'what an agent types for it, e.g. hello')
      .argument('<text>', 'with variables, e.g. {{contact.first_name|there}}')
      .description('add a canned response; for everybody unless a team is named')
      .option('--team <team>', 'only for this team: its key, name or id')
      .option('--title <title>', 'what it is called; the shortcut unless told'),
    { 'tims canned create hello "Hello {{contact.first_name|there}}!" --team cx': '' },
  ).action(async (shortcut: string, text: string, options: ResponseOptions, command: Command) => {
    const { tims } = await (await import('../connect.js')).connect(command);
    const one = await tims.cannedResponses.create({
      shortcut,
      text,
      title: options.title ?? shortcut,
      teamId: await teamOf(tims, options),
    });
    await show(command, one);
  });

  examples(
    noun
      .command('update')
      .argument('<response>', which)
      .description('change a canned response')
      .option('--shortcut <shortcut>')
      .option('--title <title>')
      .option('--text <text>')
      .option('--team <team>', 'give it to this team')
      .option('--everybody', 'give it to everybody'),
    { 'tims canned update hello --text "Good day {{contact.name}}"': '' },
  ).action(async (given: string, options: ResponseOptions, command: Command) => {
    const { shortcut, title, text, team, everybody } = options;
    if (team !== undefined && everybody) {
      throw new CommandError(exitCodes.usage, '--team and --everybody exclude each other.');
    }
    const { tims } = await (await import('../connect.js')).connect(command);
    const moved = team !== undefined || everybody ? { teamId: await teamOf(tims, options) } : {};
    const id = await find(tims, given);
    await show(command, await tims.cannedResponses.update({ id, shortcut, title, text, ...moved }));
  });

  examples(noun.command('delete').argument('<response>', which).description('remove a canned response'), {
    'tims canned delete hello': '',
  }).action(async (given: string, _options: unknown, command: Command) => {
    const { tims } = await (await import('../connect.js')).connect(command);
    const id = await find(tims, given);
    await tims.cannedResponses.remove({ id });
    const { print, printJson } = await import('../output/print.js');
    if (globalsOf(command).json) printJson({ id });
    else print(`${id}  removed`);
  });

  examples(
    noun
      .command('render')
      .argument('<response>', which)
      .argument('<conversation>', 'its id, or the end of it')
      .description('show what it becomes in a conversation; nothing is sent'),
    { 'tims canned render hello 9x2k4f': '' },
  ).action(async (given: string, conversation: string, _options: unknown, command: Command) => {
    const [{ connect }, { findConversation }, { print, printJson, say }, { safeText }] = await Promise.all([
      import('../connect.js'),
      import('../names.js'),
      import('../output/print.js'),
      import('../output/text.js'),
    ]);
    const { tims } = await connect(command);
    const id = await find(tims, given);
    const answer = await tims.cannedResponses.render({
      id,
      conversationId: await findConversation(tims, conversation),
    });
    if (globalsOf(command).json) return printJson(answer);
    print(safeText(answer.text));
    if (answer.missing.length > 0) say(`Missing: ${answer.missing.join(', ')}`);
  });
}

async function find(tims: Tims, given: string): Promise<string> {
  const { findId } = await import('../short-id.js');
  const all = () => tims.cannedResponses.list({ limit: 100 });
  return findId(given, 'can', 'canned response', all, ({ shortcut }) => [shortcut]);
}

async function teamOf(tims: Tims, { team }: ResponseOptions): Promise<string | null> {
  if (team === undefined) return null;
  const { findTeam } = await import('../names.js');
  return findTeam(tims, team);
}

async function show(command: Command, one: CannedResponse): Promise<void> {
  const { print, printJson } = await import('../output/print.js');
  if (globalsOf(command).json) printJson(one);
  else print(`${one.id}  ${one.shortcut}  ${one.title}`);
}
