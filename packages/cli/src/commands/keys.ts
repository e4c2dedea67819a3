import type { ApiKey, Input } from '@tims/sdk';
import { type Command, InvalidArgumentError } from 'commander';
import { examples, globalsOf, positive } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';

interface NewKeyOptions {
  permission?: string[];
  days: number;
}

const dayMs = 86_400_000;

export function keys(program: Command): void {
  const noun = program.command('keys').description('API keys, for programs');
  examples(noun, {
    'tims keys list': '',
    'tims keys create "Nightly export" --permission conversations:read contacts:read': 'shows the key, once',
    'tims keys revoke 9x2k4f': '',
  });

  examples(
    noun
      .command('list')
      .description('list the API keys, the newest first')
      .option('--limit <n>', 'how many, at most 100', positive, 100)
      .option('--cursor <cursor>', 'go on after an earlier list'),
    { 'tims keys list': '' },
  ).action(async (options: { limit: number; cursor?: string }, command: Command) => {
    const [{ connect }, { print, printJson, say }, { table }, { readNames }, { shortIds }, { ago }] = await Promise.all(
      [
        import('../connect.js'),
        import('../output/print.js'),
        import('../output/table.js'),
        import('../names.js'),
        import('../short-id.js'),
        import('../output/time.js'),
      ],
    );
    const { tims } = await connect(command);
    const answer = await tims.keys.list(options);
    if (globalsOf(command).json) return printJson(answer);
    const names = await readNames(tims);
    const short = shortIds(answer.data.map(({ id }) => id));
    print(
      table<ApiKey>(answer.data, [
        { title: 'ID', value: ({ id }) => short(id) },
        { title: 'NAME', value: ({ name }) => name, flexible: true },
        { title: 'ENDS IN', value: ({ hint }) => hint },
        { title: 'MADE BY', value: ({ userId }) => names.user(userId) },
        { title: 'USED', value: ({ lastUsedAt }) => ago(lastUsedAt) || 'never' },
        { title: 'UNTIL', value: ({ expiresAt }) => expiresAt.slice(0, 10) },
        { title: 'PERMISSIONS', value: ({ permissions }) => permissions.join(' '), flexible: true },
      ]),
    );
    if (answer.nextCursor) say(`There are more: --cursor ${answer.nextCursor}`);
  });

  examples(
    noun
      .command('create')
      .argument('<name>', 'what it is for')
      .description('make a key that acts as you, with some of what you may')
      .option('--permission <permission...>', 'what it may, e.g. conversations:read; docs/roles.md has them all')
      .option('--days <n>', 'how long it works, at most 365', days, 90),
    {
      'tims keys create "Nightly export" --permission conversations:read contacts:read': 'for 90 days',
      'tims keys create bot --permission conversations:reply --days 7': '',
    },
  ).action(async (name: string, options: NewKeyOptions, command: Command) => {
    if (!options.permission) {
      throw new CommandError(exitCodes.usage, '--permission is missing: what may the key do?');
    }
    const [{ connect }, { print, printJson, say }] = await load();
    const { tims } = await connect(command);
    const key = await tims.keys.create({
      name,
      // What there is, the server knows, and names in its refusal.
      permissions: options.permission as Input<'keys.create'>['permissions'],
      expiresAt: new Date(Date.now() + options.days * dayMs).toISOString(),
    });
    if (globalsOf(command).json) return printJson(key);
    print(`${key.key}\n`);
    say(`${key.id} works until ${key.expiresAt.slice(0, 10)}. It is not shown again: export TIMS_TOKEN=<the key>`);
  });

  examples(
    noun.command('revoke').argument('<key>', 'its id, the end of it, or its name').description('end a key at once'),
    { 'tims keys revoke 9x2k4f': '', 'tims keys revoke "Nightly export"': '' },
  ).action(async (given: string, _options: unknown, command: Command) => {
    const [[{ connect }, { say }], { findId }] = await Promise.all([load(), import('../short-id.js')]);
    const { tims } = await connect(command);
    const id = await findId(
      given,
      'key',
      'API key',
      () => tims.keys.list({ limit: 100 }),
      ({ name }) => [name],
    );
    await tims.keys.revoke({ id });
    say(`${id} opens nothing any more.`);
  });
}

function days(text: string): number {
  const value = positive(text);
  if (value <= 365) return value;
  throw new InvalidArgumentError('It must be at most 365.');
}

function load() {
  return Promise.all([import('../connect.js'), import('../output/print.js')]);
}
