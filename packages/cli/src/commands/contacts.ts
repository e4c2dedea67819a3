import type { Contact, Tims } from '@tims/sdk';
import type { Command } from 'commander';
import { examples, globalsOf, positive } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { attributes as attributesOf, valuesOf } from './contact-attributes.js';
import { contactFiles } from './contact-files.js';
import { linking } from './merges.js';

interface ListOptions {
  kind?: string;
  tag?: string;
  channel?: string;
  blocked?: boolean;
  name?: string;
  limit: number;
  cursor?: string;
}

const whom = 'a name, an id, or the end of an id';

export function contacts(program: Command): void {
  const noun = program.command('contacts').description('the people outside');
  examples(noun, {
    'tims contacts list --name ana': 'whose name begins so',
    'tims contacts show "Ana Souza"': '',
    'tims contacts stream "Ana Souza"': 'what was said, over all channels',
    'tims contacts block "Ana Souza"': 'what they write wakes nobody',
  });

  examples(
    noun
      .command('list')
      .description('list contacts, the newest first')
      .option('--name <beginning>', 'only those whose name begins so, case and accents aside; by name')
      .option('--kind <kind>', 'only of this kind, e.g. tutor')
      .option('--tag <tag>', 'only those with this tag: its name or id')
      .option('--channel <channel>', 'only those with an address on this channel: its name or id')
      .option('--blocked', 'only those who are blocked, the last first')
      .option('--limit <n>', 'how many, at most 100', positive, 50)
      .option('--cursor <cursor>', 'go on after an earlier list'),
    {
      'tims contacts list': '',
      'tims contacts list --kind tutor --tag Payment': '',
      'tims contacts list --json | jq .data[].id': 'for programs',
    },
  ).action(async (options: ListOptions, command: Command) => {
    const { tims, names, print, printJson, say } = await load(command);
    const answer = await tims.contacts.list({
      name: options.name,
      kind: options.kind,
      tagId: options.tag === undefined ? undefined : await names.findTag(tims, options.tag),
      channelId: options.channel === undefined ? undefined : await names.findChannel(tims, options.channel),
      blocked: options.blocked,
      limit: options.limit,
      cursor: options.cursor,
    });
    if (globalsOf(command).json) return printJson(answer);
    const { contactTable } = await import('../output/contact.js');
    print(contactTable(answer.data, await names.readNames(tims)));
    if (answer.data.length === 0) say(answer.nextCursor ? 'No contacts so far.' : 'No contacts.');
    if (answer.nextCursor) say(`There are more: --cursor ${answer.nextCursor}`);
  });

  examples(noun.command('show').argument('<contact>', whom).description('show a contact'), {
    'tims contacts show "Ana Souza"': '',
  }).action(async (given: string, _options: unknown, command: Command) => {
    const { tims, names, print, printJson } = await load(command);
    const contact = await tims.contacts.get({ id: await names.findContact(tims, given) });
    if (globalsOf(command).json) return printJson(contact);
    const { contactFacts } = await import('../output/contact.js');
    const [{ data }, known] = await Promise.all([tims.contactAttributes.list(), names.readNames(tims)]);
    print(contactFacts(contact, data, known));
  });

  examples(
    noun
      .command('create')
      .argument('<name>')
      .description('write somebody down')
      .option('--kind <kind>', 'what they are, e.g. tutor')
      .option('--channel <channel>', 'where --address is on: its name or id')
      .option('--address <address>', 'how the channel reaches them, e.g. +447700900401')
      .option('--set <key=value...>', 'attributes'),
    {
      'tims contacts create "Mei Ling" --kind tutor': '',
      'tims contacts create "Mei Ling" --channel "Shared number" --address +447700900402': 'can be written to',
    },
  ).action(
    async (
      name: string,
      options: { kind?: string; channel?: string; address?: string; set?: string[] },
      command: Command,
    ) => {
      if ((options.channel === undefined) !== (options.address === undefined)) {
        throw new CommandError(exitCodes.usage, 'Give --channel and --address together.');
      }
      const { tims, names, show } = await load(command);
      const attributes = options.set ? withoutNull(await valuesOf(tims, options.set)) : {};
      const identities =
        options.channel === undefined || options.address === undefined
          ? {}
          : { identities: [{ channelId: await names.findChannel(tims, options.channel), address: options.address }] };
      const kind = options.kind === undefined ? {} : { kind: options.kind };
      await show(await tims.contacts.create({ name, ...kind, attributes, ...identities }));
    },
  );

  examples(
    noun
      .command('update')
      .argument('<contact>', whom)
      .description('change name, kind or attributes')
      .option('--name <name>', 'what they are called')
      .option('--kind <kind>', 'what they are, e.g. tutor')
      .option('--set <key=value...>', 'attributes; an empty value takes one away'),
    {
      'tims contacts update 9x2k4f --name "Mei Ling Tan"': '',
      'tims contacts update 9x2k4f --set plan=gold renewal=2027-01-31': '',
      'tims contacts update 9x2k4f --set plan=': 'no plan any more',
    },
  ).action(async (given: string, options: { name?: string; kind?: string; set?: string[] }, command: Command) => {
    const { set, ...patch } = options;
    if (Object.keys(options).length === 0) {
      throw new CommandError(exitCodes.usage, 'Say what changes: --name, --kind or --set.');
    }
    const { tims, names, show } = await load(command);
    const values = set ? { attributes: await valuesOf(tims, set) } : {};
    await show(await tims.contacts.update({ id: await names.findContact(tims, given), ...patch, ...values }));
  });

  for (const [verb, blocked, description] of [
    ['block', true, 'hear no more of somebody; what goes on with them is closed'],
    ['unblock', false, 'hear of somebody again'],
  ] as const) {
    examples(noun.command(verb).argument('<contact>', whom).description(description), {
      [`tims contacts ${verb} 9x2k4f`]: '',
    }).action(async (given: string, _options: unknown, command: Command) => {
      const { tims, names, show } = await load(command);
      await show(await tims.contacts.update({ id: await names.findContact(tims, given), blocked }));
    });
  }

  examples(
    noun
      .command('conversations')
      .argument('<contact>', whom)
      .description('list all conversations with a contact, the last active first')
      .option('--limit <n>', 'how many, at most 100', positive, 50)
      .option('--cursor <cursor>', 'go on after an earlier list'),
    { 'tims contacts conversations "Ana Souza"': '' },
  ).action(async (given: string, page: { limit: number; cursor?: string }, command: Command) => {
    const { tims, names, print, printJson, say } = await load(command);
    const answer = await tims.contacts.conversations({ id: await names.findContact(tims, given), ...page });
    if (globalsOf(command).json) return printJson(answer);
    const { conversationTable } = await import('../output/conversation.js');
    print(conversationTable(answer.data, await names.readNames(tims)));
    if (answer.nextCursor) say(`There are more: --cursor ${answer.nextCursor}`);
  });

  examples(
    noun
      .command('stream')
      .argument('<contact>', whom)
      .description('show what was said with a contact over all channels, the newest first')
      .option('--limit <n>', 'how many messages, at most 100', positive, 50)
      .option('--cursor <cursor>', 'go on after an earlier answer'),
    { 'tims contacts stream "Ana Souza" --limit 10': '' },
  ).action(async (given: string, page: { limit: number; cursor?: string }, command: Command) => {
    const { tims, names, print, printJson, say } = await load(command);
    const answer = await tims.contacts.stream({ id: await names.findContact(tims, given), ...page });
    if (globalsOf(command).json) return printJson(answer);
    const { streamLines } = await import('../output/contact.js');
    for (const message of answer.data) print(streamLines(message));
    if (answer.data.length === 0) say('Nothing was said.');
    if (answer.nextCursor) say(`There is older: --cursor ${answer.nextCursor}`);
  });

  linking(noun);
  attributesOf(noun);
  contactFiles(noun);
}

/** Somebody new has nothing that could be taken away. */
function withoutNull<T>(values: Record<string, T | null>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value === null ? [] : [[key, value]])));
}

async function load(command: Command) {
  const [{ connect }, names, { print, printJson, say }] = await Promise.all([
    import('../connect.js'),
    import('../names.js'),
    import('../output/print.js'),
  ]);
  const { tims }: { tims: Tims } = await connect(command);
  const show = async (contact: Contact): Promise<void> => {
    if (globalsOf(command).json) return printJson(contact);
    print((await import('../output/contact.js')).contactLine(contact));
  };
  return { tims, names, print, printJson, say, show };
}
