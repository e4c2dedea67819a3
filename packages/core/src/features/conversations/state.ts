import type { ConversationScalars } from '../../pipeline/event-log/event.js';

/** `merged`: what was said there stands in another conversation. */
export const lifecycles = ['open', 'pending', 'closed', 'merged'] as const;
export const handlers = ['triage', 'ai', 'team', 'user'] as const;
export const statuses = ['new', 'queued', 'assigned', 'pending', 'closed', 'merged'] as const;

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
  /** Live inbound messages of all time. */
  inboundCount: number;
  tagCount: number;
  initiatedBy: 'contact' | 'agent';
  lastMessageId: string | null;
  lastMessageAt: number | null;
  lastActivityAt: number;
  waitingSince: number | null;
  closeReason: string | null;
  closedAt: number | null;
  /** When the earliest open follow-up is due. */
  followUpAt: number | null;
  /** When the customer last wrote more than counts as writing. */
  floodedAt: number | null;
  /** The conversation that this one was merged into. */
  mergedInto: string | null;
  createdAt: number;
}

/** What a conversation has when it begins, beside what it is about. Spread it last: see `toRow` of messages. */
export const newborn = {
  handlerVersion: 1,
  version: 1,
  unreadCount: 0,
  inboundCount: 0,
  tagCount: 0,
  lastMessageId: null,
  lastMessageAt: null,
  waitingSince: null,
  followUpAt: null,
  floodedAt: null,
  mergedInto: null,
} as const satisfies Partial<ConversationRecord>;

/** Whose contact was erased: its thread, which may name the person, was replaced by its own id. It goes on no more. */
export function isErased({ id, threadKey }: Pick<ConversationRecord, 'id' | 'threadKey'>): boolean {
  return threadKey === id;
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
