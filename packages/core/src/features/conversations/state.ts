import type { ConversationScalars } from '../../pipeline/event-log/event.js';

export const lifecycles = ['open', 'pending', 'closed'] as const;
export const handlers = ['triage', 'ai', 'team', 'user'] as const;
export const statuses = ['new', 'queued', 'assigned', 'pending', 'closed'] as const;

export type Lifecycle = (typeof lifecycles)[number];
export type Handler = (typeof handlers)[number];
export type Status = (typeof statuses)[number];

/** A conversation as it is stored. Times are epoch milliseconds. */
export interface ConversationRecord {
  id: string;
  channelId: string;
  threadKey: string;
  /** The thread key while the conversation can still be continued. */
  activeKey: string | null;
  contactId: string;
  /** Whom a reply goes to. */
  identityId: string;
  teamId: string;
  assigneeId: string | null;
  lifecycle: Lifecycle;
  handler: Handler;
  handlerVersion: number;
  version: number;
  unreadCount: number;
  initiatedBy: 'contact' | 'agent';
  lastMessageId: string | null;
  lastMessageAt: number | null;
  lastActivityAt: number;
  waitingSince: number | null;
  closeReason: string | null;
  closedAt: number | null;
  createdAt: number;
}

/** What people see: one word for lifecycle and handler together. */
export function statusOf({ lifecycle, handler }: Pick<ConversationRecord, 'lifecycle' | 'handler'>): Status {
  if (lifecycle !== 'open') return lifecycle;
  if (handler === 'user') return 'assigned';
  return handler === 'team' ? 'queued' : 'new';
}

/** The statuses of one lifecycle. */
export function statusesOf(lifecycle: Lifecycle): readonly Status[] {
  return lifecycle === 'open' ? ['new', 'queued', 'assigned'] : [lifecycle];
}

/** What an event says of the conversation. */
export function scalarsOf(conversation: ConversationRecord): ConversationScalars {
  const { channelId, teamId, assigneeId, lifecycle, handler, unreadCount } = conversation;
  return { channelId, teamId, assigneeId, lifecycle, handler, unread: unreadCount };
}
