import type { ReadContext } from '../../database/context.js';
import type { Actor } from '../../kernel/actor.js';
import { timestamp } from '../../kernel/schema.js';
import { demand, scopeOf } from '../roles/index.js';
import { findOwnViews, findSharedViews, type ViewRecord } from './repository.js';
import type { View } from './schema.js';

/** The caller's own views, and those that are shared with them, in their order. Few enough for one page. */
export async function listViews(ctx: ReadContext): Promise<View[]> {
  demand(ctx.actor, 'conversations:read');
  const [own, shared] = await Promise.all([findOwnViews(ctx, ctx.actor.id), findSharedViews(ctx)]);
  return [...own, ...shared]
    .filter((view) => isSeen(ctx.actor, view))
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
    .map(presentView);
}

/** A team's views are for its members, and for those who look after everybody's. */
export function isSeen(actor: Actor, { userId, teamId }: ViewRecord): boolean {
  if (userId !== null) return userId === actor.id;
  if (teamId === null || scopeOf(actor, 'views:share') === 'all') return true;
  return actor.type === 'user' && actor.teams.includes(teamId);
}

export function presentView({ userId, createdAt, ...view }: ViewRecord): View {
  const shared = userId !== null ? 'personal' : view.teamId === null ? 'everybody' : 'team';
  return { ...view, shared, createdAt: timestamp(createdAt) };
}
