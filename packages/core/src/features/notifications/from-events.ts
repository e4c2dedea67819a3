import type { LoggedEvent } from '../../pipeline/event-log/event.js';
import type { NotificationKind } from './schema.js';

/** Somebody who is to be told of something. */
export interface Told {
  userId: string;
  kind: NotificationKind;
  conversationId: string | null;
  entityId: string;
  factId: string;
  actor: { type: string; id: string };
  at: number;
  /** It is told only to somebody who sees the conversation whole; the rest was decided when it happened. */
  ifSeen: boolean;
}

/** Whom an event is for by what it says itself; messages are for who watches, which it does not say. */
export function toldOf(event: LoggedEvent): Told[] {
  return recipients(event).filter(({ userId }) => userId !== event.actor.id);
}

function recipients(event: LoggedEvent): Told[] {
  const { entityId, changes = {} } = event;
  const base = { conversationId: event.conversationId ?? null, entityId, actor: event.actor, at: event.at };
  switch (event.type) {
    case 'note.created':
    case 'note.updated': {
      const mentions = idsOf(changes.mentions);
      const told = mentions.map((userId) => {
        return { ...base, userId, kind: 'mention' as const, factId: entityId, ifSeen: false };
      });
      const about = typeof changes.aboutUserId === 'string' ? changes.aboutUserId : undefined;
      if (!about || mentions.includes(about)) return told;
      return [...told, { ...base, userId: about, kind: 'feedback', factId: entityId, ifSeen: false }];
    }
    case 'conversation.assigned': {
      const to = event.after?.assigneeId;
      if (!to || to === event.before?.assigneeId) return [];
      // The event is the fact: who gives it away and gets it back is told twice.
      return [{ ...base, userId: to, kind: 'assignment', factId: event.id, ifSeen: true }];
    }
    case 'follow_up.due': {
      const { userId } = changes;
      if (typeof userId !== 'string') return [];
      // Snoozed, it reminds again.
      return [{ ...base, userId, kind: 'reminder', factId: event.id, ifSeen: true }];
    }
    default:
      return [];
  }
}

function idsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
