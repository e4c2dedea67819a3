import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import type { UserActor } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { findChannel, listChannels } from '../channels/index.js';
import { addJob } from '../jobs/index.js';
import { demand } from '../roles/index.js';
import { attributesOf } from './attributes.js';
import { chosenColumns, findColumns } from './columns.js';
import { importUpdated } from './events.js';
import { rowsAtOnce } from './limits.js';
import type { ContactFile } from './read-file.js';
import { type ImportRecord, insertImport, lockImport, present, updateImport } from './repository.js';
import { insertRows } from './repository-rows.js';
import type { ContactImport, ImportColumn, ImportStart } from './schema.js';

/** A file with what is said of it. */
export interface NewImport {
  fileName?: string | undefined;
  file: ContactFile;
}

/**
 * Keeps a file's rows, to be looked at and started. They are written some hundred a transaction, before the one that
 * makes the import visible; what is left of a call that broke off is purged.
 */
export const createImport = action(
  'contactImports.create',
  async (ctx, _input: NewImport, id: string): Promise<ContactImport> => {
    const record = (await lockImport(ctx, id)) ?? fail('internal_error');
    const staged: ImportRecord = { ...record, state: 'staged', createdAt: ctx.installation.clock.now() };
    await updateImport(ctx, staged);
    ctx.append(importUpdated(staged));
    return present(staged);
  },
  stageRows,
);

/** Begins to import, or goes on where it broke off. */
export const startImport = action(
  'contactImports.start',
  async (ctx, { id, ...said }: ImportStart & { id: string }): Promise<ContactImport> => {
    const before = await lockOwn(ctx, id);
    if (before.state !== 'staged' && before.state !== 'running') refuseState(before);
    const started = before.state === 'staged' ? await startedWith(ctx, before, said) : before;
    // Also for one that runs: where its job was given up, this is the next; where not, a second one finds nothing.
    await addJob(ctx, 'contact_import.run', { organization: ctx.organization, importId: id });
    return present(started);
  },
);

/** Nothing more is imported; what was imported stays. */
export const cancelImport = action('contactImports.cancel', async (ctx, { id }: { id: string }) => {
  const before = await lockOwn(ctx, id);
  if (before.state === 'cancelled') return present(before);
  if (before.state === 'done') refuseState(before);
  const endedAt = ctx.installation.clock.now();
  const after: ImportRecord = { ...before, state: 'cancelled', endedAt, version: before.version + 1 };
  await updateImport(ctx, after);
  ctx.append(importUpdated(after));
  return present(after);
});

/** The rows as they stand in the file; what its columns hold is guessed, for people to mend. */
async function stageRows(installation: Installation, actor: UserActor, { fileName, file }: NewImport): Promise<string> {
  demand(actor, 'contacts:transfer');
  const { headings, rows } = file;
  const inOne = <T>(work: (ctx: Context) => Promise<T>) => transaction(installation, actor.organization, actor, work);
  const now = installation.clock.now();
  const id = newId('import', now);
  await inOne(async (ctx) => {
    const columns = findColumns(headings, await attributesOf(ctx));
    await insertImport(ctx, {
      id,
      state: 'staging',
      fileName: fileName ?? null,
      columns,
      channelId: await onlyChannel(ctx, columns),
      existing: 'update',
      rows: rows.length,
      created: 0,
      updated: 0,
      unchanged: 0,
      failed: rows.filter(({ fault }) => fault !== null).length,
      createdBy: actor.id,
      createdAt: now,
      endedAt: null,
      version: 1,
    });
  });
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    await inOne((ctx) => insertRows(ctx, id, rows.slice(at, at + rowsAtOnce)));
  }
  return id;
}

async function startedWith(ctx: Context, before: ImportRecord, said: ImportStart): Promise<ImportRecord> {
  const columns = chosenColumns(before.columns, said.columns ?? [], await attributesOf(ctx));
  const channelId = said.channelId === undefined ? await onlyChannel(ctx, columns) : said.channelId;
  if (channelId !== null && !(await findChannel(ctx, channelId))) {
    fail('not_found', `There is no channel ${channelId}`);
  }
  if (hasAddresses(columns) && channelId === null) {
    const message = 'is missing: the addresses are of one of the channels';
    fail('validation_failed', undefined, { errors: [{ path: '/body/channelId', message }] });
  }
  const after: ImportRecord = {
    ...before,
    state: 'running',
    columns,
    channelId,
    existing: said.existing ?? before.existing,
    version: before.version + 1,
  };
  await updateImport(ctx, after);
  ctx.append(importUpdated(after));
  return after;
}

/** Where the file has addresses and there is no choice. */
async function onlyChannel(ctx: Context, columns: readonly ImportColumn[]): Promise<string | null> {
  if (!hasAddresses(columns)) return null;
  const [one, another] = await listChannels(ctx);
  return one && !another ? one.id : null;
}

const hasAddresses = (columns: readonly ImportColumn[]) => columns.some(({ field }) => field === 'address');

async function lockOwn(ctx: Context, id: string): Promise<ImportRecord> {
  demand(ctx.actor, 'contacts:transfer');
  const record = await lockImport(ctx, id);
  return record && record.state !== 'staging' ? record : fail('not_found', `There is no import ${id}`);
}

function refuseState({ state }: ImportRecord): never {
  fail('import_state', `It is ${state}`);
}
