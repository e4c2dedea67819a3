import type { ReadContext } from '../../database/context.js';
import { type Permission, scopeOf, sight } from '../../features/roles/index.js';
import type { Actor } from '../../kernel/actor.js';
import { decodeCursor, encodeCursor, logStart } from './cursor.js';
import type { ConversationScalars, LoggedEvent } from './event.js';
import { cursorStands, readEvents, readHead } from './read.js';

/** What an event is to somebody: seen as it is, the moment something came into or went out of sight, or nothing. */
export type Visibility = 'seen' | 'entered' | 'left' | 'hidden';

/** Which permission shows the events that are about no conversation. */
const administrative: Record<string, Permission> = {
  contact: 'contacts:read',
  note: 'contacts:read',
  tag: 'directory:read',
  canned_response: 'directory:read',
  close_reason: 'directory:read',
  view: 'directory:read',
  attribute: 'contacts:read',
  import: 'contacts:transfer',
  // It names no values, and what they decide is everybody's: GET /api/me tells some of it.
  settings: 'directory:read',
  role: 'roles:read',
  invitation: 'users:read',
  key: 'keys:read',
  // Its name stands in the conversations of everybody.
  channel: 'directory:read',
  team: 'directory:read',
  user: 'directory:read',
};

export function visibilityOf(actor: Actor, event: LoggedEvent): Visibility {
  if (event.only && !event.only.includes(actor.id)) return 'hidden';
  if (!event.after) {
    if (event.only) return 'seen';
    const permission = administrative[event.type.split('.')[0] ?? ''];
    return permission && scopeOf(actor, permission) ? 'seen' : 'hidden';
  }
  const now = sees(actor, event.after);
  const before = event.before ? sees(actor, event.before) : event.before === null ? false : now;
  if (now) return before || event.before === null ? 'seen' : 'entered';
  return before ? 'left' : 'hidden';
}

/** The events after the cursor that the actor may see, oldest first, and where to go on. */
export async function listEvents(
  ctx: ReadContext,
  request: { cursor?: string; limit?: number },
): Promise<{ events: LoggedEvent[]; nextCursor: string; resyncRequired: boolean; more: boolean }> {
  const limit = request.limit ?? 100;
  const cursor = request.cursor === undefined ? logStart : decodeCursor(request.cursor);
  if (!(await cursorStands(ctx.trx, ctx.organization, cursor))) {
    const head = await readHead(ctx.trx, ctx.organization);
    return { events: [], nextCursor: encodeCursor(head), resyncRequired: true, more: false };
  }
  const read = await readEvents(ctx.trx, ctx.organization, cursor.sequence, limit);
  const last = read.at(-1);
  return {
    events: read.flatMap((event) => shown(event, visibilityOf(ctx.actor, event))),
    nextCursor: encodeCursor(last ? { sequence: last.sequence, eventId: last.id } : cursor),
    resyncRequired: false,
    more: read.length === limit,
  };
}

/** What went out of sight is told of without where it went. */
function shown(event: LoggedEvent, visibility: Visibility): LoggedEvent[] {
  if (visibility === 'hidden') return [];
  if (visibility !== 'left') return [event];
  const { before: _before, after: _after, changes: _changes, ...rest } = event;
  return [rest];
}

/** A preview shows the conversation and its last messages, so it is told of them; what more there is is refused. */
function sees(actor: Actor, scalars: ConversationScalars): boolean {
  return sight(actor, scalars) !== 'none';
}
