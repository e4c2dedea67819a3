import type { Context } from '../../database/context.js';
import { transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import type { SystemActor } from '../../kernel/actor.js';
import { addJob } from '../jobs/index.js';
import { listTags } from '../tags/index.js';
import { attributesOf } from './attributes.js';
import { openContactBook, type RowResult } from './book.js';
import { importUpdated } from './events.js';
import { rowsAtOnce } from './limits.js';
import { type ImportRecord, lockImport, updateImport } from './repository.js';
import { type PendingRow, pendingRows, type RowOutcome, saveOutcomes } from './repository-rows.js';
import { type RowReader, readRow } from './row.js';

const actor: SystemActor = { type: 'system', id: 'contact_imports' };
/** How long one job goes on before the next one takes over: a server that stops waits for it. */
const turnMs = 3_000;

/**
 * Imports the rows that wait, some hundred a transaction. Their states change with the contacts, so wherever it breaks
 * off, the next run goes on with the first row that was not imported.
 */
export async function runImport(
  installation: Installation,
  { organization, importId }: { organization: string; importId: string },
): Promise<void> {
  const began = Date.now();
  const work = (limit: number) => {
    const passOn = Date.now() - began > turnMs;
    return transaction(installation, organization, actor, (ctx) => importSome(ctx, importId, limit, passOn));
  };
  for (let more = true; more; ) {
    try {
      more = await work(rowsAtOnce);
    } catch (error) {
      if (installation.storage.dialect.classify(error) !== 'data') throw error;
      // One of them has a value that the database refuses; alone, it is the one that fails.
      more = await oneByOne(installation, organization, importId);
    }
  }
}

/** As many rows as a round has, each in a transaction of its own. */
async function oneByOne(installation: Installation, organization: string, importId: string): Promise<boolean> {
  const run = <T>(work: (ctx: Context) => Promise<T>) => transaction(installation, organization, actor, work);
  for (let left = rowsAtOnce; left > 0; left--) {
    try {
      if (!(await run((ctx) => importSome(ctx, importId, 1, false)))) return false;
    } catch (error) {
      if (installation.storage.dialect.classify(error) !== 'data') throw error;
      if (!(await run((ctx) => failNext(ctx, importId)))) return false;
    }
  }
  return true;
}

/** @returns whether there is more to do here and now: not where the next job was added. */
async function importSome(ctx: Context, importId: string, limit: number, passOn: boolean): Promise<boolean> {
  const record = await lockImport(ctx, importId);
  if (record?.state !== 'running') return false;
  const rows = await pendingRows(ctx, importId, limit);
  const outcomes = await importRows(ctx, record, rows);
  return advance(ctx, record, outcomes, rows.length < limit, passOn);
}

async function failNext(ctx: Context, importId: string): Promise<boolean> {
  const record = await lockImport(ctx, importId);
  if (record?.state !== 'running') return false;
  const rows = await pendingRows(ctx, importId, 1);
  const outcomes = rows.map((row) => failed(row, 'The database refuses a value'));
  return advance(ctx, record, outcomes, rows.length === 0, false);
}

async function advance(
  ctx: Context,
  before: ImportRecord,
  outcomes: readonly RowOutcome[],
  over: boolean,
  passOn: boolean,
): Promise<boolean> {
  const count = (state: RowOutcome['state']) => outcomes.filter((one) => one.state === state).length;
  const after: ImportRecord = {
    ...before,
    created: before.created + count('created'),
    updated: before.updated + count('updated'),
    unchanged: before.unchanged + count('unchanged'),
    failed: before.failed + count('failed'),
    version: before.version + 1,
    ...(over ? { state: 'done', endedAt: ctx.installation.clock.now() } : {}),
  };
  await saveOutcomes(ctx, before.id, outcomes);
  await updateImport(ctx, after);
  ctx.append(importUpdated(after));
  if (over) return false;
  if (passOn) await addJob(ctx, 'contact_import.run', { organization: ctx.organization, importId: before.id });
  return !passOn;
}

async function importRows(ctx: Context, record: ImportRecord, rows: readonly PendingRow[]): Promise<RowOutcome[]> {
  const reader = await readerOf(ctx, record);
  const read = rows.map((row) => ({ row, content: readRow(row.cells, reader) }));
  const contents = read.flatMap(({ content }) => ('fault' in content ? [] : content));
  const book = await openContactBook(ctx, { ...record, kind: reader.kinds[0] ?? 'customer' }, contents);
  const outcomes = read.map(({ row, content }) => outcomeOf(row, 'fault' in content ? content : book.take(content)));
  ctx.append(...(await book.flush()));
  return outcomes;
}

async function readerOf(ctx: Context, { columns, channelId }: ImportRecord): Promise<RowReader> {
  const channel = channelId === null ? undefined : await ctx.installation.channels.byId(channelId);
  const { contactKinds } = (await ctx.installation.rules.of(ctx.organization)).settings;
  return {
    columns,
    attributes: await attributesOf(ctx),
    kinds: contactKinds,
    tags: await listTags(ctx),
    channel: channel?.plugin,
  };
}

function outcomeOf(row: PendingRow, result: RowResult): RowOutcome {
  if ('fault' in result) return failed(row, result.fault, result.contactId);
  return { row: row.row, state: result.state, contactId: result.contactId, fault: null };
}

function failed({ row }: PendingRow, fault: string, contactId: string | null = null): RowOutcome {
  return { row, state: 'failed', fault, contactId };
}
