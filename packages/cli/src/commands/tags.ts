import type { Tag } from '@tims/sdk';
import { type Command, Option } from 'commander';
import { examples, globalsOf } from '../command.js';

const colors: Tag['color'][] = ['gray', 'red', 'orange', 'amber', 'green', 'teal', 'blue', 'indigo', 'purple', 'pink'];

export function tags(program: Command): void {
  const noun = program.command('tags').description('what conversations, messages and contacts are sorted by');
  examples(noun, { 'tims tags list': '', 'tims tags create "VIP" --color amber': '' });

  examples(noun.command('list').description("list everybody's tags and those of your teams"), {
    'tims tags list': '',
  }).action(async (_options: unknown, command: Command) => {
    const { tims, print, printJson, table, names } = await load(command);
    const answer = await tims.tags.list();
    if (globalsOf(command).json) return printJson(answer);
    const { team } = await names.readNames(tims);
    print(
      table<Tag>(answer.data, [
        { title: 'NAME', value: ({ name }) => name, flexible: true },
        { title: 'COLOUR', value: ({ color }) => color },
        { title: 'TEAM', value: ({ teamId }) => (teamId === null ? 'all' : team(teamId)) },
        { title: 'ID', value: ({ id }) => id },
      ]),
    );
  });

  examples(
    noun
      .command('create')
      .argument('<name>')
      .description('make a tag, for everybody or for one team')
      .addOption(new Option('--color <color>', 'how it is drawn').choices(colors))
      .option('--team <team>', "only this team's: its key, name or id"),
    { 'tims tags create VIP --color amber': '', 'tims tags create Renewal --team cr': '' },
  ).action(async (name: string, options: { color?: Tag['color']; team?: string }, command: Command) => {
    const { tims, names, show } = await load(command);
    const teamId = options.team === undefined ? undefined : await names.findTeam(tims, options.team);
    const { color } = options;
    show(await tims.tags.create({ name, ...(color ? { color } : {}), ...(teamId ? { teamId } : {}) }));
  });

  examples(
    noun
      .command('update')
      .argument('<tag>', 'its name or id')
      .description('give a tag another name or colour')
      .option('--name <name>', 'its new name')
      .addOption(new Option('--color <color>', 'how it is drawn').choices(colors)),
    { 'tims tags update VIP --color red': '' },
  ).action(async (given: string, options: { name?: string; color?: Tag['color'] }, command: Command) => {
    const { tims, names, show } = await load(command);
    show(await tims.tags.update({ id: await names.findTag(tims, given), ...options }));
  });

  examples(
    noun.command('delete').argument('<tag>', 'its name or id').description('remove a tag, and take it off everything'),
    { 'tims tags delete VIP': '' },
  ).action(async (given: string, _options: unknown, command: Command) => {
    const { tims, names, print } = await load(command);
    const id = await names.findTag(tims, given);
    await tims.tags.delete({ id });
    if (!globalsOf(command).json) print(`${id} removed`);
  });
}

async function load(command: Command) {
  const [{ connect }, names, { print, printJson }, { table }] = await Promise.all([
    import('../connect.js'),
    import('../names.js'),
    import('../output/print.js'),
    import('../output/table.js'),
  ]);
  const { tims } = await connect(command);
  const show = (tag: Tag) => (globalsOf(command).json ? printJson(tag) : print(`${tag.id}  ${tag.name}`));
  return { tims, names, print, printJson, table, show };
}
