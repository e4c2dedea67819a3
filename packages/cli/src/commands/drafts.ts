import type { Command } from 'commander';
import { examples, globalsOf, positive } from '../command.js';

export function drafts(program: Command): void {
  const noun = program.command('drafts').description('what you have written and not sent');
  examples(noun, { 'tims drafts list': '', 'tims drafts show 9x2k4f': '' });

  examples(
    noun
      .command('list')
      .description('list your drafts, the last written first')
      .option('--limit <n>', 'how many, at most 100', positive, 50)
      .option('--cursor <cursor>', 'go on after an earlier list'),
    { 'tims drafts list': '' },
  ).action(async (options: { limit: number; cursor?: string }, command: Command) => {
    const [{ connect }, , { print, printJson, say }, { table }, { ago }] = await load();
    const { tims } = await connect(command);
    const answer = await tims.drafts.list(options);
    if (globalsOf(command).json) return printJson(answer);
    print(
      table(answer.data, [
        { title: 'CONVERSATION', value: ({ conversationId }) => conversationId.slice(-6) },
        { title: 'WRITTEN', value: ({ updatedAt }) => ago(updatedAt) },
        { title: 'TEXT', value: ({ text }) => text, flexible: true },
      ]),
    );
    if (answer.data.length === 0) say('No drafts.');
    if (answer.nextCursor) say(`There are more: --cursor ${answer.nextCursor}`);
  });

  examples(
    noun
      .command('show')
      .argument('<conversation>', 'its id, or the end of it')
      .description('show your draft in a conversation'),
    { 'tims drafts show 9x2k4f': '' },
  ).action(async (given: string, _options: unknown, command: Command) => {
    const [{ connect }, { findConversation }, { print, printJson, say }] = await load();
    const { tims } = await connect(command);
    const draft = await tims.drafts.get({ id: await findConversation(tims, given) });
    if (globalsOf(command).json) return printJson(draft);
    const { safeText } = await import('../output/text.js');
    if (draft.text === '') say('No draft.');
    else print(safeText(draft.text));
  });
}

function load() {
  return Promise.all([
    import('../connect.js'),
    import('../names.js'),
    import('../output/print.js'),
    import('../output/table.js'),
    import('../output/time.js'),
  ]);
}
