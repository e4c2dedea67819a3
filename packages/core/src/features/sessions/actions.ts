import { action } from '../../database/action.js';
import type { Context, ReadContext } from '../../database/context.js';
import type { Page, PageRequest } from '../../database/page.js';
import type { UserActor } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import { endSessions } from '../users/index.js';
import { listSessionRows, otherSessions, ownsSession, removeSession } from './repository.js';
import type { OwnSession } from './schema.js';

/** The caller's own sessions; nobody sees another's. */
export function listSessions(ctx: ReadContext, actor: UserActor, page: PageRequest): Promise<Page<OwnSession>> {
  return listSessionRows(ctx, actor.id, actor.via, page);
}

/** Ends one of the caller's own sessions; its sockets close and its tokens open nothing. */
export const revokeSession = action('sessions.revoke', async (ctx, { id }: { id: string }) => {
  if (!(await ownsSession(ctx, ctx.actor.id, id))) fail('not_found');
  await endSession(ctx, id);
});

/** Ends all of the caller's sessions but the one that asks. */
export const revokeOtherSessions = action('sessions.revokeOthers', async (ctx, _input: object) => {
  const { actor } = ctx;
  const keep = actor.type === 'user' ? actor.via : null;
  const ended = await otherSessions(ctx, actor.id, keep);
  if (ended.length === 0) return;
  await endSessions(ctx, actor.id, keep);
  ctx.append(...ended.map((id) => endedEvent(id, actor.id)));
});

/** Ends a session with its tokens; whoever shows an open socket of it learns so from the event. */
export async function endSession(ctx: Context, id: string): Promise<string | undefined> {
  const userId = await removeSession(ctx, id);
  if (userId !== undefined) ctx.append(endedEvent(id, userId));
  return userId;
}

function endedEvent(id: string, userId: string) {
  return { type: 'session.ended', entityId: id, entityVersion: 1, only: [userId] } as const;
}
