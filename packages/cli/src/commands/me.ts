import type { Me } from '@tims/sdk';
import type { Command } from 'commander';
import { examples, globalsOf } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';

export function me(program: Command): void {
  const noun = program.command('me').description('your own name, time zone and password');
  examples(noun, { 'tims me show': '', 'tims me update --time-zone Asia/Kuala_Lumpur': '', 'tims me password': '' });

  examples(noun.command('show').description('show who you are and what you may do'), { 'tims me show': '' }).action(
    async (_options: unknown, command: Command) => {
      const { connect } = await import('../connect.js');
      const { tims } = await connect(command);
      await tell(command, await tims.me.get());
    },
  );

  examples(
    noun
      .command('update')
      .description('change your name or time zone')
      .option('--name <name>')
      .option('--time-zone <zone>', 'an IANA name, e.g. Asia/Kuala_Lumpur; "none" for none'),
    { 'tims me update --name "Mei Tan" --time-zone Asia/Kuala_Lumpur': '' },
  ).action(async ({ name, timeZone }: { name?: string; timeZone?: string }, command: Command) => {
    const { connect } = await import('../connect.js');
    const { tims } = await connect(command);
    const changes = {
      ...(name === undefined ? {} : { name }),
      ...(timeZone === undefined ? {} : { timeZone: timeZone === 'none' ? null : timeZone }),
    };
    await tell(command, await tims.me.update(changes));
  });

  examples(
    noun
      .command('password')
      .description('change your password, which ends your other sessions')
      .option('--password-stdin', 'read the old one and the new one from stdin, a line each'),
    { 'tims me password': 'asks for both' },
  ).action(async (options: { passwordStdin?: boolean }, command: Command) => {
    const [{ connect }, { say }] = await Promise.all([import('../connect.js'), import('../output/print.js')]);
    const { tims } = await connect(command);
    const { currentPassword, password } = options.passwordStdin ? await bothFromStdin() : await bothAsked();
    await tims.me.update({ currentPassword, password });
    say('The password is changed, and your other sessions have ended.');
  });
}

async function bothAsked() {
  const { askNewPassword, askSecret } = await import('../prompt.js');
  const currentPassword = await askSecret('Your password now', '--password-stdin');
  return { currentPassword, password: await askNewPassword('--password-stdin') };
}

async function bothFromStdin() {
  const { readStdin } = await import('../prompt.js');
  const [currentPassword, password, ...more] = (await readStdin()).split(/\r?\n/);
  if (currentPassword && password && more.length === 0) return { currentPassword, password };
  throw new CommandError(exitCodes.usage, 'stdin must have two lines: the old password and the new one.');
}

async function tell(command: Command, user: Me): Promise<void> {
  const [{ print, printJson }, { facts }] = await Promise.all([
    import('../output/print.js'),
    import('../output/facts.js'),
  ]);
  if (globalsOf(command).json) return printJson(user);
  const may = Object.entries(user.permissions).map(([permission, scope]) => `${permission}=${scope}`);
  print(
    facts([
      ['e-mail', user.email],
      ['name', user.name],
      ['role', user.role],
      ['time zone', user.timeZone ?? ''],
      ['contact kinds', user.organization.contactKinds.join(', ')],
      ['may', may.join(' ')],
      ['id', user.id],
    ]),
  );
}
