import type { SearchHit } from '@tims/sdk';
import { type Command, Option } from 'commander';
import { examples, globalsOf, positive } from '../command.js';

interface SearchOptions {
  in?: string;
  order?: 'newest' | 'relevance';
  conversation?: string;
  channel?: string;
  from?: string;
  to?: string;
  limit: number;
  cursor?: string;
}

export function search(program: Command): void {
  const noun = program
    .command('search')
    .argument('<words...>', 'all of them must be there; the last may be a beginning; "…" stands as it is')
    .description('find messages, contacts, notes and tags')
    .option('--in <places>', 'where to look: messages, contacts, notes, tags, separated by commas')
    .addOption(new Option('--order <order>', 'which come first').choices(['newest', 'relevance']))
    .option('--conversation <conversation>', 'only in this one: its id, or the end of it')
    .option('--channel <channel>', 'only over this channel: its name or id')
    .option('--from <time>', 'only what is of then or later, e.g. 2026-01-31T00:00:00Z')
    .option('--to <time>', 'only what is of before')
    .option('--limit <n>', 'how many, at most 100', positive, 20)
    .option('--cursor <cursor>', 'go on after an earlier list');
  examples(noun, {
    'tims search refund': '',
    'tims search aisyah pay': 'also áïsyah, and payment',
    'tims search --order relevance "where is my order"': 'the best first',
    'tims search --in contacts +60 12 345': 'by number',
    'tims search refund --json | jq .data[].conversationId': 'for programs',
  }).action(async (words: string[], options: SearchOptions, command: Command) => {
    const [{ connect }, names, { printJson, print, say }] = await Promise.all([
      import('../connect.js'),
      import('../names.js'),
      import('../output/print.js'),
    ]);
    const { tims } = await connect(command);
    const answer = await tims.search.find({
      q: words.join(' '),
      in: options.in,
      order: options.order,
      conversationId:
        options.conversation === undefined ? undefined : await names.findConversation(tims, options.conversation),
      channelId: options.channel === undefined ? undefined : await names.findChannel(tims, options.channel),
      from: options.from,
      to: options.to,
      limit: options.limit,
      cursor: options.cursor,
    });
    if (globalsOf(command).json) return printJson(answer);
    const { hitLines } = await import('../output/search.js');
    for (const hit of answer.data satisfies SearchHit[]) print(hitLines(hit));
    if (answer.data.length === 0) say(answer.nextCursor ? 'Nothing so far.' : 'Nothing found.');
    if (answer.nextCursor) say(`There may be more: --cursor ${answer.nextCursor}`);
  });

  examples(
    noun
      .command('rebuild')
      .description("compare the search index with what is stored, on this machine's installation, and mend it"),
    {
      'tims search rebuild': 'SQLite: while the server is stopped',
      'tims search rebuild --json': 'what was found, for programs',
    },
  ).action(async (_options: unknown, command: Command) => {
    const [{ rebuild }, { printJson, print }] = await Promise.all([
      import('./local/search-rebuild.js'),
      import('../output/print.js'),
    ]);
    const report = await rebuild();
    if (globalsOf(command).json) return printJson(report);
    print(`${report.looked} messages, contacts and notes; ${report.drift} differed from the index and are mended.`);
    if (report.behind > 0) print(`${report.behind} events were still to be followed, which accounts for some of them.`);
  });
}
