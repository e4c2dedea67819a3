import type { Role, Tims } from '@tims/sdk';
import { type Command, InvalidArgumentError } from 'commander';
import { examples, globalsOf } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';

type Grant = Role['permissions'][number];

interface RoleOptions {
  name?: string;
  rank?: number;
  permission?: Grant[];
}

export function roles(program: Command): void {
  const noun = program.command('roles').description('who may do what');
  examples(noun, {
    'tims roles list': '',
    'tims roles show agent': 'what they may do',
    'tims roles create auditor --name Auditor --rank 10 --permission activities:read=all directory:read=all': '',
  });

  examples(noun.command('list').description('list the roles, highest first'), { 'tims roles list': '' }).action(
    async (_options: unknown, command: Command) => {
      const [{ connect }, { print, printJson }, { table }] = await load();
      const { tims } = await connect(command);
      const answer = await tims.roles.list();
      if (globalsOf(command).json) return printJson(answer);
      print(
        table<Role>(answer.data, [
          { title: 'KEY', value: ({ key }) => key },
          { title: 'NAME', value: ({ name }) => name, flexible: true },
          { title: 'RANK', value: ({ rank }) => String(rank) },
          { title: 'PERMISSIONS', value: ({ permissions }) => String(permissions.length) },
          { title: 'KIND', value: ({ builtIn }) => (builtIn ? 'built in' : 'own') },
        ]),
      );
    },
  );

  examples(noun.command('show').argument('<role>', 'its key').description('show what a role may do'), {
    'tims roles show agent': '',
  }).action(async (key: string, _options: unknown, command: Command) => {
    const [{ connect }] = await load();
    const { tims } = await connect(command);
    await tell(command, await findRole(tims, key));
  });

  examples(
    noun
      .command('create')
      .argument('<key>', 'what users are given, e.g. night_shift')
      .description('make a role of permissions that you hold yourself')
      .requiredOption('--name <name>')
      .requiredOption('--rank <rank>', 'at most your own', rankOf)
      .requiredOption('--permission <permission=scope...>', 'each as docs/roles.md has it', grantOf),
    { 'tims roles create auditor --name Auditor --rank 10 --permission activities:read=all directory:read=all': '' },
  ).action(async (key: string, { name = '', rank = 1, permission = [] }: RoleOptions, command: Command) => {
    const [{ connect }] = await load();
    const { tims } = await connect(command);
    await tell(command, await tims.roles.create({ key, name, rank, permissions: permission }));
  });

  examples(
    noun
      .command('update')
      .argument('<role>', 'its key')
      .description('change a role of your own; it holds at once for everybody who has it')
      .option('--name <name>')
      .option('--rank <rank>', 'at most your own', rankOf)
      .option('--permission <permission=scope...>', 'all of them: what is not named is taken away', grantOf),
    { 'tims roles update auditor --name "Quality"': '' },
  ).action(async (key: string, { permission, ...options }: RoleOptions, command: Command) => {
    const [{ connect }] = await load();
    const { tims } = await connect(command);
    const role = await tims.roles.update({ key, ...options, ...(permission ? { permissions: permission } : {}) });
    await tell(command, role);
  });

  examples(noun.command('delete').argument('<role>', 'its key').description('remove a role that nobody has'), {
    'tims roles delete auditor': '',
  }).action(async (key: string, _options: unknown, command: Command) => {
    const [{ connect }, { say }] = await load();
    const { tims } = await connect(command);
    await tims.roles.delete({ key });
    say(`The role ${key} is gone.`);
  });
}

async function findRole(tims: Tims, key: string): Promise<Role> {
  for await (const role of tims.roles.list()) if (role.key === key) return role;
  throw new CommandError(exitCodes.notFound, `There is no role "${key}".`, '`tims roles list` lists them.');
}

async function tell(command: Command, role: Role): Promise<void> {
  const [, { print, printJson }, { table }] = await load();
  if (globalsOf(command).json) return printJson(role);
  print(`${role.key}  ${role.name}  rank ${role.rank}`);
  print(
    table<Grant>(role.permissions, [
      { title: 'PERMISSION', value: ({ permission }) => permission },
      { title: 'SCOPE', value: ({ scope }) => scope },
    ]),
  );
}

/** `conversations:read=all`, after those that were given before it. The server knows which there are. */
function grantOf(text: string, before: Grant[] = []): Grant[] {
  const match = /^([a-z_]+:[a-z_]+)=(all|team|assigned|own)$/.exec(text);
  if (!match) throw new InvalidArgumentError('It is written as conversations:read=team.');
  return [...before, { permission: match[1], scope: match[2] } as Grant]; // the server checks the permission's name
}

function rankOf(text: string): number {
  const rank = Number(text);
  if (Number.isInteger(rank) && rank >= 1 && rank <= 50) return rank;
  throw new InvalidArgumentError('It must be a whole number from 1 to 50.');
}

function load() {
  return Promise.all([import('../connect.js'), import('../output/print.js'), import('../output/table.js')]);
}
