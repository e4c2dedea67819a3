import type { CloseReason } from '@tims/sdk';
import type { Command } from 'commander';
import { examples, globalsOf } from '../command.js';

export function closeReasons(program: Command): void {
  const noun = program.command('close-reasons').description('why conversations can be closed');
  examples(noun, { 'tims close-reasons list --team cx': '', 'tims close-reasons create refunded "Refunded"': '' });

  examples(
    noun
      .command('list')
      .description('list the reasons, of one team or all')
      .option('--team <team>', 'those that this team can use: its key, name or id'),
    { 'tims close-reasons list': '', 'tims close-reasons list --team cx': '' },
  ).action(async ({ team }: { team?: string }, command: Command) => {
    const { tims, names, print, printJson, table } = await load(command);
    const answer = await tims.closeReasons.list({ teamId: team && (await names.findTeam(tims, team)) });
    if (globalsOf(command).json) return printJson(answer);
    const { team: called } = await names.readNames(tims);
    print(
      table<CloseReason>(answer.data, [
        { title: 'KEY', value: ({ key }) => key },
        { title: 'NAME', value: ({ name }) => name, flexible: true },
        { title: 'TEAM', value: ({ teamId }) => (teamId === null ? 'all' : called(teamId)) },
        { title: 'ID', value: ({ id }) => id },
      ]),
    );
  });

  examples(
    noun
      .command('create')
      .argument('<key>', 'what is written down, e.g. refunded')
      .argument('<name>', 'how it reads')
      .description('add a reason, for every team or for one')
      .option('--team <team>', "only this team's: its key, name or id"),
    { 'tims close-reasons create refunded "Refunded" --team cr': '' },
  ).action(async (key: string, name: string, { team }: { team?: string }, command: Command) => {
    const { tims, names, show } = await load(command);
    const teamId = team === undefined ? undefined : await names.findTeam(tims, team);
    show(await tims.closeReasons.create({ key, name, ...(teamId ? { teamId } : {}) }));
  });

  examples(
    noun
      .command('update')
      .argument('<reason>', 'its key or id')
      .description('give a reason another name')
      .requiredOption('--name <name>', 'how it reads'),
    { 'tims close-reasons update refunded --name "Money given back"': '' },
  ).action(async (given: string, { name }: { name: string }, command: Command) => {
    const { tims, names, show } = await load(command);
    show(await tims.closeReasons.update({ id: await names.findCloseReason(tims, given), name }));
  });

  examples(
    noun
      .command('delete')
      .argument('<reason>', 'its key or id')
      .description('remove a reason; what was closed with it keeps it'),
    { 'tims close-reasons delete refunded': '' },
  ).action(async (given: string, _options: unknown, command: Command) => {
    const { tims, names, print } = await load(command);
    const id = await names.findCloseReason(tims, given);
    await tims.closeReasons.delete({ id });
    if (!globalsOf(command).json) print(`${id} removed`);
  });
}

async function load(command: Command) {
  const [{ connect }, names, { print, printJson }, { table }] = await Promise.all([
    import('../connect.js'),
    import('../names.js'),
    import('../output/print.js'),
    import('../output/table.js'),
  ]);
  const { tims } = await connect(command);
  const show = (reason: CloseReason) =>
    globalsOf(command).json ? printJson(reason) : print(`${reason.id}  ${reason.key}`);
  return { tims, names, print, printJson, table, show };
}
