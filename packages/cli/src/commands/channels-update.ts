import type { Channel, Tims } from '@tims/sdk';
import type { Command } from 'commander';
import { collected, examples, globalsOf } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';

interface UpdateOptions {
  name?: string;
  team?: string;
  set?: string[];
  unset?: string[];
  secret?: string[];
  secretsStdin?: boolean;
  check: boolean;
}

/** A setting with the value that it is to have; null takes it away. */
type Change = [name: string, value: unknown];

export function updateCommand(noun: Command): void {
  const same = collected((text) => text);
  examples(
    noun
      .command('update')
      .argument('<channel>', 'its name, address or id')
      .description("change a channel's name, team or settings; what is not named stays, secrets too")
      .option('--name <name>', 'how your people call it')
      .option('--team <team>', 'the team whose queue new conversations go to')
      .option('--set <setting=value>', 'change a setting; may be given again', same)
      .option('--unset <setting>', 'take a setting away, a secret too; may be given again', same)
      .option('--secret <setting>', 'change a secret, which is asked for; may be given again', same)
      .option('--secrets-stdin', 'read the secrets from stdin, a line each, in the order in which they are named')
      .option('--no-check', "don't ask the provider whether the settings work"),
    {
      'tims channels update "Demo number" --name Care --team cx': '',
      'tims channels update Care --set displayPhoneNumber=+60123456789': '',
      'tims channels update Care --secret accessToken --secrets-stdin < token.txt': 'for scripts',
      'tims channels update Care --unset appSecret': "it is signed with the server's own again",
    },
  ).action(async (given: string, options: UpdateOptions, command: Command) => {
    const [{ connect }, { findChannel, findTeam, readNames }, { print, printJson }, { channelText }] =
      await Promise.all([
        import('../connect.js'),
        import('../names.js'),
        import('../output/print.js'),
        import('../output/channel.js'),
      ]);
    const { name, team, check } = options;
    const { set = [], unset = [], secret = [] } = options;
    if (name === undefined && team === undefined && set.length + unset.length + secret.length === 0) {
      throw new CommandError(
        exitCodes.usage,
        'There is nothing to change.',
        '`tims channels update --help` says what.',
      );
    }
    const { tims, url } = await connect(command);
    const id = await findChannel(tims, given);
    const changes: Change[] = [
      ...(set.length > 0 ? await settingsOf(tims, id, set) : []),
      ...unset.map((setting): Change => [setting, null]),
      ...(await secretsOf(secret, options.secretsStdin === true)),
    ];
    const channel: Channel = await tims.channels.update({
      id,
      ...(name === undefined ? {} : { name }),
      ...(team === undefined ? {} : { defaultTeamId: await findTeam(tims, team) }),
      ...(changes.length > 0 ? { config: Object.fromEntries(changes) } : {}),
      ...(check ? {} : { verify: false }),
    });
    if (globalsOf(command).json) printJson(channel);
    else print(channelText(channel, await readNames(tims), url));
  });
}

/** The values in the form that the settings have; whether they fit says the server. */
async function settingsOf(tims: Tims, id: string, given: readonly string[]): Promise<Change[]> {
  const [{ kind }, kinds] = await Promise.all([tims.channels.get({ id }), tims.channels.kinds()]);
  const known = kinds.data.find((one) => one.kind === kind)?.settings ?? [];
  return given.map((text) => {
    const [, name = '', value = ''] =
      /^([^=]+)=(.*)$/s.exec(text) ?? usage(`"${text}" is no setting with its value.`, 'Write --set setting=value.');
    const setting = known.find((one) => one.name === name);
    // What stands on the command line, every user of the machine can read.
    if (setting?.secret) return usage(`"${name}" is a secret.`, `Write --secret ${name}, and it is asked for.`);
    return [name, settingValue(value, setting?.schema.type)];
  });
}

function settingValue(text: string, type: unknown): unknown {
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text;
}

async function secretsOf(names: readonly string[], stdin: boolean): Promise<Change[]> {
  const { askSecret, readStdin } = await import('../prompt.js');
  const lines = stdin ? (await readStdin()).split(/\r?\n/) : [];
  const changes: Change[] = [];
  for (const [at, name] of names.entries()) {
    const line = lines[at]?.trim();
    if (stdin && !line) usage(`There is no line ${at + 1} on stdin, for ${name}.`, 'Give each secret a line.');
    changes.push([name, line || (await askSecret(name, '--secrets-stdin'))]);
  }
  return changes;
}

function usage(what: string, next: string): never {
  throw new CommandError(exitCodes.usage, what, next);
}
