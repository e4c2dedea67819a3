import { type ConversationRecord, scalarsOf } from '../../features/conversations/index.js';
import type { MessageRecord } from '../../features/messages/index.js';
import type { NewEvent } from './event.js';

/** The event about a change of a message; the conversation says who may see it. */
export function messageUpdated(
  message: MessageRecord,
  conversation: ConversationRecord,
  changes: NonNullable<NewEvent['changes']>,
): NewEvent {
  return {
    type: 'message.updated',
    entityId: message.id,
    entityVersion: message.version,
    conversationId: conversation.id,
    conversationVersion: conversation.version,
    after: scalarsOf(conversation),
    changes,
  };
}
