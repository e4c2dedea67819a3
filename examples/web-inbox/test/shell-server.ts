import type { Conversation, Counts, Me, Message, RealtimeItem, SearchHit, View } from '@tims/sdk';
import { vi } from 'vitest';

/** As much of a server as the page asks, where the browser would reach it: at fetch and at the socket. */
export interface ShellServer {
  me: Me;
  conversations: Conversation[];
  messages: Message[];
  counts: Omit<Counts, 'asOf'>;
  views: View[];
  /** What every search finds. */
  hits: SearchHit[];
  /** What was asked, in order: `GET /api/me`. */
  asked: string[];
  /** No answer comes at all. */
  down: boolean;
  /** No token is good any more, but one of a new login. */
  expired: boolean;
  password: string;
  /** The account is of more than one. */
  organizations: string[] | undefined;
  /** The code of the second factor, where there is one. */
  code: string | undefined;
  /** How far the server's clock is from this machine's, in milliseconds. */
  clock: number;
  /** Answers other than the usual, by `GET /api/…`. */
  instead: Map<string, () => Answer>;
  /** Tells it to every open socket. */
  tell(...items: RealtimeItem[]): void;
  /** Ends every socket. */
  hangUp(): void;
}

interface Answer {
  status?: number;
  body?: unknown;
}

export const clock = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 12) + seconds * 1000).toISOString();

