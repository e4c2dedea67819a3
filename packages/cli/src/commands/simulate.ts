import type { Behaviour, FaultBody, SettingsBody, SimulatorClient } from '@tims/channel-whatsapp/simulator';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { examples, globalsOf, positive } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';

const behaviours = ['reads', 'never_reads', 'only_reads', 'offline', 'blocked'] as const satisfies readonly Behaviour[];
const faults = [
  'meta_error',
  'http',
  'hang',
  'drop_before',
  'drop_after',
  'late',
  'unreadable',
  'fails_later',
  'wrong_signature',
] as const;

interface Shared {
  simulator?: string;
  number?: string;
}

interface MessageOptions extends Shared {
  from: string;
  name?: string;
  behaviour?: Behaviour;
}

export function simulate(program: Command): void {
  const noun = program
    .command('simulate')
    .description('play the providers, where the server runs with their simulators');
  examples(noun, { 'tims simulate whatsapp message "Hello" --from +447700900123': '' });
  const whatsapp = noun.command('whatsapp').description('play Meta and its customers, as with `tims start --demo`');
  examples(whatsapp, {
    'tims simulate whatsapp message "Hello" --from +447700900123 --name Ana': 'a customer writes',
    'tims simulate whatsapp burst 1000 --customers 50': 'many write at once',
    'tims simulate whatsapp fault meta_error --code 131056 --next 3': 'the next three sends fail',
    'tims simulate whatsapp status': 'how many webhooks came through',
  });

  examples(
    shared(whatsapp.command('message').argument('<text>').description('a customer writes'))
      .option('--from <phone>', "the customer's number", '+447700900199')
      .option('--name <name>', 'how WhatsApp knows them')
      .addOption(new Option('--behaviour <behaviour>', 'what they do with answers').choices(behaviours)),
    { 'tims simulate whatsapp message "Hello" --from +447700900123 --name Ana --behaviour never_reads': '' },
  ).action((text: string, options: MessageOptions, command: Command) =>
    drive(command, (simulator, phoneNumberId) =>
      simulator.write({
        phoneNumberId,
        text,
        from: { phone: options.from, name: options.name, behaviour: options.behaviour },
      }),
    ),
  );

  examples(
    shared(
      whatsapp.command('burst').argument('<count>', 'how many messages', positive).description('many messages at once'),
    )
      .option('--customers <n>', 'from so many customers', positive, 10)
      .option('--from <phone>', "the first one's number; the others count upwards", '+447700901000')
      .option('--text <text>', 'what they write', 'Hello')
      .option('--per-second <n>', 'POSTs a second; all at once unless told', positive)
      .option('--batch <n>', 'messages in one POST', positive)
      .option('--duplicates <n>', 'each POST comes this often again', positive)
      .option('--shuffle <share>', 'share of the POSTs that come out of order, 0 to 1', share),
    { 'tims simulate whatsapp burst 1000 --customers 50 --duplicates 1 --shuffle 0.1': '' },
  ).action((count: number, options: BurstOptions, command: Command) =>
    drive(command, (simulator, phoneNumberId) => {
      const { from, text, customers, perSecond, batch, duplicates, shuffle } = options;
      return simulator.write({
        phoneNumberId,
        from: { phone: from },
        text,
        count,
        customers,
        perSecond,
        batch,
        duplicates,
        shuffle,
      });
    }),
  );

  examples(shared(whatsapp.command('status').description('what the simulator sent and was sent')), {
    'tims simulate whatsapp status': '',
  }).action((_options: unknown, command: Command) =>
    drive(command, async (simulator) => {
      const { deliveries: _deliveries, ...webhooks } = await simulator.webhooks(0);
      const { count, refused } = await simulator.sends({ limit: 0 });
      return { webhooks, sends: { accepted: count, refused } };
    }),
  );

  examples(
    shared(whatsapp.command('redeliver').description('the last webhooks come again'))
      .option('--last <n>', 'how many', positive, 1)
      .option('--times <n>', 'how often each', positive, 1),
    { 'tims simulate whatsapp redeliver --last 20 --times 3': '' },
  ).action((options: { last: number; times: number }, command: Command) =>
    drive(command, (simulator) => simulator.redeliver({ last: options.last, times: options.times })),
  );

  const fault = shared(
    whatsapp.command('fault').description('break the next sends or webhooks; "clear" mends everything'),
  );
  examples(
    fault
      .argument('<kind>', `${faults.join(', ')}, clear`)
      .option('--next <n>', 'how many times', positive, 1)
      .option('--code <code>', "Meta's error code", Number)
      .option('--status <status>', 'HTTP status of `http`', Number)
      .option('--retry-after <seconds>', 'Retry-After of `http`', Number)
      .option('--delay <ms>', 'how late `late` answers', Number),
    {
      'tims simulate whatsapp fault meta_error --code 131056 --next 3': '',
      'tims simulate whatsapp fault fails_later --code 131026': 'accepted, then undeliverable',
      'tims simulate whatsapp fault clear': '',
    },
  ).action((kind: string, options: FaultOptions, command: Command) =>
    drive(command, (simulator) =>
      kind === 'clear' ? simulator.clearFaults() : simulator.fault(faultOf(kind, options)),
    ),
  );

  examples(
    shared(
      whatsapp
        .command('settings')
        .argument('[setting=value...]')
        .description('how the simulator behaves; with values, changes it'),
    ),
    {
      'tims simulate whatsapp settings': '',
      'tims simulate whatsapp settings closedWindow=sync statuses=false': '',
    },
  ).action((given: string[], _options: unknown, command: Command) =>
    drive(command, (simulator) => (given.length === 0 ? simulator.settings() : simulator.configure(settingsOf(given)))),
  );

  examples(
    shared(whatsapp.command('reset').description('forget what happened; numbers, customers and settings stay')),
    {
      'tims simulate whatsapp reset': '',
    },
  ).action((_options: unknown, command: Command) => drive(command, (simulator) => simulator.reset()));
}

