import type { Invitation, Tims } from '@tims/sdk';
import type { Command } from 'commander';
import { examples, globalsOf, positive } from '../command.js';

interface InviteOptions {
  name?: string;
  role: string;
  team?: string[];
}

export function invitations(program: Command): void {
  const noun = program.command('invitations').description('who is asked to join');
  examples(noun, {
    'tims invitations create mei@example.com --role agent --team cx': 'mails a link',
    'tims invitations list': '',
    'tims invitations delete mei@example.com': 'the link works no more',
  });

  examples(
    noun
      .command('list')
      .description('list the invitations, the newest first')
      .option('--limit <n>', 'how many, at most 100', positive, 50)
      .option('--cursor <cursor>', 'go on after an earlier list'),
    { 'tims invitations list': '' },
  ).action(async (options: { limit: number; cursor?: string }, command: Command) => {
    const [{ connect }, { print, printJson, say }, { table }, { shortIds }] = await load();
    const { tims } = await connect(command);
    const answer = await tims.invitations.list(options);
    if (globalsOf(command).json) return printJson(answer);
    const short = shortIds(answer.data.map(({ id }) => id));
    print(
      table<Invitation>(answer.data, [
        { title: 'ID', value: ({ id }) => short(id) },
        { title: 'E-MAIL', value: ({ email }) => email, flexible: true },
        { title: 'ROLE', value: ({ role }) => role },
        { title: 'STATUS', value: ({ status }) => status },
        { title: 'UNTIL', value: ({ expiresAt }) => expiresAt.slice(0, 10) },
      ]),
    );
    if (answer.nextCursor) say(`There are more: --cursor ${answer.nextCursor}`);
  });

  examples(
    noun
      .command('create')
      .argument('<email>')
      .description('invite somebody by mail; the link works once, for seven days')
      .option('--name <name>', 'as far as you know it')
      .option('--role <role>', 'what they may do: a key of `tims roles list`', 'agent')
      .option('--team <team...>', 'the keys, names or ids of their teams; the first is the primary one'),
    { 'tims invitations create mei@example.com --role manager --team cx tx': '' },
  ).action(async (email: string, { name, role, team = [] }: InviteOptions, command: Command) => {
    const [{ connect }] = await load();
    const { findTeam } = await import('../names.js');
    const { tims } = await connect(command);
    const teams: { id: string }[] = [];
    for (const one of team) teams.push({ id: await findTeam(tims, one) });
    await tell(command, await tims.invitations.create({ email, role, teams, ...(name === undefined ? {} : { name }) }));
  });

  examples(
    noun
      .command('resend')
      .argument('<invitation>', 'its e-mail or id')
      .description('mail a new link; the one before works no more'),
    { 'tims invitations resend mei@example.com': '' },
  ).action(async (given: string, _options: unknown, command: Command) => {
    const [{ connect }] = await load();
    const { tims } = await connect(command);
    await tell(command, await tims.invitations.resend({ id: await findInvitation(tims, given) }));
  });

  examples(noun.command('delete').argument('<invitation>', 'its e-mail or id').description('withdraw an invitation'), {
    'tims invitations delete mei@example.com': '',
  }).action(async (given: string, _options: unknown, command: Command) => {
    const [{ connect }, { say }] = await load();
    const { tims } = await connect(command);
    await tims.invitations.delete({ id: await findInvitation(tims, given) });
    say('The invitation is withdrawn.');
  });
}

/** By the e-mail only those that can still be sent or withdrawn: the same person may have been invited before. */
async function findInvitation(tims: Tims, given: string): Promise<string> {
  const { findId } = await import('../short-id.js');
  return findId(
    given,
    'inv',
    'invitation',
    () => tims.invitations.list({ limit: 100 }),
    ({ email, status }) => [status === 'accepted' ? null : email],
  );
}

/** The link goes to stdout, for whoever sends it in another way. */
async function tell(command: Command, invitation: Invitation & { link: string | null }): Promise<void> {
  const { print, printJson, say } = await import('../output/print.js');
  if (globalsOf(command).json) return printJson(invitation);
  say(`Invited ${invitation.email} as ${invitation.role}, until ${invitation.expiresAt.slice(0, 10)}.`);
  if (invitation.link !== null) print(invitation.link);
}

function load() {
  return Promise.all([
    import('../connect.js'),
    import('../output/print.js'),
    import('../output/table.js'),
    import('../short-id.js'),
  ]);
}
