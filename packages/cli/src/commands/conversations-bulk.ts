import type { Command } from 'commander';
import { examples, globalsOf } from '../command.js';
import { CommandError, exitCodes } from '../exit-codes.js';

type Tims = import('@tims/sdk').Tims;
type Bulk = Parameters<Tims['conversations']['bulk']>[0];
/** One of them, without the conversations that it is for. */
type Act = Bulk extends infer One ? (One extends { ids: string[] } ? Omit<One, 'ids'> : never) : never;

interface Options {
  reason?: string;
  to?: string;
  team?: string;
  queue?: boolean;
  tag?: string;
}

/** The server takes 500 at once. */
const atOnce = 500;

/** `tims conversations bulk`: one thing, many conversations, an answer for each. */
export function bulk(noun: Command): void {
  examples(
    noun
      .command('bulk')
      .argument('<act>', 'take, assign, pend, close, reopen, read, tag or untag')
      .argument('[conversations...]', 'their whole ids; read from the input, one a line, where none is given')
      .description('do one thing to many conversations, and say what became of each')
      .option('--reason <reason>', 'of close')
      .option('--to <user>', 'of assign: me, an e-mail, a name or an id')
      .option('--team <team>', 'of assign: the key, name or id of a team')
      .option('--queue', 'of assign: back to the queue')
      .option('--tag <tag>', 'of tag and untag: its name or id'),
    {
      'tims conversations list --tag Payment --json | jq -r .data[].id | tims conversations bulk close --reason resolved':
        'close whatever a list shows',
      'tims conversations bulk assign --to agent@example.com cnv_06e8x2k1r7e00q8m4n5p6r7s8t cnv_06e8x2k1r7e00q8m4n5p6r7s9v':
        '',
    },
  ).action(async (act: string, given: string[], options: Options, command: Command) => {
    const [{ connect }, { print, printJson }, { readStdin }] = await Promise.all([
      import('../connect.js'),
      import('../output/print.js'),
      import('../prompt.js'),
    ]);
    const ids = given.length > 0 ? given : (await readStdin()).split(/\s+/).filter((word) => word !== '');
    if (ids.length === 0) throw new CommandError(exitCodes.usage, 'Give the ids of conversations.');
    const { tims } = await connect(command);
    const chosen = await actOf(tims, act, options);
    const results = [];
    for (let start = 0; start < ids.length; start += atOnce) {
      // The act's own fields were put together above; together with the ids it is one of the union.
      const answer = await tims.conversations.bulk({ ...chosen, ids: ids.slice(start, start + atOnce) } as Bulk);
      results.push(...answer.results);
    }
    const refused = results.filter((one) => !one.done);
    if (globalsOf(command).json) printJson({ done: results.length - refused.length, refused: refused.length, results });
    else {
      for (const { id, code, detail } of refused) print(`${id}  ${code}${detail ? `  ${detail}` : ''}`);
      print(`${results.length - refused.length} done, ${refused.length} refused`);
    }
    if (refused.length > 0) process.exitCode = exitCodes.conflict;
  });
}

async function actOf(tims: Tims, act: string, options: Options): Promise<Act> {
  const { findTag, findTeam, findUser } = await import('../names.js');
  switch (act) {
    case 'take':
    case 'pend':
    case 'reopen':
    case 'read':
      return { act };
    case 'close':
      return { act, reason: options.reason ?? missing('close needs --reason <reason>.') };
    case 'tag':
    case 'untag':
      return { act, tagId: await findTag(tims, options.tag ?? missing(`${act} needs --tag <tag>.`)) };
    case 'assign':
      if (!options.queue && options.to === undefined && options.team === undefined) {
        missing('Say to whom: --to <user>, --team <team> or --queue.');
      }
      return {
        act,
        ...(options.team === undefined ? {} : { teamId: await findTeam(tims, options.team) }),
        ...(options.to === undefined ? {} : { assigneeId: await findUser(tims, options.to) }),
        ...(options.queue ? { assigneeId: null } : {}),
      };
    default:
      return missing(`There is no act "${act}": take, assign, pend, close, reopen, read, tag or untag.`);
  }
}

function missing(what: string): never {
  throw new CommandError(exitCodes.usage, what);
}
