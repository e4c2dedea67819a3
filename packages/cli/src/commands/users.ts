import type { Tims, User } from '@tims/sdk';
import { type Command, Option } from 'commander';
import { examples, globalsOf, positive } from '../command.js';
import type { Names } from '../names.js';

const roles = ['admin', 'operations_manager', 'manager', 'assistant_manager', 'agent'] as const;

interface NewUserOptions {
  email?: string;
  name?: string;
  role: (typeof roles)[number];
  team?: string[];
  passwordStdin?: boolean;
}

export function users(program: Command): void {
  const noun = program.command('users').description('who may sign in');
  examples(noun, {
    'tims users list': '',
    'tims users create --email mei@example.com --name Mei --role agent --team cx': 'asks for the password',
    'tims users deactivate mei@example.com': 'ends their sessions at once',
  });

  examples(
    noun
      .command('list')
      .description('list the users, oldest first')
      .option('--limit <n>', 'how many, at most 100', positive, 100)
      .option('--cursor <cursor>', 'go on after an earlier list'),
    { 'tims users list': '' },
  ).action(async (options: { limit: number; cursor?: string }, command: Command) => {
    const [{ connect }, { print, printJson, say }] = await load();
    const { tims } = await connect(command);
    const answer = await tims.users.list(options);
    if (globalsOf(command).json) return printJson(answer);
    print(await userTable(tims, answer.data));
    if (answer.nextCursor) say(`There are more: --cursor ${answer.nextCursor}`);
  });

  examples(
    noun
      .command('create')
      .description('add a user; what is left out is asked for')
      .option('--email <email>')
      .option('--name <name>')
      .addOption(new Option('--role <role>', 'what they may do').choices(roles).default('agent'))
      .option('--team <team...>', 'the keys, names or ids of their teams; the first is the primary one')
      .option('--password-stdin', 'read the password from stdin'),
    {
      'tims users create --email mei@example.com --name Mei --role manager --team cx tx': '',
      'pass show mei | tims users create --email mei@example.com --name Mei --password-stdin': 'for scripts',
    },
  ).action(async (options: NewUserOptions, command: Command) => {
    const [{ connect }, { print, printJson }, { findTeam }, { ask, askNewPassword, readStdin }] = await Promise.all([
      import('../connect.js'),
      import('../output/print.js'),
      import('../names.js'),
      import('../prompt.js'),
    ]);
    const { tims } = await connect(command);
    const email = options.email ?? (await ask('E-mail', '--email'));
    const name = options.name ?? (await ask('Name', '--name'));
    const teams: { id: string }[] = [];
    for (const team of options.team ?? []) teams.push({ id: await findTeam(tims, team) });
    const password = options.passwordStdin ? await readStdin() : await askNewPassword('--password-stdin');
    const user = await tims.users.create({ email, name, role: options.role, password, teams });
    if (globalsOf(command).json) printJson(user);
    else print(`${user.id}  ${user.email}  ${user.role}`);
  });

  examples(
    noun
      .command('activity')
      .argument('<user>', '`me`, their e-mail, name or id')
      .description('what one user did, newest first')
      .option('--limit <n>', 'how many, at most 100', positive, 50)
      .option('--cursor <cursor>', 'go on after an earlier list'),
    { 'tims users activity me': '', 'tims users activity mei@example.com --limit 10': '' },
  ).action(async (given: string, options: { limit: number; cursor?: string }, command: Command) => {
    const [[{ connect }, { print, printJson, say }], { findUser, readNames }, { activityTable }] = await Promise.all([
      load(),
      import('../names.js'),
      import('../output/activities.js'),
    ]);
    const { tims } = await connect(command);
    const answer = await tims.users.activity({ id: await findUser(tims, given), ...options });
    if (globalsOf(command).json) return printJson(answer);
    if (answer.data.length === 0) return say('Nothing was recorded.');
    print(activityTable(answer.data, await readNames(tims)));
    if (answer.nextCursor) say(`There are more: --cursor ${answer.nextCursor}`);
  });

  setStatus(noun, 'deactivate', 'deactivated', "end a user's sessions and let them sign in no more");
  setStatus(noun, 'activate', 'active', 'let a deactivated user sign in again');
}

function setStatus(noun: Command, verb: string, status: User['status'], description: string): void {
  const command = noun.command(verb).argument('<user>', 'their e-mail, name or id').description(description);
  examples(command, { [`tims users ${verb} mei@example.com`]: '' }).action(
    async (given: string, _options: unknown, command: Command) => {
      const [{ connect }, { print, printJson }] = await load();
      const { findMember } = await import('../names.js');
      const { tims } = await connect(command);
      const user = await tims.users.update({ id: await findMember(tims, given), status });
      if (globalsOf(command).json) printJson(user);
      else print(`${user.id}  ${user.email}  ${user.status}`);
    },
  );
}

async function userTable(tims: Tims, users: readonly User[]): Promise<string> {
  const [{ table }, { readNames }, { shortIds }] = await Promise.all([
    import('../output/table.js'),
    import('../names.js'),
    import('../short-id.js'),
  ]);
  const names = await readNames(tims);
  const short = shortIds(users.map(({ id }) => id));
  return table(users, [
    { title: 'ID', value: ({ id }) => short(id) },
    { title: 'E-MAIL', value: ({ email }) => email },
    { title: 'NAME', value: ({ name }) => name, flexible: true },
    { title: 'ROLE', value: ({ role }) => role },
    { title: 'STATUS', value: ({ status }) => status },
    { title: 'TEAMS', value: (user) => teamsOf(user, names) },
  ]);
}

/** The primary team first. */
function teamsOf({ teams, primaryTeamId }: User, names: Names): string {
  const first = teams.filter(({ id }) => id === primaryTeamId);
  const others = teams.filter(({ id }) => id !== primaryTeamId);
  return [...first, ...others].map(({ id, lead }) => names.team(id) + (lead ? ' (lead)' : '')).join(', ');
}

function load() {
  return Promise.all([import('../connect.js'), import('../output/print.js')]);
}
