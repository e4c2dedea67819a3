import type { Command } from 'commander';
import { examples, globalsOf } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';

interface LoginOptions {
  email?: string;
  passwordStdin?: boolean;
  organization?: string;
  code?: string;
}

export function session(program: Command): void {
  examples(
    program
      .command('login')
      .description('sign in and keep the session; what is left out is asked for')
      .option('--email <email>')
      .option('--password-stdin', 'read the password from stdin')
      .option('--organization <id>', 'which one, for who belongs to several')
      .option('--code <code>', 'of the authenticator app, or a recovery code, where there is a second factor'),
    {
      'tims login --url https://inbox.example.com --email mei@example.com': '',
      'tims login --profile work --url https://inbox.example.com': 'beside other sessions',
      'tims login --email mei@example.com --code 123456': 'with a second factor; asked for where it is left out',
      'pass show tims | tims login --email mei@example.com --password-stdin': 'for scripts',
    },
  ).action(async (options: LoginOptions, command: Command) => {
    const [
      { addressOf, localAddress },
      { client, signIn },
      { ask, askSecret, readStdin },
      { changeProfiles, readProfiles },
      { print, printJson },
    ] = await Promise.all([
      import('../connect.js'),
      import('../clients.js'),
      import('../prompt.js'),
      import('../profile.js'),
      import('../output/print.js'),
    ]);
    const globals = globalsOf(command);
    const name = globals.profile ?? process.env.TIMS_PROFILE ?? 'default';
    const kept = readProfiles().profiles[name];
    const url = addressOf(globals) ?? kept?.url ?? (await askIfPossible(ask, 'Server', localAddress()));
    const email = options.email ?? (await ask('E-mail', '--email', kept?.email));
    const password = options.passwordStdin ? await readStdin() : await askSecret('Password', '--password-stdin');
    const tims = await client({ url });
    const credentials = { email, password, organizationId: options.organization };
    const { isTimsError } = await import('@tims/sdk');
    const { user, accessToken, refreshToken } = await signIn(tims, { ...credentials, code: options.code }).catch(
      async (error: unknown) => {
        if (options.code !== undefined || !isTimsError(error, 'second_factor_required')) throw error;
        return signIn(tims, { ...credentials, code: await ask('Code', '--code') });
      },
    );
    changeProfiles((profiles) => {
      profiles.profiles[name] = { url, email: user.email, accessToken, refreshToken };
      // One that was named stays beside the others, for who names it again.
      if (name === 'default') profiles.current = name;
    });
    if (globals.json) printJson(user);
    else print(`Signed in at ${url} as ${user.email} (${user.role}).`);
  });

  examples(program.command('logout').description('end the session of the profile'), {
    'tims logout': '',
    'tims logout --profile work': '',
  }).action(async (_options: unknown, command: Command) => {
    const [{ connect }, { changeProfiles }, { say }] = await Promise.all([
      import('../connect.js'),
      import('../profile.js'),
      import('../output/print.js'),
    ]);
    const { tims, profile, url } = await connect(command);
    if (profile === 'TIMS_TOKEN') {
      throw new CommandError(exitCodes.usage, 'TIMS_TOKEN is set, and no session of this command.', 'Unset it.');
    }
    // The server may be gone; the profile goes all the same.
    const ended = await tims.logout().then(
      () => true,
      () => false,
    );
    changeProfiles((profiles) => {
      delete profiles.profiles[profile];
      if (profiles.current === profile) delete profiles.current;
    });
    say(ended ? `Signed out at ${url}.` : `The profile is gone; ${url} could not be told.`);
  });

  examples(program.command('whoami').description('who is signed in, and where'), { 'tims whoami': '' }).action(
    async (_options: unknown, command: Command) => {
      const [{ connect }, { print, printJson }, { facts }] = await Promise.all([
        import('../connect.js'),
        import('../output/print.js'),
        import('../output/facts.js'),
      ]);
      const { tims, url, profile } = await connect(command);
      const user = await tims.me.get();
      if (globalsOf(command).json) return printJson(user);
      print(
        facts([
          ['e-mail', user.email],
          ['name', user.name],
          ['role', user.role],
          ['server', url],
          ['profile', profile],
          ['id', user.id],
        ]),
      );
    },
  );
}

/** Without a terminal the server of this machine is meant. */
async function askIfPossible(
  ask: (question: string, option: string, standard?: string) => Promise<string>,
  question: string,
  standard: string,
): Promise<string> {
  return process.stdin.isTTY && process.stderr.isTTY ? ask(question, '--url', standard) : standard;
}
