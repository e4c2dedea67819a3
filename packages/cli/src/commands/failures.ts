import type { InboundFailure } from '@tims/sdk';
import type { Command } from 'commander';
import { examples, globalsOf, positive } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';

export function failures(program: Command): void {
  const noun = program.command('failures').description('webhooks that could not be taken in');
  examples(noun, {
    'tims failures list': 'what is at fault, and why',
    'tims failures replay --all': 'take them in once more, after mending the cause',
  });

  examples(
    noun
      .command('list')
      .description('list webhooks that could not be taken in, newest first')
      .option('--limit <n>', 'how many, at most 100', positive, 50)
      .option('--cursor <cursor>', 'go on after an earlier list'),
    { 'tims failures list': '' },
  ).action(async (options: { limit: number; cursor?: string }, command: Command) => {
    const [{ connect }, { print, printJson, say }] = await load();
    const { tims } = await connect(command);
    const answer = await tims.failures.list(options);
    if (globalsOf(command).json) return printJson(answer);
    if (answer.data.length === 0) return say('Nothing is at fault.');
    const [{ table }, { ago }, { shortIds }] = await Promise.all([
      import('../output/table.js'),
      import('../output/time.js'),
      import('../short-id.js'),
    ]);
    const short = shortIds(answer.data.map(({ id }) => id));
    print(
      table<InboundFailure>(answer.data, [
        { title: 'ID', value: ({ id }) => short(id) },
        { title: 'RECEIVED', value: ({ receivedAt }) => ago(receivedAt) },
        { title: 'OVER', value: ({ kind }) => kind },
        { title: 'REASON', value: ({ reason }) => reason },
        {
          title: 'REPLAYED',
          value: ({ replayedAt, attempts }) =>
            replayedAt ? ago(replayedAt) : attempts > 0 ? `${attempts} in vain` : '',
        },
        { title: 'DETAIL', value: ({ detail }) => detail, flexible: true },
      ]),
    );
    if (answer.nextCursor) say(`There are more: --cursor ${answer.nextCursor}`);
  });

  examples(
    noun
      .command('replay')
      .argument('[failure]', 'its id, or the end of it')
      .description('take a kept webhook in once more; what was stored of it before is not stored twice')
      .option('--all', 'all that were not replayed yet, oldest first'),
    { 'tims failures replay 7d3k1x': '', 'tims failures replay --all': '' },
  ).action(async (given: string | undefined, options: { all?: boolean }, command: Command) => {
    if ((given === undefined) === !options.all)
      throw new CommandError(exitCodes.usage, 'Name one failure, or give --all.');
    const [{ connect }, { print, printJson }] = await load();
    const { tims } = await connect(command);
    const { json } = globalsOf(command);
    if (given === undefined) return replayAll(tims, json ?? false);
    const { findId } = await import('../short-id.js');
    const id = await findId(given, 'inf', 'failure', () => tims.failures.list({ limit: 100 }));
    const failure = await tims.failures.replay({ id });
    if (json) printJson(failure);
    else print(`${failure.id}  replayed`);
  });
}

/** One line each; the exit code says whether any is still at fault. */
async function replayAll(tims: import('@tims/sdk').Tims, json: boolean): Promise<void> {
  const [{ print, say }, { isTimsError }] = await Promise.all([import('../output/print.js'), import('@tims/sdk')]);
  const waiting: InboundFailure[] = [];
  for await (const failure of tims.failures.list({ limit: 100 })) if (!failure.replayedAt) waiting.push(failure);
  let stuck = 0;
  for (const { id } of waiting.reverse()) {
    try {
      const failure = await tims.failures.replay({ id });
      print(json ? JSON.stringify(failure) : `${id}  replayed`);
    } catch (error) {
      if (!isTimsError(error, 'failure_not_replayable')) throw error;
      stuck += 1;
      say(`${id}  ${error.message}`);
    }
  }
  if (waiting.length === 0) say('Nothing waits.');
  if (stuck > 0) throw new CommandError(exitCodes.failed, `${stuck} of ${waiting.length} are still at fault.`);
}

function load() {
  return Promise.all([import('../connect.js'), import('../output/print.js')]);
}
