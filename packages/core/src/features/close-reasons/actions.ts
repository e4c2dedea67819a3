import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { demandInTeam } from '../roles/index.js';
import { teamExists } from '../teams/index.js';
import {
  deleteCloseReason as deleteRow,
  findCloseReason,
  firstCloseReasonRows,
  insertCloseReason,
  listCloseReasonRows,
  updateCloseReason as updateRow,
} from './repository.js';
import type { CloseReason, CloseReasonPatch, NewCloseReason } from './schema.js';

export const createCloseReason = action('closeReasons.create', async (ctx, input: NewCloseReason) => {
  const { key, name, teamId = null } = input;
  demandInTeam(ctx.actor, 'close_reasons:write', teamId);
  if (teamId && !(await teamExists(ctx, teamId))) fail('not_found', `There is no team ${teamId}`);
  const beside = (await listCloseReasonRows(ctx)).filter((one) => one.teamId === teamId);
  if (beside.some((one) => one.key === key)) fail('close_reason_taken', `There is a reason ${key}`);
  const position = input.position ?? Math.max(-1, ...beside.map((one) => one.position)) + 1;
  const reason = { id: newId('closeReason'), teamId, key, name, position };
  await insertCloseReason(ctx, reason);
  tell(ctx, reason.id, 1, 'created');
  return { ...reason, version: 1 };
});

export const updateCloseReason = action(
  'closeReasons.update',
  async (ctx, { id, ...patch }: CloseReasonPatch & { id: string }) => {
    const before = await writable(ctx, id);
    const after: CloseReason = { ...before, ...patch, version: before.version + 1 };
    await updateRow(ctx, after);
    tell(ctx, id, after.version, 'changed');
    return after;
  },
);

/** Conversations that were closed with it keep its key. */
export const deleteCloseReason = action('closeReasons.delete', async (ctx, { id }: { id: string }) => {
  const { version } = await writable(ctx, id);
  await deleteRow(ctx, id);
  tell(ctx, id, version + 1, 'removed');
});

/** Inside the transaction that makes an organization. */
export async function addFirstCloseReasons(ctx: Context): Promise<void> {
  const rows = firstCloseReasonRows(ctx.organization, ctx.installation.clock.now());
  await ctx.installation.storage.dialect.bulkInsertIgnore(ctx.trx, 'close_reasons', rows);
}

async function writable(ctx: Context, id: string): Promise<CloseReason> {
  const reason = (await findCloseReason(ctx, id)) ?? fail('not_found', `There is no reason ${id}`);
  demandInTeam(ctx.actor, 'close_reasons:write', reason.teamId);
  return reason;
}

function tell(ctx: Context, id: string, version: number, what: 'created' | 'changed' | 'removed'): void {
  ctx.append({ type: 'close_reason.updated', entityId: id, entityVersion: version, changes: { what } });
}