interface BurstOptions extends Shared {
  customers: number;
  from: string;
  text: string;
  perSecond?: number;
  batch?: number;
  duplicates?: number;
  shuffle?: number;
}

interface FaultOptions extends Shared {
  next: number;
  code?: number;
  status?: number;
  retryAfter?: number;
  delay?: number;
}

function shared(command: Command): Command {
  return command
    .option('--simulator <url>', "the simulator; the demo's on TIMS_SIMULATOR_PORT unless told")
    .option('--number <id>', "the business number's phone number id; the demo's unless told");
}

/** Asks the simulator for something and prints its answer, which is JSON for everybody: it is a tool for developers. */
async function drive(
  command: Command,
  act: (simulator: SimulatorClient, phoneNumberId: string) => Promise<unknown>,
): Promise<void> {
  const [{ demoNumber, simulatorClient }, { print }] = await Promise.all([
    import('@tims/channel-whatsapp/simulator'),
    import('../output/print.js'),
  ]);
  const options = command.opts<Shared>();
  const url = options.simulator ?? `http://127.0.0.1:${process.env.TIMS_SIMULATOR_PORT || '4001'}`;
  try {
    const answer = await act(simulatorClient(url), options.number ?? demoNumber.phoneNumberId);
    print(JSON.stringify(answer, null, globalsOf(command).json ? 0 : 2));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // What fetch throws when nobody answers.
    throw new CommandError(
      exitCodes.unavailable,
      `No simulator answers at ${url}.`,
      'It runs with `tims start --demo`; --simulator names another one.',
    );
  }
}

function faultOf(kind: string, { next, code, status, retryAfter, delay }: FaultOptions): FaultBody {
  const known = faults.find((fault) => fault === kind);
  if (!known)
    throw new CommandError(exitCodes.usage, `There is no fault "${kind}"; there are ${faults.join(', ')} and clear.`);
  return { kind: known, next, code, status, retryAfterSeconds: retryAfter, delayMs: delay };
}

function settingsOf(given: string[]): SettingsBody {
  return Object.fromEntries(
    given.map((one) => {
      const [name = '', ...rest] = one.split('=');
      const text = rest.join('=');
      if (rest.length === 0) throw new CommandError(exitCodes.usage, `"${one}" is no setting=value.`);
      return [name, jsonOrText(text)];
    }),
  ) as SettingsBody; // the simulator checks it and says what is wrong
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // `sync` rather than `"sync"`
  }
}

function share(text: string): number {
  const value = Number(text);
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('It must be a number from 0 to 1.');
}
