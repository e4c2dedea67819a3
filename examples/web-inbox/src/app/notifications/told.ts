import type { Notification } from '@tims/sdk';
import { AlarmClock, AtSign, type LucideIcon, MessageCircle, Star, UserRoundCheck } from 'lucide-react';
import type { Colleague } from '../../inbox-kit/inbox.js';
import { contactName } from '../../inbox-kit/thread/names.js';
import { currentRoute } from '../router.js';
import { home, type Route } from '../routes.js';
import type { Spoken } from './use-notifications.js';

export const kindIcons: Readonly<Record<Notification['kind'], LucideIcon>> = {
  mention: AtSign,
  feedback: Star,
  assignment: UserRoundCheck,
  reminder: AlarmClock,
  message: MessageCircle,
};

/** What happened, in a line, and what there is to say of it. */
export interface Told {
  readonly title: string;
  readonly text: string | undefined;
}

/** A notification in words: who did what with whose conversation. */
export function toldOf(
  { kind, actor, conversationId, entityId }: Notification,
  { conversations, notes }: Spoken,
  colleagues: ReadonlyMap<string, Colleague>,
): Told {
  const who = colleagues.get(actor.id)?.name ?? (actor.type === 'user' ? 'A colleague' : 'TIMS');
  const conversation = conversations.get(conversationId ?? '');
  const customer = conversation ? contactName(conversation.contact) : undefined;
  const note = notes.get(entityId)?.text;
  switch (kind) {
    case 'mention':
      return { title: `${who} mentioned you${customer ? ` about ${customer}` : ''}`, text: note };
    case 'feedback':
      return { title: `${who} wrote feedback for you`, text: note };
    case 'assignment':
      return { title: `${who} gave you ${customer ?? 'a conversation'}`, text: conversation?.lastMessage?.preview };
    case 'reminder':
      return { title: `A follow-up is due${customer ? `: ${customer}` : ''}`, text: undefined };
    case 'message':
      return { title: `${customer ?? 'A customer'} wrote where you watch`, text: conversation?.lastMessage?.preview };
  }
}

/** Where a notification leads: to its conversation, beside the list that is shown. */
export function routeTo({ kind, conversationId, entityId }: Notification): Route | undefined {
  if (conversationId === null) return undefined;
  const here = currentRoute() ?? home;
  const from = here.place.kind === 'workload' || here.place.kind === 'search' ? home : here;
  return { ...from, conversationId, messageId: kind === 'message' ? entityId : undefined };
}
