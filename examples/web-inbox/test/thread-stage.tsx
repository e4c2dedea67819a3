import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  createAsides,
  createColleagues,
  createOutbox,
  createStore,
  createTims,
  type OpenConversation,
} from '@tims/sdk';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { type Connection, type Inbox, InboxProvider } from '../src/inbox-kit/inbox.js';
import { ConversationView } from '../src/inbox-kit/thread/ConversationView.js';
import { furnishBrowser } from './shell-browser.js';
import { conversation, installServer, message, type ShellServer, told } from './shell-server.js';

/** What the page asked, with what it gave. */
interface Asked {
  name: string;
  body: Record<string, unknown>;
}

type Answers = (asked: Asked) => { status?: number; body?: unknown } | undefined;

/** A conversation on its own, with a real client, store and outbox, and a server at the end of its fetch and socket. */
export interface Stage {
  server: ShellServer;
  inbox: Inbox;
  user: ReturnType<typeof userEvent.setup>;
  asked: Asked[];
  /** What is asked of it from now on, beside what the server answers by itself. */
  answer: Answers;
  /** Holds the answers to these back until the returned function is called. */
  hold(name: string): () => void;
  /** How many clicks there were. */
  clicks(): number;
  /** The connection is as told. */
  connect(state: Connection['state']): void;
  opened: string[];
}

export interface StageOptions {
  prepare?: (server: ShellServer) => void;
  opened?: Partial<Omit<OpenConversation, 'conversation' | 'messages'>> & { before?: string | null };
  children?: ReactNode;
  id?: string;
  /** What stays of a former stage: as after a reload. */
  keep?: boolean;
}

let close: (() => void) | undefined;

export const mine = { status: 'assigned', handler: 'user', assigneeId: 'usr_1' } as const;

/** Shows `cnv_1`, which is the signed-in user's unless prepared otherwise. */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
  close?.();
  if (!options.keep) localStorage.clear();
  furnishBrowser();
  HTMLCanvasElement.prototype.getContext = () => null;
  // A list of 800 pixels with lines of 40 each shows them all.
  Object.defineProperty(HTMLElement.prototype, 'offsetHeight', {
    configurable: true,
    get(this: HTMLElement) {
      return this.dataset.index === undefined ? 800 : 40;
    },
  });
  const server = installServer();
  server.conversations.push(conversation('cnv_1', 1, mine));
  server.messages.push(message('msg_1', 'cnv_1', inbound('Good morning')));
  options.prepare?.(server);
  const stage = listenTo(options);
  const { inbox, end } = openInbox(server, stage);
  const counting = () => void stage.count++;
  document.addEventListener('click', counting, true);
  const user = userEvent.setup();
  const { id = 'cnv_1' } = options;
  const opened: string[] = [];
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <InboxProvider inbox={inbox}>
        {options.children ?? (
          <ConversationView
            id={id}
            onClose={() => opened.push('list')}
            profileOpen={false}
            onToggleProfile={() => opened.push('profile')}
            onOpenConversation={(other) => opened.push(other)}
          />
        )}
      </InboxProvider>
    </QueryClientProvider>,
  );
  close = () => {
    cleanup();
    end();
    document.removeEventListener('click', counting, true);
    vi.unstubAllGlobals();
    close = undefined;
  };
  await act(async () => new Promise((resolve) => setTimeout(resolve, 30)));
  return Object.assign(stage, { server, inbox, user, opened, clicks: () => stage.count });
}

/** To be called after each test. */
export function closeStage(): void {
  close?.();
  localStorage.clear();
}

export function inbound(text: string) {
  return {
    direction: 'inbound',
    author: { type: 'contact', id: 'idn_1' },
    content: { type: 'text', v: 1, text },
    state: null,
  } as const;
}

/** The conversation is so from now on, and the socket tells. */
export async function becomes(stage: Stage, more: Parameters<typeof conversation>[2]): Promise<void> {
  const before = stage.server.conversations.find(({ id }) => id === 'cnv_1');
  const now = { ...conversation('cnv_1', 60), ...before, ...more, version: (before?.version ?? 0) + 1 };
  stage.server.conversations = [...stage.server.conversations.filter(({ id }) => id !== 'cnv_1'), now];
  await act(async () => stage.server.tell(told(now, 'conversation.updated')));
}

/** Somebody writes, and the socket tells. */
export async function arrives(stage: Stage, ...messages: ReturnType<typeof message>[]): Promise<void> {
  stage.server.messages.push(...messages);
  await becomes(stage, { unreadCount: messages.length });
}

/** Everything that was asked for under this name. */
export function askedFor(stage: Stage, name: string): Asked['body'][] {
  return stage.asked.filter((one) => one.name === name).map(({ body }) => body);
}

function listenTo({ opened }: StageOptions) {
  const inner = globalThis.fetch;
  const gates = new Map<string, Promise<void>>();
  const stage = {
    asked: [] as Asked[],
    answer: (() => undefined) as Answers,
    count: 0,
    connect: (() => {}) as Stage['connect'],
    hold(name: string) {
      let release = () => {};
      gates.set(
        name,
        new Promise<void>((resolve) => {
          release = resolve;
        }),
      );
      return () => {
        gates.delete(name);
        release();
      };
    },
  };
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname } = new URL(request.url);
    const text = request.method === 'GET' ? '' : await request.clone().text();
    const asked = { name: `${request.method} ${pathname}`, body: text ? JSON.parse(text) : {} };
    stage.asked.push(asked);
    await gates.get(asked.name);
    const answered = stage.answer(asked);
    if (answered) {
      const { status = 200, body } = answered;
      return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
    }
    const response = await inner(request);
    if (!opened || asked.name !== 'GET /api/conversations/cnv_1' || !response.ok) return response;
    return Response.json({ ...(await response.json()), ...opened });
  });
  return stage;
}

function openInbox(server: ShellServer, stage: { connect: (state: Connection['state']) => void }) {
  const tims = createTims({ url: location.origin, accessToken: 'access.0', retries: 0 });
  const store = createStore(tims);
  const storage = {
    load: () => localStorage.getItem('outbox'),
    save: (text: string) => localStorage.setItem('outbox', text),
  };
  const outbox = createOutbox({ tims, store, storage, retryBaseMs: 5 });
  const live = store.connect();
  let snapshot: Connection = { state: 'live', since: undefined };
  const listeners = new Set<() => void>();
  stage.connect = (state) =>
    act(() => {
      snapshot = { state, since: state === 'live' ? undefined : Date.now() };
      for (const listener of listeners) listener();
    });
  const connection = {
    getSnapshot: () => snapshot,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const asides = createAsides({ tims, live });
  const present = createColleagues(live);
  const end = () => {
    live.close();
    outbox.close();
    asides.close();
    store.close();
  };
  return {
    inbox: { tims, store, outbox, asides, present, telling: live, live, me: server.me, connection },
    end,
  };
}
