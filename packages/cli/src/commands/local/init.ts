import type { Command } from 'commander';
import { examples, globalsOf } from '../../command.js';
import { CommandError, exitCodes } from '../../exit-codes.js';

interface InitOptions {
  organization?: string;
  email?: string;
  name?: string;
  passwordStdin?: boolean;
  another?: boolean;
}

export function init(program: Command): void {
  const command = program
    .command('init')
    .description('make the database, the first organization and its administrator; what is left out is asked for')
    .option('--organization <name>', "the organization's name")
    .option('--email <email>', "the administrator's e-mail")
    .option('--name <name>', "the administrator's name")
    .option('--password-stdin', 'read the password from stdin')
    .option('--another', 'a further organization in the same installation');
  examples(command, {
    'tims init': '',
    'pass show tims | tims init --organization "Bright Tuition" --email mei@example.com --name Mei --password-stdin':
      'for scripts',
  }).action(async (options: InitOptions, command: Command) => {
    const [{ withServer }, { ask, askNewPassword, readStdin }, { print, printJson, say }] = await Promise.all([
      import('./server.js'),
      import('../../prompt.js'),
      import('../../output/print.js'),
    ]);
    await withServer(async (server, core) => {
      const { openLocal } = await import('./installation.js');
      const { installation, settings } = await openLocal(server, core);
      try {
        const there = await core.listOrganizationIds(installation.storage.reader);
        if (there.length > 0 && !options.another) {
          throw new CommandError(
            exitCodes.conflict,
            'There is an organization already.',
            'Start the server with `tims start`, or make a further one with --another.',
          );
        }
        const name = options.organization ?? (await ask('Organization', '--organization'));
        const email = options.email ?? (await ask("Administrator's e-mail", '--email'));
        const adminName = options.name ?? (await ask("Administrator's name", '--name'));
        const password = options.passwordStdin ? await readStdin() : await askNewPassword('--password-stdin');
        demandEmail(email);
        const made = await core.createOrganization(installation, { name, admin: { email, name: adminName, password } });
        if (globalsOf(command).json) printJson(made);
        else print(`${made.organizationId}  ${email}`);
        say(
          `\nNext:\n  tims start\n  tims login --url http://127.0.0.1:${settings.port} --email ${email}\n  tims channels add whatsapp`,
        );
      } finally {
        await installation.close();
      }
    });
  });
}

/** The server checks this in its schema; here nothing else stands between. */
function demandEmail(email: string): void {
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return;
  throw new CommandError(exitCodes.usage, `"${email}" is no e-mail address.`);
}