export function installServer(): ShellServer {
  const sockets = new Set<FakeSocket>();
  let tokens = 0;
  const drafts = new Map<string, { version: number }>();
  const server: ShellServer = {
    me: someone(),
    conversations: [],
    messages: [],
    counts: noCounts(),
    views: [],
    hits: [],
    asked: [],
    down: false,
    expired: false,
    password: 'correct horse',
    organizations: undefined,
    code: undefined,
    clock: 0,
    instead: new Map(),
    tell(...items) {
      for (const socket of sockets)
        socket.onmessage?.({ data: JSON.stringify([...items, { type: 'cursor', cursor: 'c2' }]) });
    },
    hangUp() {
      for (const socket of [...sockets]) {
        sockets.delete(socket);
        socket.onclose?.({ code: 1006 });
      }
    },
  };

  class FakeSocket {
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: unknown }) => void) | null = null;
    onclose: ((event: { code: number }) => void) | null = null;
    onerror: (() => void) | null = null;

    constructor() {
      sockets.add(this);
      setTimeout(() => this.onopen?.());
    }

    send(): void {
      setTimeout(() => this.onmessage?.({ data: JSON.stringify([{ type: 'ready', cursor: 'c1' }]) }));
    }

    close(): void {
      sockets.delete(this);
    }
  }

  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url);
    const name = `${request.method} ${url.pathname}`;
    server.asked.push(name + url.search);
    if (server.down) throw new TypeError('Failed to fetch');
    const text = request.method === 'POST' || request.method === 'PUT' ? await request.text() : '';
    const json = text !== '' && request.headers.get('content-type') !== 'text/csv';
    const { status = 200, body } = answer(name, url, json ? JSON.parse(text) : {});
    const headers = { 'content-type': 'application/json', date: new Date(Date.now() + server.clock).toUTCString() };
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
  });

  function answer(name: string, url: URL, body: Record<string, unknown>): Answer {
    const instead = server.instead.get(name);
    if (instead) return instead();
    if (name === 'POST /api/auth/login') return login(body);
    if (name === 'POST /api/auth/logout') return { status: 204 };
    if (server.expired) return problem(401, 'unauthorized', 'No valid access token');
    if (url.pathname.endsWith('/draft')) return draft(name, url.pathname, body);
    switch (name) {
      case 'GET /api/me':
        return { body: server.me };
      case 'GET /api/directory':
        return list([
          entry(server.me.id, server.me.name, 'online'),
          entry('usr_2', 'Bela Varga', 'offline'),
          entry('usr_3', 'Ada Obi', 'online'),
        ]);
      case 'GET /api/views':
        return list(server.views);
      case 'GET /api/tags':
        return list([{ id: 'tag_1', teamId: null, name: 'Payment', color: 'green', purpose: null, version: 1 }]);
      case 'GET /api/notifications':
        return { body: { data: [], nextCursor: null, asOf: 'a', unreadCount: 0 } };
      case 'GET /api/search':
        return list(server.hits);
      case 'GET /api/teams':
        return {
          body: { data: [{ id: 'tem_1', key: 'cx', name: 'Customer Experience', version: 1, createdAt: clock(0) }] },
        };
      case 'GET /api/close-reasons':
        return list([
          { id: 'rsn_1', teamId: null, key: 'resolved', name: 'Resolved', position: 0, version: 1 },
          { id: 'rsn_2', teamId: null, key: 'no_reply', name: 'The customer did not answer', position: 1, version: 1 },
          { id: 'rsn_3', teamId: 'tem_1', key: 'refunded', name: 'Refunded', position: 0, version: 1 },
          { id: 'rsn_4', teamId: 'tem_2', key: 'renewed', name: 'Renewed', position: 0, version: 1 },
        ]);
      case 'GET /api/follow-ups':
      case 'GET /api/canned-responses':
        return list([]);
      case 'GET /api/conversations':
        return page(url.searchParams);
      case 'GET /api/conversations/counts':
        return { body: { ...server.counts, asOf: 'a' } };
      case 'POST /api/realtime/tickets':
        return { status: 201, body: { url: '/api/realtime?ticket=t', expiresAt: clock(60) } };
      case 'POST /api/messages/send':
        return { status: 201, body: message(`msg_sent_${server.asked.length}`, String(body.conversationId)) };
      default:
        return one(url.pathname);
    }
  }

  function login({ email, password, organizationId, code }: Record<string, unknown>): Answer {
    const known = email === server.me.email && password === server.password;
    if (known && server.code !== undefined && code === undefined) {
      return problem(401, 'second_factor_required', 'This account has a second factor', { help: 'Send the code.' });
    }
    if (!known || code !== server.code) {
      return problem(401, 'login_failed', 'E-mail, password or code is wrong', { help: 'Check all of them.' });
    }
    if (server.organizations && !organizationId) {
      return problem(409, 'organization_required', 'This account belongs to several', {
        organizations: server.organizations,
      });
    }
    server.expired = false;
    return { body: { accessToken: `access.${++tokens}`, refreshToken: `refresh.${tokens}`, user: server.me } };
  }

  function draft(name: string, path: string, body: Record<string, unknown>): Answer {
    const known = drafts.get(path) ?? { text: '', replyTo: null, version: 0, updatedAt: null };
    if (name.startsWith('GET')) return { body: known };
    drafts.delete(path);
    if (name.startsWith('DELETE')) return { status: 204 };
    const saved = { ...known, ...body, version: Math.max(known.version, Number(body.version)) + 1 };
    drafts.set(path, saved);
    return { body: saved };
  }

  function page(query: URLSearchParams): Answer {
    const limit = Number(query.get('limit') ?? 50);
    const from = Number(query.get('cursor') ?? 0);
    const ids = query.get('ids')?.split(',');
    const found = server.conversations
      .filter(({ id }) => !ids || ids.includes(id))
      .filter(({ status }) => !query.has('status') || status === query.get('status'))
      .filter(({ lifecycle }) => !query.has('lifecycle') || lifecycle === query.get('lifecycle'))
      .filter(({ assigneeId }) => !query.has('assigneeId') || assigneeId === query.get('assigneeId'))
      .filter(({ unreadCount }) => query.get('unread') !== 'true' || unreadCount > 0)
      .sort((a, b) => (a.lastActivityAt < b.lastActivityAt ? 1 : -1));
    return list(found.slice(from, from + limit), from + limit < found.length ? String(from + limit) : null);
  }

  function one(path: string): Answer {
    const [, , resource, id, verb] = path.split('/');
    if (resource === 'contacts' && verb === 'notes') return list([]);
    const conversation = server.conversations.find((each) => each.id === id);
    if (resource !== 'conversations' || !conversation) return problem(404, 'not_found', 'There is no such thing');
    if (verb === 'notes') return list([]);
    if (verb) return { body: conversation };
    const messages = server.messages.filter(({ conversationId }) => conversationId === id);
    const canSend = { allowed: ['text'], reason: null, windowEndsAt: null };
    return { body: { conversation, messages, before: null, after: null, canSend, preview: false, asOf: 'a' } };
  }

  return server;
}

