import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { demand, demandInTeam } from '../roles/index.js';
import { teamExists } from '../teams/index.js';
import { isSeen, presentView } from './reads.js';
import {
  deleteView,
  findOwnViews,
  findSharedViews,
  insertView,
  lockView,
  saveView,
  type ViewRecord,
} from './repository.js';
import type { NewView, ViewPatch } from './schema.js';

/** The most views of one user, of one team, and of everybody. */
const mostViews = 100;

export const createView = action('views.create', async (ctx, input: NewView) => {
  demand(ctx.actor, 'conversations:read');
  const { shared = 'personal', teamId = null } = input;
  if ((shared === 'team') !== (teamId !== null)) {
    const message = shared === 'team' ? 'is missing: the team it is shared with' : 'is for what is shared with a team';
    fail('validation_failed', undefined, { errors: [{ path: '/body/teamId', message }] });
  }
  if (teamId !== null && !(await teamExists(ctx, teamId))) fail('not_found', `There is no team ${teamId}`);
  if (shared !== 'personal') demandInTeam(ctx.actor, 'views:share', teamId);
  const now = ctx.installation.clock.now();
  const view: ViewRecord = {
    id: newId('view', now),
    userId: shared === 'personal' ? ctx.actor.id : null,
    teamId,
    name: input.name,
    filter: input.filter,
    position: input.position ?? 0,
    version: 1,
    createdAt: now,
  };
  await demandRoom(ctx, view);
  await insertView(ctx, view);
  tell(ctx, view);
  return presentView(view);
});

export const updateView = action('views.update', async (ctx, { id, ...patch }: ViewPatch & { id: string }) => {
  const before = await lockOwn(ctx, id);
  const view = { ...before, ...patch, version: before.version + 1 };
  await saveView(ctx, view);
  tell(ctx, view);
  return presentView(view);
});

export const removeView = action('views.remove', async (ctx, { id }: { id: string }) => {
  const view = await lockOwn(ctx, id);
  await deleteView(ctx, id);
  tell(ctx, { ...view, version: view.version + 1 }, true);
});

/** The view, which the actor may change: their own, or a shared one where they share. */
async function lockOwn(ctx: Context, id: string): Promise<ViewRecord> {
  demand(ctx.actor, 'conversations:read');
  const view = await lockView(ctx, id);
  if (!view || !isSeen(ctx.actor, view)) fail('not_found', `There is no view ${id}`);
  if (view.userId === null) demandInTeam(ctx.actor, 'views:share', view.teamId);
  return view;
}

async function demandRoom(ctx: Context, { userId, teamId }: ViewRecord): Promise<void> {
  const beside =
    userId === null
      ? (await findSharedViews(ctx)).filter((one) => one.teamId === teamId)
      : await findOwnViews(ctx, userId);
  if (beside.length >= mostViews) fail('limit_reached', `At most ${mostViews} views stand in one place`);
}

/** A personal view is nobody else's business. */
function tell(ctx: Context, { id, version, userId }: ViewRecord, deleted = false): void {
  ctx.append({
    type: 'view.updated',
    entityId: id,
    entityVersion: version,
    ...(userId === null ? {} : { only: [userId] }),
    changes: { deleted },
  });
}
