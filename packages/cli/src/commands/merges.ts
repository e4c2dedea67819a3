import type { Merge } from '@tims/sdk';
import type { Command } from 'commander';
import { examples, globalsOf, positive } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';

const someone = 'a name, an id, or the end of an id';
const some = 'its id, or the end of it';

/** What makes one contact of two: commands of `tims contacts`. */
export function linking(contacts: Command): void {
  examples(
    contacts
      .command('duplicates')
      .argument('[contact]', someone)
      .description('show who may be the same person, and what says so; of all contacts unless told')
      .option('--limit <n>', 'how many pairs, at most 100', positive, 50)
      .option('--cursor <cursor>', 'go on after an earlier list of pairs'),
    { 'tims contacts duplicates "Ana Souza"': 'who may be her', 'tims contacts duplicates --limit 20': 'of everybody' },
  ).action(async (given: string | undefined, options: { limit: number; cursor?: string }, command: Command) => {
    const { tims, names, print, printJson, say } = await load(command);
    if (given === undefined) {
      const answer = await tims.contacts.duplicatePairs(options);
      if (globalsOf(command).json) return printJson(answer);
      const { pairLines } = await import('../output/merge.js');
      for (const pair of answer.data) print(pairLines(pair));
      if (answer.data.length === 0) say(answer.nextCursor ? 'None so far.' : 'Nobody looks like the same person.');
      if (answer.nextCursor) say(`There may be more: --cursor ${answer.nextCursor}`);
      return;
    }
    const answer = await tims.contacts.duplicates({ id: await names.findContact(tims, given) });
    if (globalsOf(command).json) return printJson(answer);
    const { duplicateLines } = await import('../output/merge.js');
    for (const duplicate of answer.data) print(duplicateLines(duplicate));
    if (answer.data.length === 0) say('Nobody looks like the same person.');
  });

  examples(
    contacts
      .command('link')
      .argument('<contact>', `who stays: ${someone}`)
      .argument('<same>', `who is the same person: ${someone}`)
      .description('say that two contacts are one person; tims merges undo takes it back'),
    { 'tims contacts link 9x2k4f 7m3p8d': '' },
  ).action(async (given: string, same: string, _options: unknown, command: Command) => {
    const { tims, names, print, printJson } = await load(command);
    const [id, contactId] = [await names.findContact(tims, given), await names.findContact(tims, same)];
    const contact = await tims.contacts.link({ id, contactId });
    if (globalsOf(command).json) return printJson(contact);
    print((await import('../output/contact.js')).contactLine(contact));
  });

  examples(
    contacts
      .command('distinguish')
      .argument('<contact>', someone)
      .argument('<other>', `who is somebody else: ${someone}`)
      .description('say that two contacts are two people, so that nobody is asked again'),
    { 'tims contacts distinguish 9x2k4f 7m3p8d': '' },
  ).action(async (given: string, other: string, _options: unknown, command: Command) => {
    const { tims, names, say } = await load(command);
    const [id, contactId] = [await names.findContact(tims, given), await names.findContact(tims, other)];
    await tims.contacts.distinguish({ id, contactId });
    say('They are two.');
  });
}

/** What makes one conversation of two: a command of `tims conversations`. */
export function merging(conversations: Command): void {
  examples(
    conversations
      .command('merge')
      .argument('<conversation>', `the one that stays: ${some}`)
      .argument('<other>', `the one whose messages move over: ${some}`)
      .description('make one conversation of two; tims merges undo takes it back'),
    { 'tims conversations merge 9x2k4f 7m3p8d': '' },
  ).action(async (given: string, other: string, _options: unknown, command: Command) => {
    const { tims, names, print, printJson } = await load(command);
    const id = await names.findConversation(tims, given);
    const conversation = await tims.conversations.merge({
      id,
      conversationId: await names.findConversation(tims, other),
    });
    if (globalsOf(command).json) return printJson(conversation);
    const { conversationLine } = await import('../output/conversation.js');
    print(conversationLine(conversation, await names.readNames(tims)));
  });
}

export function merges(program: Command): void {
  const noun = program.command('merges').description('contacts and conversations that were made one');
  examples(noun, {
    'tims merges list --contact "Ana Souza"': 'what was merged with somebody',
    'tims merges undo mrg_01hzy3v9k2e7q8m4n5p6r7s8t9': 'they are two again',
  });
  examples(
    noun
      .command('list')
      .description('list what was merged with a contact or a conversation, the last first')
      .option('--contact <contact>', someone)
      .option('--conversation <conversation>', some),
    { 'tims merges list --contact "Ana Souza"': '' },
  ).action(async (options: { contact?: string; conversation?: string }, command: Command) => {
    if ((options.contact === undefined) === (options.conversation === undefined)) {
      throw new CommandError(exitCodes.usage, 'Say of what: --contact <contact> or --conversation <conversation>.');
    }
    const { tims, names, print, printJson, say } = await load(command);
    const answer = await tims.merges.list({
      ...(options.contact === undefined ? {} : { contactId: await names.findContact(tims, options.contact) }),
      ...(options.conversation === undefined
        ? {}
        : { conversationId: await names.findConversation(tims, options.conversation) }),
    });
    if (globalsOf(command).json) return printJson(answer);
    const { mergeTable } = await import('../output/merge.js');
    print(mergeTable(answer.data));
    if (answer.data.length === 0) say('Nothing was merged.');
  });

  examples(noun.command('undo').argument('<merge>', 'its id').description('make two of one again'), {
    'tims merges undo mrg_01hzy3v9k2e7q8m4n5p6r7s8t9': '',
  }).action(async (id: string, _options: unknown, command: Command) => {
    const { tims, print, printJson } = await load(command);
    const merge: Merge = await tims.merges.undo({ id });
    if (globalsOf(command).json) return printJson(merge);
    print((await import('../output/merge.js')).mergeTable([merge]));
  });
}

async function load(command: Command) {
  const [{ connect }, names, { print, printJson, say }] = await Promise.all([
    import('../connect.js'),
    import('../names.js'),
    import('../output/print.js'),
  ]);
  return { ...(await connect(command)), names, print, printJson, say };
}
