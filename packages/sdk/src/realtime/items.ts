import type { Event } from '../types.js';

/** What the server writes; every frame is an array of these. */
export type RealtimeItem =
  /** What was missed has been told; from here on it is live. */
  | { type: 'ready'; cursor: string }
  | { type: 'event'; event: Event }
  /** The conversation came into sight: fetch it. */
  | { type: 'entered'; conversationId: string; event: Event }
  /** The conversation went out of sight: drop it. */
  | { type: 'left'; conversationId: string }
  /** The last item of a frame that tells events: where to resume. */
  | { type: 'cursor'; cursor: string }
  | { type: 'heartbeat'; cursor: string }
  /** Events between the last cursor and this one are lost: take fresh snapshots. The connection goes on from here. */
  | { type: 'resync_required'; cursor: string }
  /** What was told of colleagues before holds no longer: the rest of the frame is all of it. Comes after `ready`. */
  | { type: 'presence_reset' }
  | { type: 'presence'; userId: string; state: 'online' | 'away' | 'offline'; lastSeenAt: string | null }
  /** All who look at the conversation now. */
  | { type: 'viewing'; conversationId: string; userIds: readonly string[] }
  | { type: 'typing'; conversationId: string; userId: string; on: boolean }
  | { type: 'error'; code: string; detail: string };

/** Why the server closed the socket. */
export const closeCodes = { badMessage: 4000, signedOut: 4001, tooSlow: 4008, stopping: 1001 } as const;

/** The items of a frame; undefined when it is no frame. */
export function readFrame(data: unknown): RealtimeItem[] | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const items: unknown = JSON.parse(data);
    return Array.isArray(items) ? items : undefined;
  } catch {
    return undefined;
  }
}
