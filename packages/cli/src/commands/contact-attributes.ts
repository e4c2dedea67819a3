import type { ContactAttribute, ContactPatch, Tims } from '@tims/sdk';
import { type Command, Option } from 'commander';
import { examples, globalsOf } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';

const types: ContactAttribute['type'][] = ['text', 'number', 'boolean', 'date', 'url', 'email', 'select'];

export function attributes(contacts: Command): void {
  const noun = contacts.command('attributes').description('what is kept of contacts beside name and kind');
  examples(noun, {
    'tims contacts attributes list': '',
    'tims contacts attributes create plan Plan --type select --option gold silver': '',
  });

  examples(noun.command('list').description('list the attributes, in their order'), {
    'tims contacts attributes list': '',
  }).action(async (_options: unknown, command: Command) => {
    const { tims, print, printJson, table } = await load(command);
    const answer = await tims.contactAttributes.list();
    if (globalsOf(command).json) return printJson(answer);
    print(
      table<ContactAttribute>(answer.data, [
        { title: 'KEY', value: ({ key }) => key },
        { title: 'NAME', value: ({ name }) => name, flexible: true },
        { title: 'TYPE', value: ({ type }) => type },
        { title: 'OPTIONS', value: ({ options }) => options.join(', '), flexible: true },
      ]),
    );
  });

  examples(
    noun
      .command('create')
      .argument('<key>', 'what programs call it; it never changes')
      .argument('<name>', 'how it reads')
      .description('add an attribute')
      .addOption(new Option('--type <type>', 'what its values are; it never changes').choices(types).default('text'))
      .option('--option <option...>', 'what a select can be'),
    {
      'tims contacts attributes create renewal "Renewal" --type date': '',
      'tims contacts attributes create plan Plan --type select --option gold silver': '',
    },
  ).action(
    async (
      key: string,
      name: string,
      { type, option }: { type: ContactAttribute['type']; option?: string[] },
      command: Command,
    ) => {
      const { tims, show } = await load(command);
      show(await tims.contactAttributes.create({ key, name, type, ...(option ? { options: option } : {}) }));
    },
  );

  examples(
    noun
      .command('update')
      .argument('<key>')
      .description('give an attribute another name, place or other options; values stay as they are')
      .option('--name <name>', 'how it reads')
      .option('--option <option...>', 'all that a select can be from now on')
      .option('--position <n>', 'where it stands in the list', Number),
    { 'tims contacts attributes update plan --option gold silver bronze': '' },
  ).action(async (key: string, options: { name?: string; option?: string[]; position?: number }, command: Command) => {
    const { tims, show } = await load(command);
    const { option, ...patch } = options;
    show(await tims.contactAttributes.update({ key, ...patch, ...(option ? { options: option } : {}) }));
  });

  examples(noun.command('delete').argument('<key>').description('remove an attribute and all of its values'), {
    'tims contacts attributes delete plan': '',
  }).action(async (key: string, _options: unknown, command: Command) => {
    const { tims, print } = await load(command);
    await tims.contactAttributes.delete({ key });
    if (!globalsOf(command).json) print(`${key} removed`);
  });
}

/** `key=value` texts as the types of their attributes have them; whether they fit says the server. */
export async function valuesOf(tims: Tims, given: readonly string[]): Promise<NonNullable<ContactPatch['attributes']>> {
  const { data } = await tims.contactAttributes.list();
  const types = new Map(data.map(({ key, type }) => [key, type]));
  return Object.fromEntries(
    given.map((pair) => {
      const [key = '', ...rest] = pair.split('=');
      if (rest.length === 0)
        throw new CommandError(exitCodes.usage, `"${pair}" is no attribute with a value: key=value.`);
      return [key, typedValue(types.get(key), rest.join('='))];
    }),
  );
}

function typedValue(type: ContactAttribute['type'] | undefined, text: string): string | number | boolean | null {
  if (text.trim() === '') return null;
  if (type === 'number' && Number.isFinite(Number(text))) return Number(text);
  if (type === 'boolean' && /^(yes|true)$/i.test(text)) return true;
  if (type === 'boolean' && /^(no|false)$/i.test(text)) return false;
  return text;
}

async function load(command: Command) {
  const [{ connect }, { print, printJson }, { table }] = await Promise.all([
    import('../connect.js'),
    import('../output/print.js'),
    import('../output/table.js'),
  ]);
  const { tims } = await connect(command);
  const show = (one: ContactAttribute) =>
    globalsOf(command).json ? printJson(one) : print(`${one.key}  ${one.name}  (${one.type})`);
  return { tims, print, printJson, table, show };
}
