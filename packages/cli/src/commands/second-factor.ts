import type { Command } from 'commander';
import { examples, globalsOf } from '../command.js';

interface PasswordOptions {
  passwordStdin?: boolean;
}

export function secondFactor(program: Command): void {
  const noun = program.command('second-factor').description('a code beside your password');
  examples(noun, {
    'tims second-factor enable': 'shows what your authenticator app wants to know',
    'tims second-factor confirm 123456': 'turns it on; shows recovery codes, once',
    'tims second-factor recovery-codes 123456': 'makes new ones, and ends the old',
    'tims second-factor disable 123456': '',
  });

  examples(noun.command('status').description('whether you have one, and need one'), {
    'tims second-factor status': '',
  }).action(async (_options: unknown, command: Command) => {
    const [{ connect }, { print, printJson }, { facts }] = await Promise.all([
      import('../connect.js'),
      import('../output/print.js'),
      import('../output/facts.js'),
    ]);
    const { tims } = await connect(command);
    const { enabled, required, recoveryCodesLeft } = await tims.me.getSecondFactor();
    if (globalsOf(command).json) return printJson({ enabled, required, recoveryCodesLeft });
    print(
      facts([
        ['second factor', enabled ? 'on' : 'off'],
        ['demanded', required ? 'yes' : 'no'],
        ['recovery codes left', enabled ? String(recoveryCodesLeft) : ''],
      ]),
    );
  });

  examples(
    noun
      .command('enable')
      .description('begin to set one up; asks for your password')
      .option('--password-stdin', 'read the password from stdin'),
    { 'tims second-factor enable': '', 'pass show tims | tims second-factor enable --password-stdin': 'for scripts' },
  ).action(async (options: PasswordOptions, command: Command) => {
    const [{ connect }, { print, printJson, say }] = await load();
    const { tims } = await connect(command);
    const answer = await tims.me.enableSecondFactor({ password: await passwordOf(options) });
    if (globalsOf(command).json) return printJson(answer);
    print(`${answer.uri}\n`);
    say(`Open the address with your authenticator app, or type the secret into it: ${answer.secret}`);
    say('Then turn it on with the code that it shows: tims second-factor confirm <code>');
  });

  examples(
    noun
      .command('confirm')
      .argument('<code>', 'what the app shows')
      .description('turn it on; shows the recovery codes, this once'),
    { 'tims second-factor confirm 123456': '' },
  ).action(async (code: string, _options: unknown, command: Command) => {
    const [{ connect }, { print, printJson, say }] = await load();
    const { tims } = await connect(command);
    const answer = await tims.me.confirmSecondFactor({ code });
    if (globalsOf(command).json) return printJson(answer);
    print(`${answer.recoveryCodes.join('\n')}\n`);
    say('Your second factor is on. Keep these codes where the telephone is not: each works once in its place.');
  });

  examples(
    noun
      .command('recovery-codes')
      .argument('<code>', 'what the app shows, or a recovery code')
      .description('make new recovery codes, shown this once, and end the old ones; asks for your password')
      .option('--password-stdin', 'read the password from stdin'),
    { 'tims second-factor recovery-codes 123456': '' },
  ).action(async (code: string, options: PasswordOptions, command: Command) => {
    const [{ connect }, { print, printJson, say }] = await load();
    const { tims } = await connect(command);
    const answer = await tims.me.renewRecoveryCodes({ password: await passwordOf(options), code });
    if (globalsOf(command).json) return printJson(answer);
    print(`${answer.recoveryCodes.join('\n')}\n`);
    say('The codes of before are worth nothing any more. Keep these where the telephone is not.');
  });

  examples(
    noun
      .command('disable')
      .argument('<code>', 'what the app shows, or a recovery code')
      .description('take your second factor away; asks for your password')
      .option('--password-stdin', 'read the password from stdin'),
    { 'tims second-factor disable 123456': '' },
  ).action(async (code: string, options: PasswordOptions, command: Command) => {
    const [{ connect }, { say }] = await load();
    const { tims } = await connect(command);
    await tims.me.disableSecondFactor({ password: await passwordOf(options), code });
    say('Your second factor is off.');
  });

  examples(
    noun
      .command('reset')
      .argument('<user>', 'their e-mail, name or id')
      .description("take somebody's second factor away, who lost it and the recovery codes"),
    { 'tims second-factor reset mei@example.com': '' },
  ).action(async (given: string, _options: unknown, command: Command) => {
    const [[{ connect }, { say }], { findMember }] = await Promise.all([load(), import('../names.js')]);
    const { tims } = await connect(command);
    await tims.users.resetSecondFactor({ id: await findMember(tims, given) });
    say(`${given} has no second factor any more.`);
  });
}

async function passwordOf({ passwordStdin }: PasswordOptions): Promise<string> {
  const { askSecret, readStdin } = await import('../prompt.js');
  return passwordStdin ? readStdin() : askSecret('Password', '--password-stdin');
}

function load() {
  return Promise.all([import('../connect.js'), import('../output/print.js')]);
}
