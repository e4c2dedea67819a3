import type { ReadContext } from '../../database/context.js';
import { demand, scopeOf } from '../roles/index.js';
import { listTagRows } from './repository.js';
import type { Tag } from './schema.js';

/** Everybody's tags and those of the caller's teams; all for who sees all teams. */
export async function listTags(ctx: ReadContext): Promise<Tag[]> {
  demand(ctx.actor, 'directory:read');
  const tags = await listTagRows(ctx);
  return tags.filter((tag) => mayUse(ctx, tag));
}

/** Whether the tag is one that the caller knows of. */
export function mayUse({ actor }: ReadContext, { teamId }: Tag): boolean {
  if (teamId === null || actor.type === 'system') return true;
  return scopeOf(actor, 'conversations:read') === 'all' || actor.teams.includes(teamId);
}
