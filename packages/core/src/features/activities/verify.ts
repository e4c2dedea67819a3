import type { ReadContext } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { demand } from '../roles/index.js';
import { chainStart, macOf, sign } from './chain.js';
import { activitiesAfter, activityUpTo, findHead } from './repository.js';
import type { ActivityRow, ChainHead } from './rows.js';
import { type ActivityVerification, type FaultKind, faultKinds, type Mark } from './schema.js';

const pageSize = 1_000;
/** How often a page is read again because a purge went on beneath it. */
const attempts = 5;

type Fault = NonNullable<ActivityVerification['fault']>;

/**
 * Walks one page of the organization's chain: from its begin, or from where an earlier page ended. The last page also
 * checks that the chain ends where its signed head says.
 *
 * @param expect a head that was kept elsewhere: the row of that number must have that code.
 */
export async function verifyActivities(
  ctx: ReadContext,
  { cursor, expect }: { cursor?: string | undefined; expect?: Mark | undefined } = {},
): Promise<ActivityVerification> {
  demand(ctx.actor, 'activities:read');
  const from = cursor === undefined ? undefined : decodeMark(cursor);
  for (let attempt = 1; ; attempt++) {
    const head = await findHead(ctx);
    const answer = await walk(ctx, head, from, expect);
    // A purge between two reads takes rows away that the page still looked for.
    const moved = answer.fault && (await findHead(ctx))?.checkpointSequence !== head?.checkpointSequence;
    if (!moved || attempt === attempts) return answer;
  }
}

async function walk(
  ctx: ReadContext,
  head: ChainHead | undefined,
  from: Mark | undefined,
  expect: Mark | undefined,
): Promise<ActivityVerification> {
  if (!head) return withoutHead(ctx, from, expect);
  const begin = { sequence: head.checkpointSequence, mac: head.checkpointMac };
  const part = { begin: begin.sequence + 1, head: { sequence: head.sequence, mac: head.mac }, nextCursor: null };
  const at = from && from.sequence > begin.sequence ? from : begin;
  const stray = at === begin ? await beginFault(ctx, head, expect) : undefined;
  if (stray) return { ...part, verified: 0, fault: stray };

  const rows = await activitiesAfter(ctx, at.sequence, pageSize);
  const { verified, reached, fault } = follow(ctx, rows, at, head, expect);
  if (fault) return { ...part, verified, fault };
  if (rows.length === pageSize && reached.sequence < head.sequence)
    return { ...part, verified, fault: null, nextCursor: encodeMark(reached) };
  return { ...part, verified, fault: await endFault(ctx, head, reached, expect) };
}

/** Follows the rows as far as the head goes; what stands beyond it is looked at afterwards. */
export function follow(
  { installation }: ReadContext,
  rows: readonly ActivityRow[],
  at: Mark,
  head: Pick<ChainHead, 'sequence'>,
  expect?: Mark,
): { verified: number; reached: Mark; fault?: Fault } {
  let reached = at;
  let verified = 0;
  for (const row of rows) {
    const sequence = reached.sequence + 1;
    if (sequence > head.sequence) break;
    const { mac, ...said } = row;
    if (row.sequence !== sequence) return { verified, reached, fault: faultAt(sequence, 'missing') };
    if (macOf(installation, said, reached.mac) !== mac)
      return { verified, reached, fault: faultAt(sequence, 'edited') };
    if (expect?.sequence === sequence && expect.mac !== mac)
      return { verified, reached, fault: faultAt(sequence, 'unexpected') };
    reached = { sequence, mac };
    verified += 1;
  }
  return { verified, reached };
}

/** What is wrong with where the chain begins. */
async function beginFault(ctx: ReadContext, head: ChainHead, expect: Mark | undefined): Promise<Fault | undefined> {
  const { checkpointSequence: sequence, checkpointMac: mac } = head;
  const started = sequence > 0 || mac === chainStart;
  if (!started || sign(ctx.installation, 'checkpoint', ctx.organization, sequence, mac) !== head.checkpointSignature)
    return faultAt(sequence, 'checkpoint');
  const before = await activityUpTo(ctx, sequence);
  if (before) return faultAt(before.sequence, 'not_recorded');
  if (expect?.sequence === sequence && expect.mac !== mac) return faultAt(sequence, 'unexpected');
  return undefined;
}

/** What is wrong with where the chain ends. */
async function endFault(
  ctx: ReadContext,
  head: ChainHead,
  reached: Mark,
  expect: Mark | undefined,
): Promise<Fault | null> {
  if (reached.sequence < head.sequence) return faultAt(reached.sequence + 1, 'cut_off');
  const signed = sign(ctx.installation, 'head', ctx.organization, head.sequence, head.mac) === head.signature;
  if (!signed || reached.mac !== head.mac) return faultAt(head.sequence, 'head');
  // Rows that were recorded since the head was read moved it along; others nobody vouches for.
  const [beyond] = await activitiesAfter(ctx, head.sequence, 1);
  const now = beyond && (await findHead(ctx));
  if (beyond && (now?.sequence ?? 0) < beyond.sequence) return faultAt(beyond.sequence, 'not_recorded');
  if (expect && expect.sequence > head.sequence) return faultAt(head.sequence + 1, 'cut_off');
  return null;
}

/** Nothing was ever recorded, or the head was removed. */
async function withoutHead(
  ctx: ReadContext,
  from: Mark | undefined,
  expect: Mark | undefined,
): Promise<ActivityVerification> {
  const [row] = await activitiesAfter(ctx, -1, 1);
  // Recorded between the two reads: the first row brings the head with it.
  const gone = row ? !(await findHead(ctx)) : false;
  const lost = gone || from !== undefined || (expect !== undefined && expect.sequence > 0);
  return {
    verified: 0,
    begin: 1,
    head: null,
    nextCursor: null,
    fault: lost ? faultAt(row?.sequence ?? 1, 'head') : null,
  };
}

function faultAt(sequence: number, kind: FaultKind): Fault {
  return { sequence, kind, detail: faultKinds[kind] };
}

function encodeMark({ sequence, mac }: Mark): string {
  return Buffer.from(`${sequence}:${mac}`).toString('base64url');
}

function decodeMark(cursor: string): Mark {
  return readMark(Buffer.from(cursor, 'base64url').toString('latin1')) ?? fail('cursor_invalid');
}

/** `<sequence>:<code>` as it is printed; undefined for anything else. */
export function readMark(text: string): Mark | undefined {
  const match = /^(\d{1,15}):(0|[0-9a-f]{64})$/.exec(text);
  return match?.[1] && match[2] ? { sequence: Number(match[1]), mac: match[2] } : undefined;
}