function entry(id: string, name: string, state: 'online' | 'offline') {
  const presence = { state, lastSeenAt: state === 'online' ? null : clock(0) };
  return { id, name, role: 'agent', teams: [], online: state === 'online', presence };
}

function list(data: unknown[], nextCursor: string | null = null): Answer {
  return { body: { data, nextCursor, asOf: 'a' } };
}

export function problem(status: number, code: string, title: string, more: object = {}): Answer {
  return {
    status,
    body: { type: 'about:blank', title, status, code, help: 'Try something else.', requestId: 'r', ...more },
  };
}

export function someone(more: Partial<Me> = {}): Me {
  return {
    id: 'usr_1',
    email: 'mei@example.com',
    name: 'Mei Tan',
    role: 'manager',
    status: 'active',
    teams: [{ id: 'tem_1', lead: false }],
    primaryTeamId: 'tem_1',
    organization: { id: 'org_1', name: 'Example', contactKinds: ['customer', 'tutor'] },
    timeZone: null,
    lastSeenAt: null,
    version: 1,
    createdAt: clock(0),
    permissions: {
      'conversations:read': 'all',
      'conversations:reply': 'all',
      'conversations:take': 'all',
      'conversations:assign': 'all',
      'conversations:close': 'all',
      'conversations:reopen': 'all',
      'contacts:read': 'all',
    },
    ...more,
  };
}

export function noCounts(): Omit<Counts, 'asOf'> {
  const none = { total: 0, unread: 0 };
  return { mine: none, queue: none, all: none, filtered: null, pending: none, closed: none, teams: [], channels: [] };
}

/** A queued conversation whose last activity was so many seconds into the day. */
export function conversation(id: string, at: number, more: Partial<Conversation> = {}): Conversation {
  return {
    id,
    status: 'queued',
    lifecycle: 'open',
    handler: 'team',
    handlerVersion: 1,
    channel: { id: 'chn_1', kind: 'whatsapp', name: 'Shared number' },
    contact: { id: `con_${id}`, name: `Customer ${id}`, kind: 'customer', version: 1 },
    teamId: 'tem_1',
    assigneeId: null,
    unreadCount: 0,
    myUnreadCount: 0,
    tags: [],
    initiatedBy: 'contact',
    lastMessage: {
      id: `msg_${id}`,
      direction: 'inbound',
      type: 'text',
      preview: `Hello from ${id}`,
      state: null,
      at: clock(at),
      version: 1,
    },
    lastActivityAt: clock(at),
    waitingSince: null,
    closeReason: null,
    closedAt: null,
    followUpAt: null,
    floodedAt: null,
    mergedInto: null,
    createdAt: clock(0),
    version: 1,
    ...more,
  };
}

export function message(id: string, conversationId: string, more: Partial<Message> = {}): Message {
  return {
    id,
    conversationId,
    channelId: 'chn_1',
    direction: 'outbound',
    origin: 'live',
    author: { type: 'user', id: 'usr_1' },
    content: { type: 'text', v: 1, text: id },
    state: 'queued',
    error: null,
    replyTo: null,
    reactions: [],
    tags: [],
    withdrawableUntil: null,
    flood: false,
    blocked: false,
    sentAt: clock(100),
    receivedAt: clock(100),
    displayAt: clock(100),
    deliveredAt: null,
    readAt: null,
    editedAt: null,
    revokedAt: null,
    version: 1,
    ...more,
  };
}

let serial = 1;

/** What the socket tells of a conversation as it is now. */
export function told(
  now: Conversation,
  type: 'message.created' | 'conversation.updated' = 'message.created',
): RealtimeItem {
  const { id, version, teamId, assigneeId, lifecycle, handler, unreadCount: unread, channel } = now;
  return {
    type: 'event',
    event: {
      id: `evt_${++serial}`,
      type,
      entityId: id,
      entityVersion: version,
      conversationId: id,
      conversationVersion: version,
      after: { channelId: channel.id, teamId, assigneeId, lifecycle, handler, unread },
      actor: { type: 'system', id: 'test' },
      at: clock(0),
      cursor: `c${serial}`,
    },
  };
}
