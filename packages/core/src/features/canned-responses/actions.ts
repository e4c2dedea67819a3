import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { demand, demandInTeam } from '../roles/index.js';
import { teamExists } from '../teams/index.js';
import { isSeen, present } from './reads.js';
import {
  type CannedResponseRecord,
  deleteCannedResponse,
  insertCannedResponse,
  lockCannedResponse,
  saveCannedResponse,
  shortcutTaken,
} from './repository.js';
import type { CannedResponsePatch, NewCannedResponse } from './schema.js';
import { isVariable, placeIn, variablesIn } from './template.js';

export const createCannedResponse = action('cannedResponses.create', async (ctx, input: NewCannedResponse) => {
  const { teamId = null, shortcut, title, text } = input;
  demand(ctx.actor, 'canned_responses:write');
  const now = ctx.installation.clock.now();
  const id = newId('cannedResponse', now);
  const one: CannedResponseRecord = { id, teamId, shortcut, title, text, version: 1, createdAt: now };
  await demandValid(ctx, one);
  await insertCannedResponse(ctx, one);
  tell(ctx, one);
  return present(one);
});

/** Changes it; to another team only for who may write in both. */
export const updateCannedResponse = action(
  'cannedResponses.update',
  async (ctx, { id, ...patch }: CannedResponsePatch & { id: string }) => {
    const before = await lockWritable(ctx, id);
    const after = { ...before, ...patch, version: before.version + 1 };
    await demandValid(ctx, after);
    await saveCannedResponse(ctx, after);
    tell(ctx, after);
    return present(after);
  },
);

export const removeCannedResponse = action('cannedResponses.remove', async (ctx, { id }: { id: string }) => {
  const before = await lockWritable(ctx, id);
  await deleteCannedResponse(ctx, id);
  tell(ctx, { ...before, version: before.version + 1 }, true);
});

async function lockWritable(ctx: Context, id: string): Promise<CannedResponseRecord> {
  demand(ctx.actor, 'canned_responses:write');
  const found = await lockCannedResponse(ctx, id);
  if (!found || !isSeen(ctx.actor, found.teamId)) fail('not_found', `There is no canned response ${id}`);
  demandInTeam(ctx.actor, 'canned_responses:write', found.teamId);
  return found;
}

async function demandValid(ctx: Context, one: CannedResponseRecord): Promise<void> {
  const { teamId, text } = one;
  if (teamId !== null && !(await teamExists(ctx, teamId))) fail('not_found', `There is no team ${teamId}`);
  demandInTeam(ctx.actor, 'canned_responses:write', teamId);
  const unknown = variablesIn(text).find(({ name }) => !isVariable(name));
  if (unknown) {
    const place = placeIn(text, unknown.at);
    fail('variable_unknown', `The one at ${place} is none`, { at: unknown.at });
  }
  if (await shortcutTaken(ctx, one)) fail('shortcut_taken');
}

function tell(ctx: Context, { id, version, teamId }: CannedResponseRecord, deleted = false): void {
  ctx.append({
    type: 'canned_response.updated',
    entityId: id,
    entityVersion: version,
    changes: { teamId, deleted },
  });
}
