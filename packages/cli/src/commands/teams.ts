import type { Team, Tims } from '@tims/sdk';
import type { Command } from 'commander';
import { examples, globalsOf } from '../command.js';

export function teams(program: Command): void {
  const noun = program.command('teams').description('teams and their members');
  examples(noun, {
    'tims teams list': '',
    'tims teams create tx "Tutor Experience"': '',
    'tims teams add tx mei@example.com --lead': '',
  });

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
    noun
      .command('workload')
      .argument('<team>', 'its key, name or id')
      .description('show who of a team has how much, and what waits in its queue'),
    { 'tims teams workload cx': '' },
  ).action(async (given: string, _options: unknown, command: Command) => {
    const [{ connect }, { findTeam }, { print, printJson, say }, { table }, { ago }] = await Promise.all([
      import('../connect.js'),
      import('../names.js'),
      import('../output/print.js'),
      import('../output/table.js'),
      import('../output/time.js'),
    ]);
    const { tims } = await connect(command);
    const workload = await tims.teams.workload({ id: await findTeam(tims, given) });
    if (globalsOf(command).json) return printJson(workload);
    const since = (at: string | null) => (at === null ? '' : ago(at));
    print(
      table(workload.agents, [
        { title: 'AGENT', value: ({ name, lead }) => name + (lead ? ' (lead)' : ''), flexible: true },
        { title: 'OPEN', value: ({ open, overloaded }) => `${open}${overloaded ? ' overloaded' : ''}` },
        { title: 'UNANSWERED', value: ({ unanswered }) => String(unanswered) },
        { title: 'OLDEST', value: ({ oldestWaitingSince }) => since(oldestWaitingSince) },
        { title: 'ONLINE', value: ({ online }) => (online ? 'yes' : '') },
      ]),
    );
    const { waiting, oldestWaitingSince } = workload.queue;
    say(`${waiting} in the queue${oldestWaitingSince ? `; the oldest: ${since(oldestWaitingSince)}` : ''}.`);
  });

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

  examples(
    noun
      .command('update')
      .argument('<team>', 'its key, name or id')
      .description('call a team otherwise')
      .option('--key <key>', 'the short code')
      .option('--name <name>'),
    { 'tims teams update tx --name "Tutors"': '', 'tims teams update tx --key tutors': '' },
  ).action((given: string, options: { key?: string; name?: string }, command: Command) =>
    answerWith(command, given, (tims, id) => tims.teams.update({ id, ...options })),
  );

  examples(
    noun
      .command('add')
      .argument('<team>', 'its key, name or id')
      .argument('<user>', 'their e-mail, name or id')
      .description('add a user to a team, or say whether they lead it')
      .option('--lead', 'they lead it')
      .option('--no-lead', 'they do not'),
    { 'tims teams add tx mei@example.com': '', 'tims teams add tx mei@example.com --lead': '' },
  ).action((given: string, user: string, { lead }: { lead?: boolean }, command: Command) =>
    answerWith(command, given, async (tims, id) => {
      const { findMember } = await import('../names.js');
      return tims.teams.addMember({
        id,
        userId: await findMember(tims, user),
        ...(lead === undefined ? {} : { lead }),
      });
    }),
  );

  examples(
    noun
      .command('remove')
      .argument('<team>', 'its key, name or id')
      .argument('<user>', 'their e-mail, name or id')
      .description('take a user out of a team'),
    { 'tims teams remove tx mei@example.com': '' },
  ).action((given: string, user: string, _options: unknown, command: Command) =>
    answerWith(command, given, async (tims, id) => {
      const { findMember } = await import('../names.js');
      return tims.teams.removeMember({ id, userId: await findMember(tims, user) });
    }),
  );
}

/** Finds the team, changes it and says how it stands now. */
async function answerWith(
  command: Command,
  given: string,
  act: (tims: Tims, id: string) => Promise<Team>,
): Promise<void> {
  const [{ connect }, { findTeam, readNames }, { print, printJson }] = await Promise.all([
    import('../connect.js'),
    import('../names.js'),
    import('../output/print.js'),
  ]);
  const { tims } = await connect(command);
  const team = await act(tims, await findTeam(tims, given));
  if (globalsOf(command).json) return printJson(team);
  const names = await readNames(tims);
  const members = team.members.map(({ userId, lead }) => names.user(userId) + (lead ? ' (lead)' : ''));
  print(`${team.key}  ${team.name}  ${members.join(', ')}`.trimEnd());
}
