import { Command } from 'commander';
import { examples } from './command.js';
import { audit } from './commands/audit.js';
import { canned } from './commands/canned.js';
import { channels } from './commands/channels.js';
import { closeReasons } from './commands/close-reasons.js';
import { completion } from './commands/completion.js';
import { imports } from './commands/contact-files.js';
import { contacts } from './commands/contacts.js';
import { conversations } from './commands/conversations.js';
import { drafts } from './commands/drafts.js';
import { erasures } from './commands/erasures.js';
import { events } from './commands/events.js';
import { failures } from './commands/failures.js';
import { followUps } from './commands/follow-ups.js';
import { inbox } from './commands/inbox.js';
import { invitations } from './commands/invitations.js';
import { keys } from './commands/keys.js';
import { demo } from './commands/local/demo.js';
import { doctor } from './commands/local/doctor.js';
import { init } from './commands/local/init.js';
import { mail } from './commands/local/mail.js';
import { migrate } from './commands/local/migrate.js';
import { start } from './commands/local/start.js';
import { me } from './commands/me.js';
import { merges } from './commands/merges.js';
import { notes } from './commands/notes.js';
import { notifications } from './commands/notifications.js';
import { participants } from './commands/participants.js';
import { roles } from './commands/roles.js';
import { search } from './commands/search.js';
import { secondFactor } from './commands/second-factor.js';
import { send } from './commands/send.js';
import { session } from './commands/session.js';
import { sessions } from './commands/sessions.js';
import { settings } from './commands/settings.js';
import { simulate } from './commands/simulate.js';
import { tags } from './commands/tags.js';
import { teams } from './commands/teams.js';
import { users } from './commands/users.js';
import { views } from './commands/views.js';
import { exitCodeSentences, exitCodes } from './exit-codes.js';

/**
 * The whole tree of commands. Building it loads nothing but descriptions: what a command needs it loads when it runs,
 * so that help and completion come at once.
 */
export function createProgram(): Command {
  const program = new Command('tims')
    .description('TIMS: all conversations, one team, one inbox.')
    .version('0.1.0', '-V, --version', 'print the version')
    .option('--json', "print the API's JSON instead of tables")
    .option('--profile <name>', 'the signed-in profile to use (TIMS_PROFILE)')
    .option('--url <url>', 'the server (TIMS_URL); the profile has its own')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  examples(program, {
    'tims start --demo': 'a server with customers who write in',
    'tims inbox': 'answer them, in the terminal',
    'tims conversations list': 'who is waiting',
    'tims conversations take 9x2k4f': 'an id may be its last characters',
    'tims send 9x2k4f "Good morning!"': 'answer',
    'tims events tail': 'watch what happens',
  });
  for (const add of [
    start,
    init,
    migrate,
    doctor,
    session,
    inbox,
    conversations,
    contacts,
    merges,
    search,
    send,
    events,
  ])
    add(program);
  for (const add of [sessions, secondFactor, keys]) add(program);
  for (const add of [notes, followUps, canned, drafts, participants, notifications, views]) add(program);
  for (const add of [channels, users, invitations, teams, roles, settings, me, mail]) add(program);
  for (const add of [imports, erasures, tags, closeReasons, failures, audit, simulate, completion, demo]) add(program);
  program.addHelpText('after', `\nExit codes:\n${exitCodeList()}\n\nAll of it with more examples: docs/cli.md`);
  return program;
}

function exitCodeList(): string {
  return Object.entries(exitCodes)
    .map(([name, code]) => `  ${code}  ${exitCodeSentences[name as keyof typeof exitCodes]}`) // its own keys
    .join('\n');
}
