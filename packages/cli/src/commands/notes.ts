import type { Note, Tims } from '@tims/sdk';
import type { Command } from 'commander';
import { examples, globalsOf, positive } from '../command.js';

interface NewNoteOptions {
  mention?: string[];
  pin?: boolean;
  feedbackOn?: string;
}

const subject = 'a conversation (its id, or the end of it), or a contact (its whole id)';

export function notes(program: Command): void {
  const noun = program.command('notes').description('what colleagues tell each other, and no customer sees');
  examples(noun, {
    'tims notes list 9x2k4f': 'pinned ones first',
    'tims notes add 9x2k4f "Asked for an invoice" --mention Mei': 'tells Mei',
    'tims notes pin not_06e8x2k1r7q8m4n5p6r7s8t9vw': '',
  });

  examples(
    noun
      .command('list')
      .argument('<subject>', subject)
      .description('list the notes there, pinned ones first, then the newest')
      .option('--limit <n>', 'how many, at most 100', positive, 50)
      .option('--cursor <cursor>', 'go on after an earlier list'),
    { 'tims notes list 9x2k4f': '', 'tims notes list con_06e8x2k1r7q8m4n5p6r7s8t9vw': 'about a contact' },
  ).action(async (given: string, options: { limit: number; cursor?: string }, command: Command) => {
    const [{ connect }, names, { print, printJson, say }] = await load();
    const { tims } = await connect(command);
    const of = await subjectOf(tims, given);
    const answer = await (of.contact
      ? tims.notes.listOfContact({ id: of.id, ...options })
      : tims.notes.list({ id: of.id, ...options }));
    if (globalsOf(command).json) return printJson(answer);
    const { user } = await names.readNames(tims);
    for (const note of answer.data) print(await noteText(note, user));
    if (answer.data.length === 0) say('No notes.');
    if (answer.nextCursor) say(`There are more: --cursor ${answer.nextCursor}`);
  });

  examples(
    noun
      .command('add')
      .argument('<subject>', subject)
      .argument('<text>', 'what to note')
      .description('write a note')
      .option('--mention <user...>', 'colleagues to tell of it: me, an e-mail, a name or an id')
      .option('--pin', 'keep it above the others')
      .option('--feedback-on <user>', 'feedback on this agent’s work: only they and their leads see it'),
    {
      'tims notes add 9x2k4f "Asked for an invoice"': '',
      'tims notes add 9x2k4f "Can you look?" --mention Mei': '',
      'tims notes add 9x2k4f "Calm and clear" --feedback-on Aisyah': 'for Aisyah and her leads',
    },
  ).action(async (given: string, text: string, options: NewNoteOptions, command: Command) => {
    const [{ connect }, names] = await load();
    const { tims } = await connect(command);
    const of = await subjectOf(tims, given);
    const mentions: string[] = [];
    for (const user of options.mention ?? []) mentions.push(await names.findUser(tims, user));
    const note = { id: of.id, text, mentions, pinned: options.pin ?? false };
    if (of.contact) return show(command, await tims.notes.createOfContact(note));
    const about = options.feedbackOn;
    const feedback =
      about === undefined ? {} : { kind: 'feedback' as const, aboutUserId: await names.findUser(tims, about) };
    await show(command, await tims.notes.create({ ...note, ...feedback }));
  });

  examples(
    noun
      .command('edit')
      .argument('<note>', 'its whole id')
      .argument('<text>', 'what it is to say')
      .description('change what a note of yours says'),
    { 'tims notes edit not_06e8x2k1r7q8m4n5p6r7s8t9vw "Asked for two invoices"': '' },
  ).action(async (id: string, text: string, _options: unknown, command: Command) => {
    const { tims } = await (await import('../connect.js')).connect(command);
    await show(command, await tims.notes.update({ id, text }));
  });

  examples(
    noun
      .command('pin')
      .argument('<note>', 'its whole id')
      .description('keep a note above the others')
      .option('--off', 'no longer'),
    {
      'tims notes pin not_06e8x2k1r7q8m4n5p6r7s8t9vw': '',
      'tims notes pin not_06e8x2k1r7q8m4n5p6r7s8t9vw --off': 'back among the others',
    },
  ).action(async (id: string, options: { off?: boolean }, command: Command) => {
    const { tims } = await (await import('../connect.js')).connect(command);
    await show(command, await tims.notes.update({ id, pinned: options.off !== true }));
  });

  examples(
    noun.command('remove').argument('<note>', 'its whole id').description('remove a note: your own, or where you lead'),
    { 'tims notes remove not_06e8x2k1r7q8m4n5p6r7s8t9vw': '' },
  ).action(async (id: string, _options: unknown, command: Command) => {
    const [{ connect }, , { print, printJson }] = await load();
    const { tims } = await connect(command);
    await tims.notes.remove({ id });
    if (globalsOf(command).json) printJson({ id });
    else print(`${id}  removed`);
  });
}

async function subjectOf(tims: Tims, given: string): Promise<{ id: string; contact: boolean }> {
  if (given.startsWith('con_')) return { id: given, contact: true };
  const { findConversation } = await import('../names.js');
  return { id: await findConversation(tims, given), contact: false };
}

async function show(command: Command, note: Note): Promise<void> {
  const { print, printJson } = await import('../output/print.js');
  if (globalsOf(command).json) printJson(note);
  else print(`${note.id}  ${note.kind}${note.pinnedAt === null ? '' : '  pinned'}`);
}

/** Who and when on one line, what it says below. */
async function noteText(note: Note, user: (id: string) => string): Promise<string> {
  const [{ ago }, { safeText }] = await Promise.all([import('../output/time.js'), import('../output/text.js')]);
  const about = note.aboutUserId === null ? '' : `  feedback on ${user(note.aboutUserId)}`;
  const head = `${note.id}  ${user(note.authorId)}  ${ago(note.createdAt)}${about}${note.pinnedAt === null ? '' : '  pinned'}`;
  return `${head}\n${safeText(note.text).replace(/^/gm, '  ')}\n`;
}

function load() {
  return Promise.all([import('../connect.js'), import('../names.js'), import('../output/print.js')]);
}
