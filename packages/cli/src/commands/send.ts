import type { Command } from 'commander';
import { examples, globalsOf } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';

interface SendOptions {
  channel?: string;
  to?: string;
  replyTo?: string;
  key?: string;
}

export function send(program: Command): void {
  const command = program
    .command('send')
    .argument('[conversation]', 'its id, or the end of it; left out with --to')
    .argument('[text]', 'what to say; - reads it from stdin')
    .description('say something in a conversation, or to somebody over a channel')
    .option('--channel <channel>', 'over this channel: its name or id')
    .option('--to <address>', "to this address of the channel's: a phone number")
    .option('--reply-to <message>', 'quotes this message, by its whole id')
    .option('--key <key>', 'sends only once, however often it is called with this key');
  examples(command, {
    'tims send 9x2k4f "Good morning!"': '',
    'tims send 9x2k4f - < answer.txt': 'from a file',
    'tims send --channel "Demo number" --to +447700900101 "Your tutor is on the way"': '',
  }).action(async (first: string | undefined, second: string | undefined, options: SendOptions, command: Command) => {
    const given =
      options.to === undefined ? { conversation: first, text: second } : { conversation: undefined, text: first };
    if (options.to !== undefined && second !== undefined)
      throw usage('With --to there is no conversation to name: give the text alone.');
    if ((options.to === undefined) !== (options.channel === undefined))
      throw usage('--channel and --to belong together.');
    if (given.text === undefined) throw usage('Say what to send: a text, or - to read it from stdin.');
    const [{ connect }, names, { print, printJson }, { readStdin }] = await Promise.all([
      import('../connect.js'),
      import('../names.js'),
      import('../output/print.js'),
      import('../prompt.js'),
    ]);
    const text = given.text === '-' ? await readStdin() : given.text;
    if (text === '') throw usage('There is no text.');
    const { tims } = await connect(command);
    const once = options.key === undefined ? {} : { idempotencyKey: options.key };
    const message =
      given.conversation === undefined
        ? await tims.messages.send(
            { channelId: await names.findChannel(tims, options.channel ?? ''), to: options.to ?? '', text },
            once,
          )
        : await tims.messages.send(
            { conversationId: await names.findConversation(tims, given.conversation), text, replyTo: options.replyTo },
            once,
          );
    if (globalsOf(command).json) return printJson(message);
    print(`${message.id}  ${message.state}  in ${message.conversationId}`);
  });
}

function usage(message: string): CommandError {
  return new CommandError(exitCodes.usage, message, 'See `tims send --help`.');
}
