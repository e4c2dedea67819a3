import type { Conversation, Me } from '@tims/sdk';
import { isErased, isOthers, mayOn } from './may.js';

/** What the signed-in user can do with the conversation as it stands; what they cannot is not offered. */
export interface Abilities {
  readonly take: boolean;
  readonly assign: boolean;
  readonly close: boolean;
  readonly reopen: boolean;
  readonly reply: boolean;
  readonly pend: boolean;
  readonly note: boolean;
  /** Writes feedback for whoever answers here. */
  readonly feedback: boolean;
  readonly tag: boolean;
  readonly followUp: boolean;
}

export function abilitiesOn(me: Me, conversation: Conversation): Abilities {
  const { lifecycle, status } = conversation;
  const merged = lifecycle === 'merged';
  const ended = merged || isErased(conversation);
  const open = lifecycle !== 'closed' && !merged;
  return {
    take: (status === 'new' || status === 'queued') && mayOn(me, 'conversations:take', conversation),
    assign: open && mayOn(me, 'conversations:assign', conversation),
    close: open && mayOn(me, 'conversations:close', conversation),
    reopen: lifecycle === 'closed' && !ended && mayOn(me, 'conversations:reopen', conversation),
    reply: open && mayOn(me, 'conversations:reply', conversation),
    pend: lifecycle === 'open' && mayOn(me, 'conversations:close', conversation),
    note: !ended && mayOn(me, 'conversations:note', conversation),
    feedback: !ended && mayOn(me, 'feedback:write', conversation),
    tag: !merged && mayOn(me, 'conversations:tag', conversation),
    followUp: !ended && mayOn(me, 'conversations:follow_up', conversation),
  };
}

/** Why writing is not possible now, or not without thinking twice. */
export type Obstacle = 'merged' | 'erased' | 'preview' | 'closed' | 'role' | 'window' | 'others';

/** The first thing that stands between the user and an answer; undefined where nothing does. */
export function obstacleTo(
  me: Me,
  conversation: Conversation,
  { preview, canSend }: { preview: boolean; canSend: { allowed: readonly string[] } },
): Obstacle | undefined {
  if (conversation.lifecycle === 'merged') return 'merged';
  if (preview) return 'preview';
  if (isErased(conversation)) return 'erased';
  if (conversation.lifecycle === 'closed') return 'closed';
  if (!mayOn(me, 'conversations:reply', conversation)) return 'role';
  if (!canSend.allowed.includes('text')) return 'window';
  return isOthers(me, conversation) ? 'others' : undefined;
}
