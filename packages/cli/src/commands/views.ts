import type { Conversation, Tims, View } from '@tims/sdk';
import { type Command, Option } from 'commander';
import { examples, globalsOf, positive } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';

interface NewViewOptions {
  status?: Conversation['status'];
  lifecycle?: Conversation['lifecycle'];
  team?: string;
  assignee?: string;
  channel?: string;
  unread?: boolean;
  shareTeam?: string;
  shareEverybody?: boolean;
  position?: number;
}

export function views(program: Command): void {
  const noun = program.command('views').description('saved filters of the list of conversations');
  examples(noun, {
    'tims views list': '',
    'tims views create "My unread" --assignee me --unread': '',
    'tims views delete "My unread"': '',
  });

  examples(noun.command('list').description('list your views and those that are shared with you'), {
    'tims views list': '',
  }).action(async (_options: unknown, command: Command) => {
    const [{ connect }, names, { print, printJson, say }, { table }] = await load();
    const { tims } = await connect(command);
    const answer = await tims.views.list();
    if (globalsOf(command).json) return printJson(answer);
    const { team } = await names.readNames(tims);
    print(
      table(answer.data, [
        { title: 'ID', value: ({ id }) => id.slice(-6) },
        { title: 'NAME', value: ({ name }) => name, flexible: true },
        { title: 'FOR', value: (view) => forWhom(view, team) },
        { title: 'FILTER', value: ({ filter }) => filterText(filter), flexible: true },
      ]),
    );
    if (answer.data.length === 0) say('No views.');
  });

  examples(
    noun
      .command('create')
      .argument('<name>', 'what it is called')
      .description('save a filter; for yourself unless it is shared')
      .addOption(
        new Option('--status <status>', 'only these').choices(['new', 'queued', 'assigned', 'pending', 'closed']),
      )
      .addOption(new Option('--lifecycle <lifecycle>', 'only these').choices(['open', 'pending', 'closed']))
      .option('--team <team>', "only this team's: its key, name or id")
      .option('--assignee <user>', 'only those of this user: me, an e-mail, a name or an id')
      .option('--channel <channel>', 'only over this channel: its name or id')
      .option('--unread', 'only those with unread messages')
      .option('--share-team <team>', 'share it with this team')
      .option('--share-everybody', 'share it with everybody')
      .option('--position <n>', 'lower ones come first', positive),
    {
      'tims views create "My unread" --assignee me --unread': '',
      'tims views create "CX queue" --team cx --status queued --share-team cx': 'for the team',
    },
  ).action(async (name: string, options: NewViewOptions, command: Command) => {
    const { shareTeam, shareEverybody, position } = options;
    if (shareTeam !== undefined && shareEverybody) {
      throw new CommandError(exitCodes.usage, '--share-team and --share-everybody exclude each other.');
    }
    const [{ connect }, names, { print, printJson }] = await load();
    const { tims } = await connect(command);
    const sharing =
      shareTeam !== undefined
        ? { shared: 'team' as const, teamId: await names.findTeam(tims, shareTeam) }
        : { shared: shareEverybody ? ('everybody' as const) : ('personal' as const) };
    const at = position === undefined ? {} : { position };
    const view = await tims.views.create({ name, filter: await filterOf(tims, options), ...sharing, ...at });
    if (globalsOf(command).json) printJson(view);
    else print(`${view.id}  ${view.name}`);
  });

  examples(
    noun.command('delete').argument('<view>', 'its name, its id, or the end of it').description('remove a view'),
    { 'tims views delete "My unread"': '' },
  ).action(async (given: string, _options: unknown, command: Command) => {
    const [{ connect }, , { print, printJson }] = await load();
    const { findId } = await import('../short-id.js');
    const { tims } = await connect(command);
    const id = await findId(
      given,
      'viw',
      'view',
      () => tims.views.list(),
      ({ name }) => [name],
    );
    await tims.views.remove({ id });
    if (globalsOf(command).json) printJson({ id });
    else print(`${id}  removed`);
  });
}

/** What was given, and nothing for the rest: a filter is kept as it is. */
async function filterOf(tims: Tims, options: NewViewOptions): Promise<View['filter']> {
  const names = await import('../names.js');
  const { status, lifecycle, team, assignee, channel, unread } = options;
  return {
    ...(status ? { status } : {}),
    ...(lifecycle ? { lifecycle } : {}),
    ...(unread ? { unread } : {}),
    ...(team === undefined ? {} : { teamId: await names.findTeam(tims, team) }),
    ...(assignee === undefined ? {} : { assigneeId: await names.findUser(tims, assignee) }),
    ...(channel === undefined ? {} : { channelId: await names.findChannel(tims, channel) }),
  };
}

function forWhom({ shared, teamId }: View, team: (id: string) => string): string {
  if (shared === 'personal') return 'me';
  return teamId === null ? 'everybody' : team(teamId);
}

function filterText(filter: View['filter']): string {
  return Object.entries(filter)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
}

function load() {
  return Promise.all([
    import('../connect.js'),
    import('../names.js'),
    import('../output/print.js'),
    import('../output/table.js'),
  ]);
}
