import type { Conversation, Event, Message, RealtimeItem } from '../src/index.js';
import type { Received, Scripted } from './scripted-server.js';
import { problem } from './scripted-server.js';

/** As much of an inbox as a store asks a server for. Tests change it and hold its answers back. */
export interface Inbox {
  conversations: Map<string, Conversation>;
  messages: Map<string, Message>;
  /** What was asked for, in order. */
  asked: string[];
  answer(request: Received): Scripted | Promise<Scripted>;
  /** Answers are made at once and given only when the returned function is called. */
  hold(): () => void;
}

export function createInbox(): Inbox {
  let gate = Promise.resolve();
  const inbox: Inbox = {
    conversations: new Map(),
    messages: new Map(),
    asked: [],
    async answer({ url }) {
      inbox.asked.push(url);
      const answered = read(inbox, new URL(url, 'http://inbox'));
      await gate;
      return answered;
    },
    hold() {
      let release = () => {};
      gate = new Promise((resolve) => {
        release = resolve;
      });
      return () => {
        release();
        gate = Promise.resolve();
      };
    },
  };
  return inbox;
}

function read({ conversations, messages }: Inbox, { pathname, searchParams }: URL): Scripted {
  const ids = searchParams.get('ids')?.split(',');
  const limit = Number(searchParams.get('limit') ?? 50);
  if (pathname === '/api/messages') return list([...messages.values()].filter(({ id }) => ids?.includes(id)));
  if (pathname === '/api/conversations') {
    if (ids) return list([...conversations.values()].filter(({ id }) => ids.includes(id)));
    const status = searchParams.get('status');
    const cursor = searchParams.get('cursor');
    const sorted = [...conversations.values()]
      .filter((one) => status === null || one.status === status)
      .sort((a, b) => (placed(a) < placed(b) ? 1 : -1))
      .filter((one) => cursor === null || placed(one) < cursor);
    const last = sorted[limit - 1];
    return list(sorted.slice(0, limit), sorted.length > limit && last ? placed(last) : null);
  }
  const id = pathname.split('/').at(-1) ?? '';
  const conversation = conversations.get(id);
  if (!conversation) return problem(404, 'not_found');
  const all = [...messages.values()].filter(({ conversationId }) => conversationId === id);
  const sorted = all.sort((a, b) => (a.displayAt < b.displayAt ? -1 : 1));
  const before = searchParams.get('before');
  const older = sorted.filter(({ displayAt }) => before === null || displayAt < before);
  const shown = older.slice(-limit);
  const page = {
    conversation,
    messages: shown,
    before: older.length > limit ? shown[0]?.displayAt : null,
    after: null,
    canSend: { allowed: ['text'], reason: null, windowEndsAt: null },
    preview: false,
    asOf: 'snapshot',
  };
  return { body: page };
}

function list(data: unknown[], nextCursor: string | null = null): Scripted {
  return { body: { data, nextCursor, asOf: 'snapshot' } };
}

const placed = ({ lastActivityAt, id }: Conversation) => `${lastActivityAt} ${id}`;

/** A moment so many seconds into the test's day. */
export const second = (count: number) => new Date(Date.UTC(2026, 0, 1) + count * 1000).toISOString();

export function conversation(id: string, more: Partial<Conversation> = {}): Conversation {
  return {
    id,
    status: 'queued',
    lifecycle: 'open',
    handler: 'team',
    handlerVersion: 1,
    channel: { id: 'chn_1', kind: 'whatsapp', name: 'Shared number' },
    contact: { id: `con_${id}`, name: 'Aisyah', kind: 'customer', version: 1 },
    teamId: 'tem_1',
    assigneeId: null,
    unreadCount: 1,
    myUnreadCount: 1,
    tags: [],
    initiatedBy: 'contact',
    lastMessage: null,
    lastActivityAt: second(0),
    waitingSince: null,
    closeReason: null,
    closedAt: null,
    followUpAt: null,
    floodedAt: null,
    mergedInto: null,
    createdAt: second(0),
    version: 1,
    ...more,
  };
}

export const closed = { status: 'closed', lifecycle: 'closed' } as const;

export function message(id: string, conversationId: string, at: number, more: Partial<Message> = {}): Message {
  return {
    id,
    conversationId,
    channelId: 'chn_1',
    direction: 'inbound',
    origin: 'live',
    author: { type: 'contact', id: 'idn_1' },
    content: { type: 'text', v: 1, text: id },
    state: null,
    error: null,
    replyTo: null,
    reactions: [],
    tags: [],
    withdrawableUntil: null,
    flood: false,
    blocked: false,
    sentAt: second(at),
    receivedAt: second(at),
    displayAt: second(at),
    deliveredAt: null,
    readAt: null,
    editedAt: null,
    revokedAt: null,
    version: 1,
    ...more,
  };
}

let serial = 0;

/** What the socket tells of a conversation as it is now. */
export function told(
  type: Event['type'],
  now: Conversation,
  more: Partial<Event> = {},
): RealtimeItem & { type: 'event' } {
  const { id, version, teamId, assigneeId, lifecycle, handler, unreadCount: unread, channel } = now;
  const event: Event = {
    id: `evt_${++serial}`,
    type,
    entityId: id,
    entityVersion: version,
    conversationId: id,
    conversationVersion: version,
    after: { channelId: channel.id, teamId, assigneeId, lifecycle, handler, unread },
    actor: { type: 'system', id: 'test' },
    at: second(0),
    cursor: `c${serial}`,
    ...more,
  };
  return { type: 'event', event };
}
