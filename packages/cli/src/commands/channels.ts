import { randomBytes } from 'node:crypto';
import type { Channel } from '@tims/sdk';
import type { Command } from 'commander';
import { examples, globalsOf } from '../command.js';
import { updateCommand } from './channels-update.js';

interface WhatsAppOptions {
  name?: string;
  team: string;
  phoneNumberId?: string;
  businessAccountId?: string;
  displayPhoneNumber?: string;
  ownApp?: boolean;
  secretsStdin?: boolean;
  check: boolean;
}

export function channels(program: Command): void {
  const noun = program.command('channels').description('where customers write to');
  examples(noun, {
    'tims channels list': '',
    'tims channels add whatsapp': 'asks for what it needs, and says what to do at Meta',
    'tims channels show "Customer care"': '',
    'tims channels update "Customer care" --secret accessToken': 'asks for the new token',
  });

  examples(noun.command('list').description('list the channels'), { 'tims channels list': '' }).action(
    async (_options: unknown, command: Command) => {
      const [{ connect }, { readNames }, { print, printJson, say }, { table }, { shortIds }] = await Promise.all([
        import('../connect.js'),
        import('../names.js'),
        import('../output/print.js'),
        import('../output/table.js'),
        import('../short-id.js'),
      ]);
      const { tims } = await connect(command);
      const answer = await tims.channels.list();
      if (globalsOf(command).json) return printJson(answer);
      if (answer.data.length === 0) return say('No channels yet: `tims channels add whatsapp`.');
      const names = await readNames(tims);
      const short = shortIds(answer.data.map(({ id }) => id));
      print(
        table<Channel>(answer.data, [
          { title: 'ID', value: ({ id }) => short(id) },
          { title: 'KIND', value: ({ kind }) => kind },
          { title: 'NAME', value: ({ name }) => name, flexible: true },
          { title: 'ADDRESS', value: ({ address }) => address },
          { title: 'TEAM', value: ({ defaultTeamId }) => names.team(defaultTeamId) },
          { title: 'ACTIVE', value: ({ active }) => (active ? 'yes' : 'no') },
        ]),
      );
    },
  );

  examples(
    noun
      .command('show')
      .argument('<channel>', 'its id, or the end of it, or its name')
      .description('show a channel, without its secrets'),
    { 'tims channels show "Customer care"': '' },
  ).action(async (given: string, _options: unknown, command: Command) => {
    const [{ connect }, { findChannel, readNames }, { print, printJson }, { channelText }] = await load();
    const { tims, url } = await connect(command);
    const channel = await tims.channels.get({ id: await findChannel(tims, given) });
    if (globalsOf(command).json) return printJson(channel);
    print(channelText(channel, await readNames(tims), url));
  });

  updateCommand(noun);

  const add = noun.command('add').description('connect a channel');
  examples(add, { 'tims channels add whatsapp': '' });
  examples(
    add
      .command('whatsapp')
      .description('connect a WhatsApp number; what is left out is asked for')
      .option('--name <name>', 'how your people call it')
      .option('--team <team>', 'the team whose queue new conversations go to', 'cx')
      .option('--phone-number-id <id>', "Meta's id of the number (WhatsApp Manager, API setup)")
      .option('--business-account-id <id>', "Meta's id of the WhatsApp Business Account")
      .option('--display-phone-number <number>', 'the number as customers see it')
      .option('--own-app', 'the number hangs on a Meta app of its own, with its own app secret and webhook address')
      .option('--secrets-stdin', 'read the access token, and with --own-app the app secret, from stdin, a line each')
      .option('--no-check', "don't ask Meta whether the access token works"),
    {
      'tims channels add whatsapp': '',
      'tims channels add whatsapp --name Care --phone-number-id 106540352242922 --secrets-stdin < token.txt':
        'for scripts',
    },
  ).action(async (options: WhatsAppOptions, command: Command) => {
    const [{ connect }, { findTeam }, { printJson, print, say }, { publicAddress }] = await load();
    const { tims, url } = await connect(command);
    const answers = await askWhatsApp(options);
    const verifyToken = options.ownApp ? randomBytes(16).toString('hex') : undefined;
    const channel = await tims.channels.create({
      kind: 'whatsapp',
      name: answers.name,
      defaultTeamId: await findTeam(tims, options.team),
      config: { ...answers.config, ...(verifyToken === undefined ? {} : { verifyToken }) },
      verify: options.check,
    });
    if (globalsOf(command).json) printJson(channel);
    else print(`${channel.id}  ${channel.kind}  ${channel.address}`);
    say(atMeta(channel, publicAddress(url), verifyToken));
  });
}

/** Secrets come from stdin or a hidden prompt: what stands on the command line, every user of the machine can read. */
async function askWhatsApp(options: WhatsAppOptions) {
  const { ask, askSecret, readStdin } = await import('../prompt.js');
  const [token, appSecret] = options.secretsStdin ? (await readStdin()).split(/\r?\n/).map((line) => line.trim()) : [];
  const name = options.name ?? (await ask('Name', '--name', 'WhatsApp'));
  const phoneNumberId = options.phoneNumberId ?? (await ask('Phone number ID', '--phone-number-id'));
  const { businessAccountId, displayPhoneNumber } = options;
  return {
    name,
    config: {
      phoneNumberId,
      ...(businessAccountId === undefined ? {} : { businessAccountId }),
      ...(displayPhoneNumber === undefined ? {} : { displayPhoneNumber }),
      accessToken: token || (await askSecret('Access token', '--secrets-stdin')),
      ...(options.ownApp ? { appSecret: appSecret || (await askSecret('App secret', '--secrets-stdin')) } : {}),
    },
  };
}

function atMeta(channel: Channel, url: string, verifyToken: string | undefined): string {
  const own = verifyToken !== undefined;
  return [
    '',
    'What is left to do at Meta (developers.facebook.com, your app, WhatsApp, Configuration):',
    `  1. Callback URL   ${url}${own ? channel.webhookPath : `/api/webhook/${channel.kind}`}`,
    `  2. Verify token   ${own ? verifyToken : 'the TIMS_WHATSAPP_VERIFY_TOKEN of the server'}`,
    '  3. Webhook fields: subscribe to "messages"',
    ...(own ? [] : ["  4. App secret     must be the server's TIMS_WHATSAPP_APP_SECRET"]),
    ...(url.startsWith('https:')
      ? []
      : ['Meta only calls https addresses: put a proxy with TLS before the server and set TIMS_PUBLIC_URL.']),
  ].join('\n');
}

function load() {
  return Promise.all([
    import('../connect.js'),
    import('../names.js'),
    import('../output/print.js'),
    import('../output/channel.js'),
  ]);
}
