import type { Team } from '@tims/sdk';
import type { Command } from 'commander';
import { examples, globalsOf } from '../command.js';

export function teams(program: Command): void {
  const noun = program.command('teams').description('teams and their members');
  examples(noun, { 'tims teams list': '', 'tims teams create tx "Tutor Experience"': '' });

  examples(noun.command('list').description('list the teams'), { 'tims teams list': '' }).action(
    async (_options: unknown, command: Command) => {
      const [{ connect }, { readNames }, { print, printJson }, { table }] = await Promise.all([
        import('../connect.js'),
        import('../names.js'),
        import('../output/print.js'),
        import('../output/table.js'),
      ]);
      const { tims } = await connect(command);
      const answer = await tims.teams.list();
      if (globalsOf(command).json) return printJson(answer);
      const names = await readNames(tims);
      print(
        table<Team>(answer.data, [
          { title: 'KEY', value: ({ key }) => key },
          { title: 'NAME', value: ({ name }) => name },
          {
            title: 'MEMBERS',
            value: ({ members }) =>
              members.map(({ userId, lead }) => names.user(userId) + (lead ? ' (lead)' : '')).join(', '),
            flexible: true,
          },
          { title: 'ID', value: ({ id }) => id },
        ]),
      );
    },
  );

  examples(
    noun.command('create').argument('<key>', 'the short code, e.g. tx').argument('<name>').description('create a team'),
    { 'tims teams create tx "Tutor Experience"': '' },
  ).action(async (key: string, name: string, _options: unknown, command: Command) => {
    const [{ connect }, { print, printJson }] = await Promise.all([
      import('../connect.js'),
      import('../output/print.js'),
    ]);
    const { tims } = await connect(command);
    const team = await tims.teams.create({ key, name });
    if (globalsOf(command).json) printJson(team);
    else print(`${team.id}  ${team.key}`);
  });
}
