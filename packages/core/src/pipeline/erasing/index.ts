import type { Context } from '../../database/context.js';
import { reading, transaction } from '../../database/transaction.js';
import {
  counting,
  type ErasurePlace,
  type ErasureRecord,
  findErasure,
  lockErasure,
  saveErasure,
} from '../../features/erasures/index.js';
import { addJob, type JobPayloads } from '../../features/jobs/index.js';
import type { Installation } from '../../installation.js';
import { conversations, drafts, notes, person } from './beside.js';
import { answers, importRows, merges } from './kept.js';
import { mentionsOf } from './mentions.js';
import { messages, saidElsewhere } from './messages.js';
import { failures, notices, pendingUpdates, rawBodies } from './raw.js';
import type { Step, Take, Task } from './step.js';

const actor = { type: 'system', id: 'erasing' } as const;

/** One job runs so long, then passes the rest on. */
const shiftMs = 5_000;
/** Longer than a transaction that began before the erasure goes on. */
const pauseMs = 3_000;
/** Passes that find something: what came in while the erasure began is found by the second. */
const mostPasses = 20;

/** In this order: who they are, what there is to see, then what was kept behind it. */
const steps: Record<string, Step> = {
  ...{ person, conversations, notes, drafts, messages, saidElsewhere },
  ...{ rawBodies, failures, pendingUpdates, notices, importRows, merges, answers },
};
const names = Object.keys(steps);

/**
 * Erases further, chunk by chunk, each in one transaction that also writes how far it is: whoever is killed is followed
 * by somebody who goes on from there, and of two at once one finds its chunk taken.
 *
 * A pass walks everything. What was in flight when the erasure began can still have been stored behind its back, so
 * another pass follows some seconds later, until one finds nothing.
 */
export async function eraseFurther(
  installation: Installation,
  { organization, erasureId }: JobPayloads['contact.erase'],
  signal: AbortSignal,
): Promise<void> {
  const read = reading(installation, organization, actor);
  const within = <T>(work: (ctx: Context) => Promise<T>) => transaction(installation, organization, actor, work);
  const end = Date.now() + shiftMs;
  while (Date.now() < end) {
    signal.throwIfAborted();
    const erasure = await findErasure(read, erasureId);
    if (!erasure?.place) return;
    const early = erasure.place.notBefore - installation.clock.now();
    if (early > 0) return within((ctx) => addJob(ctx, 'contact.erase', { organization, erasureId }, early));
    const task = taskOf(installation, erasure, erasure.place);
    const take = await (steps[task.place.step] ?? person)(read, task);
    if (await within((ctx) => chunk(ctx, erasure, task, take))) return;
  }
  await within((ctx) => addJob(ctx, 'contact.erase', { organization, erasureId }));
}

function taskOf({ secrets }: Installation, { id, at }: ErasureRecord, place: ErasurePlace): Task {
  const addresses = JSON.parse(secrets.open(place.sealed, id)) as string[]; // as `eraseContact` sealed it
  return { at, place, mentions: mentionsOf(addresses) };
}

/** Answers whether this job has nothing to do any more: the erasure is over, or goes on later. */
async function chunk(ctx: Context, seen: ErasureRecord, { place }: Task, take: Take): Promise<boolean> {
  const erasure = await lockErasure(ctx, seen.id);
  if (!erasure?.place) return true;
  // Somebody else took this chunk.
  if (JSON.stringify(erasure.place) !== JSON.stringify(seen.place)) return false;
  const { count, found } = counting(erasure.report);
  const after = await take(ctx, count);
  const on: ErasurePlace = { ...place, after, found: place.found + found() };
  if (after !== null) {
    await saveErasure(ctx, { ...erasure, place: on });
    return false;
  }
  const next = names[names.indexOf(place.step) + 1];
  if (next === undefined) return endPass(ctx, erasure, on);
  await saveErasure(ctx, { ...erasure, place: { ...on, step: next } });
  return false;
}

async function endPass(ctx: Context, erasure: ErasureRecord, place: ErasurePlace): Promise<true> {
  const now = ctx.installation.clock.now();
  if ((place.pass === 1 || place.found > 0) && place.pass < mostPasses) {
    const bodiesUntil = place.pass === 1 ? now : place.bodiesUntil;
    const begin = { step: names[0] ?? '', after: null, found: 0, notBefore: now + pauseMs };
    const next = { ...place, ...begin, pass: place.pass + 1, bodiesUntil };
    await saveErasure(ctx, { ...erasure, place: next });
    await addJob(ctx, 'contact.erase', { organization: ctx.organization, erasureId: erasure.id }, pauseMs);
    return true;
  }
  await saveErasure(ctx, { ...erasure, state: 'done', place: null, endedAt: now });
  for (const id of place.contacts) {
    const contact = await ctx.trx('contacts').where({ organization_id: ctx.organization, id }).first('version');
    ctx.append({
      type: 'contact.erased',
      entityId: id,
      entityVersion: contact.version,
      changes: { erasureId: erasure.id, state: 'done' },
    });
  }
  return true;
}
