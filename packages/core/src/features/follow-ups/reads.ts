import type { ReadContext } from '../../database/context.js';
import { decodePage, defaultLimit, type Page, toPage } from '../../database/page.js';
import { fail } from '../../kernel/errors.js';
import { conversationInSight } from '../conversations/index.js';
import { demand, scopeOf } from '../roles/index.js';
import { present } from './present.js';
import { type OpenFollowUps, pageFollowUps } from './repository.js';
import type { FollowUp, FollowUpFilter } from './schema.js';

/** Open follow-ups, those that are due longest first: the caller's own, or those that a lead answers for. */
export async function listFollowUps(ctx: ReadContext, filter: FollowUpFilter): Promise<Page<FollowUp>> {
  demand(ctx.actor, 'conversations:follow_up');
  const limit = filter.limit ?? defaultLimit;
  const cursor = filter.cursor === undefined ? undefined : decodePage(filter.cursor);
  const now = ctx.installation.clock.now();
  const chosen = { ...(await reachOf(ctx, filter)), now, ...(filter.due === undefined ? {} : { due: filter.due }) };
  const rows = await pageFollowUps(ctx, chosen, cursor, limit + 1);
  return toPage(
    rows,
    limit,
    ({ dueAt, id }) => ({ at: dueAt, id }),
    (row) => present(row, now),
  );
}

/** Whose follow-ups are meant, and how far the actor may look. */
async function reachOf(
  ctx: ReadContext,
  { userId, teamId, conversationId }: FollowUpFilter,
): Promise<Pick<OpenFollowUps, 'userId' | 'conversationId' | 'teams'>> {
  const { actor } = ctx;
  const whose = userId === undefined ? {} : { userId };
  const where = teamId === undefined ? {} : { teams: [teamId] };
  // Who sees a conversation whole sees what is to become of it, whoever is reminded.
  if (conversationId !== undefined) {
    await conversationInSight(ctx, conversationId);
    return { conversationId, ...whose, ...where };
  }
  if (teamId === undefined && (userId === undefined || userId === actor.id)) return { userId: actor.id };
  if (userId === actor.id) return { userId, ...where };
  const scope = scopeOf(actor, 'conversations:follow_up');
  if (actor.type === 'system' || scope === 'all') return { ...whose, ...where };
  if (scope !== 'team') fail('forbidden', 'Others’ follow-ups need the permission conversations:follow_up in a team');
  if (teamId !== undefined && !actor.teams.includes(teamId)) {
    fail('forbidden', 'It needs the permission conversations:follow_up in that team');
  }
  return { ...whose, teams: teamId === undefined ? actor.teams : [teamId] };
}
