import type { Command } from 'commander';
import { examples, globalsOf } from '../command.js';

const conversation = 'its id, or the end of it';
const colleague = 'me, an e-mail, a name or an id';

export function participants(program: Command): void {
  const noun = program.command('participants').description('who takes part in a conversation, and who watches it');
  examples(noun, {
    'tims participants list 9x2k4f': '',
    'tims participants add 9x2k4f me': 'be told when the customer writes',
    'tims participants remove 9x2k4f me': '',
  });

  examples(
    noun
      .command('list')
      .argument('<conversation>', conversation)
      .description('list the people outside and the colleagues who watch'),
    { 'tims participants list 9x2k4f': '' },
  ).action(async (given: string, _options: unknown, command: Command) => {
    const [{ connect }, names, { print, printJson }] = await load();
    const { table } = await import('../output/table.js');
    const { tims } = await connect(command);
    const answer = await tims.participants.get({ id: await names.findConversation(tims, given) });
    if (globalsOf(command).json) return printJson(answer);
    const { user } = await names.readNames(tims);
    const rows = [
      ...answer.people.map(({ name, username, contactId }) => ({
        who: name ?? username ?? '',
        what: 'outside',
        id: contactId,
      })),
      ...answer.watchers.map(({ userId }) => ({ who: user(userId), what: 'watches', id: userId })),
    ];
    print(
      table(rows, [
        { title: 'WHO', value: ({ who }) => who, flexible: true },
        { title: 'HOW', value: ({ what }) => what },
        { title: 'ID', value: ({ id }) => id },
      ]),
    );
  });

  examples(
    noun
      .command('add')
      .argument('<conversation>', conversation)
      .argument('<user>', colleague)
      .description('let a colleague who sees the conversation watch it'),
    { 'tims participants add 9x2k4f Mei': '' },
  ).action(async (given: string, whom: string, _options: unknown, command: Command) => {
    const [{ connect }, names, { print, printJson }] = await load();
    const { tims } = await connect(command);
    const id = await names.findConversation(tims, given);
    const watcher = await tims.participants.add({ id, userId: await names.findUser(tims, whom) });
    if (globalsOf(command).json) printJson(watcher);
    else print(`${watcher.userId}  watches ${id}`);
  });

  examples(
    noun
      .command('remove')
      .argument('<conversation>', conversation)
      .argument('<user>', colleague)
      .description("end a colleague's watching, or your own"),
    { 'tims participants remove 9x2k4f me': '' },
  ).action(async (given: string, whom: string, _options: unknown, command: Command) => {
    const [{ connect }, names, { print, printJson }] = await load();
    const { tims } = await connect(command);
    const place = { id: await names.findConversation(tims, given), userId: await names.findUser(tims, whom) };
    await tims.participants.remove(place);
    if (globalsOf(command).json) printJson(place);
    else print(`${place.userId}  no longer watches ${place.id}`);
  });
}

function load() {
  return Promise.all([import('../connect.js'), import('../names.js'), import('../output/print.js')]);
}
