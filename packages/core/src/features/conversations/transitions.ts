import { fail } from '../../kernel/errors.js';
import { type ConversationRecord, isErased, type Status, statusOf } from './state.js';

/** The legal transitions: from which statuses an act may happen. Everything else is refused. */
export const transitions = {
  take: ['new', 'queued'],
  assign: ['new', 'queued', 'assigned', 'pending'],
  pend: ['new', 'queued', 'assigned'],
  close: ['new', 'queued', 'assigned', 'pending'],
  reopen: ['closed'],
  wake: ['pending'],
  reply: ['new', 'queued', 'assigned', 'pending'],
} as const satisfies Record<string, readonly Status[]>;

export type Transition = keyof typeof transitions;

/** Throws `contact_erased` where nothing is to be added to the conversation any more. */
export function demandNotErased(conversation: ConversationRecord): void {
  if (isErased(conversation)) fail('contact_erased');
}

/** Throws `transition_refused` (or `conversation_taken`, which says by whom) when the conversation's state forbids the act. */
export function demandTransition(conversation: ConversationRecord, act: Transition): void {
  demandNotErased(conversation);
  if (conversation.mergedInto) fail('conversation_merged', undefined, { conversationId: conversation.mergedInto });
  const status = statusOf(conversation);
  const from: readonly Status[] = transitions[act];
  if (from.includes(status)) return;
  if (act === 'take' && status === 'assigned') {
    fail('conversation_taken', undefined, { assigneeId: conversation.assigneeId });
  }
  fail('transition_refused', `The conversation is ${status}; ${act} needs one that is ${from.join(' or ')}`);
}

/** Who answers changes: the version rises with it, so that a bot and a person never both answer. */
export function handTo(
  conversation: ConversationRecord,
  handler: 'team' | 'user',
  assigneeId: string | null,
): ConversationRecord {
  return {
    ...conversation,
    lifecycle: 'open',
    handler,
    assigneeId,
    handlerVersion: conversation.handlerVersion + 1,
    closeReason: null,
    closedAt: null,
  };
}

/** Why conversations with a blocked contact are closed; none of the reasons that people choose from. */
export const blockedReason = 'blocked';

export function closed(conversation: ConversationRecord, reason: string, now: number): ConversationRecord {
  return {
    ...conversation,
    lifecycle: 'closed',
    handlerVersion: conversation.handlerVersion + 1,
    unreadCount: 0,
    waitingSince: null,
    closeReason: reason,
    closedAt: now,
  };
}
