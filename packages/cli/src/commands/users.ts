import type { Tims, User } from '@tims/sdk';
import { type Command, Option } from 'commander';
import { examples, globalsOf, positive } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import type { Names } from '../names.js';

interface NewUserOptions {
  email?: string;
  name?: string;
  role: string;
  team?: string[];
  passwordStdin?: boolean;
}

interface ListOptions {
  role?: string;
  team?: string;
  status?: User['status'];
  limit: number;
  cursor?: string;
}

interface ChangeOptions {
  name?: string;
  role?: string;
  team?: string[] | true;
  lead?: string[];
  primary?: string;
}

export function users(program: Command): void {
  const noun = program.command('users').description('who may sign in');
  examples(noun, {
    'tims users list': '',
    'tims users create --email mei@example.com --name Mei --role agent --team cx': 'asks for the password',
    'tims users update mei@example.com --role manager --team cx tx --lead tx': '',
    'tims users deactivate mei@example.com': 'ends their sessions at once',
  });

  examples(
    noun
      .command('list')
      .description('list the users, oldest first')
      .option('--role <role>', 'only those with this role')
      .option('--team <team>', 'only those of this team: its key, name or id')
      .addOption(new Option('--status <status>', 'only these').choices(['active', 'deactivated']))
      .option('--limit <n>', 'how many, at most 100', positive, 100)
      .option('--cursor <cursor>', 'go on after an earlier list'),
    { 'tims users list': '', 'tims users list --team cx --role agent --status active': '' },
  ).action(async ({ team, ...options }: ListOptions, command: Command) => {
    const [{ connect }, { print, printJson, say }] = await load();
    const { tims } = await connect(command);
    const teamId = team === undefined ? undefined : await (await import('../names.js')).findTeam(tims, team);
    const answer = await tims.users.list({ ...options, teamId });
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
      .option('--role <role>', 'what they may do: a key of `tims roles list`', 'agent')
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

  examples(noun.command('show').argument('<user>', 'their e-mail, name or id').description('show a user'), {
    'tims users show mei@example.com': '',
  }).action(async (given: string, _options: unknown, command: Command) => {
    const [{ connect }, { print, printJson }] = await load();
    const { findMember } = await import('../names.js');
    const { tims } = await connect(command);
    const user = await tims.users.get({ id: await findMember(tims, given) });
    if (globalsOf(command).json) return printJson(user);
    print(await userFacts(tims, user));
  });

  examples(
    noun
      .command('update')
      .argument('<user>', 'their e-mail, name or id')
      .description('give a user another name, role or teams; another role ends their access tokens and sockets')
      .option('--name <name>')
      .option('--role <role>', 'a key of `tims roles list`')
      .option('--team [team...]', 'all their teams: keys, names or ids; without any, none')
      .option('--lead <team...>', 'which of them they lead')
      .option('--primary <team>', 'their primary team'),
    {
      'tims users update mei@example.com --role manager': '',
      'tims users update mei@example.com --team cx tx --lead tx --primary tx': 'these teams and no other',
    },
  ).action(async (given: string, options: ChangeOptions, command: Command) => {
    const [{ connect }, { print, printJson }] = await load();
    const { findMember } = await import('../names.js');
    const { tims } = await connect(command);
    const id = await findMember(tims, given);
    const user = await tims.users.update({ id, ...(await changesOf(tims, options)) });
    if (globalsOf(command).json) return printJson(user);
    print(await userFacts(tims, user));
  });

  examples(
    noun
      .command('password')
      .argument('<user>', 'their e-mail, name or id')
      .description('set a password for a user, which ends their sessions')
      .option('--password-stdin', 'read the password from stdin'),
    {
      'tims users password mei@example.com': 'asks for it',
      'pass show mei | tims users password mei@example.com --password-stdin': 'for scripts',
    },
  ).action(async (given: string, options: { passwordStdin?: boolean }, command: Command) => {
    const [{ connect }, { say }] = await load();
    const [{ findMember }, { askNewPassword, readStdin }] = await Promise.all([
      import('../names.js'),
      import('../prompt.js'),
    ]);
    const { tims } = await connect(command);
    const id = await findMember(tims, given);
    const password = options.passwordStdin ? await readStdin() : await askNewPassword('--password-stdin');
    await tims.users.setPassword({ id, password });
    say('The password is set, and their sessions have ended.');
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

async function changesOf(tims: Tims, { name, role, team, lead = [], primary }: ChangeOptions) {
  if (lead.length > 0 && team === undefined) {
    throw new CommandError(
      exitCodes.usage,
      '--lead goes with --team, which names all their teams.',
      'One team alone is changed with `tims teams add <team> <user> --lead`.',
    );
  }
  const { findTeam } = await import('../names.js');
  const idsOf = async (given: readonly string[]) => {
    const ids: string[] = [];
    for (const one of given) ids.push(await findTeam(tims, one));
    return ids;
  };
  const leads = new Set(await idsOf(lead));
  const teams = team === undefined ? undefined : await idsOf(team === true ? [] : team);
  const [missing] = [...leads].filter((id) => !teams?.includes(id));
  if (missing) throw new CommandError(exitCodes.usage, 'A team that --lead names is not among those of --team.');
  return {
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
    ...(teams === undefined ? {} : { teams: teams.map((id) => ({ id, lead: leads.has(id) })) }),
    ...(primary === undefined ? {} : { primaryTeamId: await findTeam(tims, primary) }),
  };
}

async function userFacts(tims: Tims, user: User): Promise<string> {
  const [{ facts }, { readNames }] = await Promise.all([import('../output/facts.js'), import('../names.js')]);
  return facts([
    ['e-mail', user.email],
    ['name', user.name],
    ['role', user.role],
    ['status', user.status],
    ['teams', teamsOf(user, await readNames(tims))],
    ['time zone', user.timeZone ?? ''],
    ['last seen', user.lastSeenAt ?? ''],
    ['since', user.createdAt],
    ['id', user.id],
  ]);
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
