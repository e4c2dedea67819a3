import type { People } from '../../features/contacts/index.js';
import { isForward, type MessageRecord } from '../../features/messages/index.js';
import type { MessageUpdate } from '../../plugin/index.js';
import type { NewEvent } from '../event-log/event.js';

/** A message after an update. */
export interface Change {
  message: MessageRecord;
  /** What the event says of it. */
  told: NonNullable<NewEvent['changes']>;
  /** The provider knows the message: its outbox row, if any, is settled. */
  reconciled: boolean;
}

/** The message as the update leaves it; undefined where the update changes nothing (late, repeated, a reaction). */
export function apply(message: MessageRecord, event: MessageUpdate, people: People): Change | undefined {
  const { update, at } = event;
  switch (update.type) {
    case 'status':
      return applyStatus(message, event, update);
    case 'edit':
      if (message.content.type === 'erased') return undefined;
      if (message.revokedAt !== null || (message.editedAt ?? 0) >= at) return undefined;
      return changed(message, { content: update.content, editedAt: at }, { edited: true });
    case 'revoke':
      if (message.revokedAt !== null) return undefined;
      return changed(message, { revokedAt: at }, { revoked: true });
    case 'reaction': {
      // A reaction is kept beside the message; like a message it opens the service window.
      const identity = update.byUs ? undefined : people.find(update.person);
      if (identity) people.wrote(identity, at);
      return undefined;
    }
  }
}

type StatusUpdate = Extract<MessageUpdate['update'], { type: 'status' }>;

function applyStatus(message: MessageRecord, event: MessageUpdate, update: StatusUpdate): Change | undefined {
  const learnt = message.externalId === null ? { externalId: event.externalId } : {};
  const times = {
    deliveredAt: reached(update.state) ? earlier(message.deliveredAt, event.at) : message.deliveredAt,
    readAt: update.state === 'read' || update.state === 'played' ? earlier(message.readAt, event.at) : message.readAt,
  };
  const forward = isForward(message.state, update.state);
  const timesMoved = times.deliveredAt !== message.deliveredAt || times.readAt !== message.readAt;
  const priced = update.pricing !== undefined && (forward || message.extra?.pricing === undefined);
  const pricing = priced ? { extra: { ...message.extra, pricing: update.pricing } } : {};
  if (!forward && !timesMoved && !priced && message.externalId !== null) return undefined;
  const state = forward ? update.state : message.state;
  const error = state === 'failed' ? (update.error ?? message.error) : null;
  const told: Change['told'] = forward ? { state: [message.state, update.state] } : {};
  return { ...changed(message, { ...learnt, ...times, ...pricing, state, error }, told), reconciled: true };
}

/** Statuses come in any order; the first time of each kind is what happened. */
function earlier(known: number | null, at: number): number {
  return known === null ? at : Math.min(known, at);
}

/** Read implies delivered: WhatsApp leaves `delivered` out when the chat is open. */
function reached(state: StatusUpdate['state']): boolean {
  return state === 'delivered' || state === 'read' || state === 'played';
}

function changed(message: MessageRecord, patch: Partial<MessageRecord>, told: Change['told']): Change {
  return { message: { ...message, ...patch, version: message.version + 1 }, told, reconciled: false };
}
