import type { OrganizationSettings, Tims } from '@tims/sdk';
import type { Command } from 'commander';
import { examples, globalsOf } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';

type Values = Record<string, unknown>;

export function settings(program: Command): void {
  const noun = program.command('settings').description('what your organization decided for itself');
  examples(noun, {
    'tims settings list': '',
    'tims settings get queueSight': '',
    'tims settings set queueSight whole': '',
    'tims settings set contactKinds customer,tutor,parent': 'a list',
  });

  examples(noun.command('list').description('list the settings'), { 'tims settings list': '' }).action(
    async (_options: unknown, command: Command) => {
      const [{ connect }, { print, printJson }, { facts }] = await load();
      const { tims } = await connect(command);
      const values = await tims.settings.get();
      if (globalsOf(command).json) return printJson(values);
      print(facts(Object.entries(values).map(([name, value]) => [name, textOf(value)])));
    },
  );

  examples(noun.command('get').argument('<setting>').description('show one setting'), {
    'tims settings get queueSight': '',
  }).action(async (name: string, _options: unknown, command: Command) => {
    const [{ connect }, { print, printJson }] = await load();
    const { tims } = await connect(command);
    const value = settingOf(await tims.settings.get(), name);
    if (globalsOf(command).json) printJson(value);
    else print(textOf(value));
  });

  examples(
    noun
      .command('set')
      .argument('<setting>')
      .argument('<value>', 'a list has commas between')
      .description('change one setting; it holds for the next request, and for open inboxes within seconds'),
    { 'tims settings set managerSight team': '', 'tims settings set overloadAt 25': '' },
  ).action(async (name: string, text: string, _options: unknown, command: Command) => {
    const [{ connect }, { print, printJson }] = await load();
    const { tims } = await connect(command);
    const values: Values = await tims.settings.update(await patchOf(tims, name, text));
    if (globalsOf(command).json) printJson(values);
    else print(textOf(values[name]));
  });
}

/** The value in the form that the setting has; whether it fits says the server. */
async function patchOf(tims: Tims, name: string, text: string): Promise<Partial<OrganizationSettings>> {
  const before = settingOf(await tims.settings.get(), name);
  if (Array.isArray(before)) return { [name]: text.split(',').map((part) => part.trim()) };
  if (typeof before === 'number' && /^-?\d+(\.\d+)?$/.test(text)) return { [name]: Number(text) };
  if (typeof before === 'boolean' && /^(true|false)$/.test(text)) return { [name]: text === 'true' };
  return { [name]: text };
}

function settingOf(values: Values, name: string): unknown {
  if (Object.hasOwn(values, name)) return values[name];
  throw new CommandError(exitCodes.notFound, `There is no setting "${name}".`, '`tims settings list` lists them.');
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : String(value);
}

function load() {
  return Promise.all([import('../connect.js'), import('../output/print.js'), import('../output/facts.js')]);
}
