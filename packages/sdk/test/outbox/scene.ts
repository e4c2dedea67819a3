import {
  createOutbox,
  type Message,
  type OpenConversation,
  type Outbox,
  type OutboxOptions,
  type OutboxStorage,
  TimsApiError,
  TimsNetworkError,
} from '../../src/index.js';
import { conversation, message } from '../inbox.js';
import { until } from '../until.js';

export const me = 'usr_me';
export const cut = () => new TimsNetworkError(new Error('socket hang up'));

/** What the server says no with. */
export function refusal(status: number, code: string, headers: Record<string, string> = {}): TimsApiError {
  return new TimsApiError(new Response(null, { status, headers }), { code, title: code, help: 'Do it right.' });
}

export interface Call {
  conversationId: string;
  text: string;
  replyTo: string | undefined;
  force: boolean | undefined;
  key: string;
  /** The server has it, as the message with this id. */
  take(id: string): void;
  fail(error: unknown): void;
}

export interface Scene {
  calls: Call[];
  /** The call with this number, once it was made. */
  call(index: number): Promise<Call>;
  /** Shows a message in the conversation, as the store does when the socket told of it. */
  show(shown: Message): void;
  open(options?: Partial<OutboxOptions>): Outbox;
  close(): void;
}

/** A sender whose answers the test gives, and a store whose open conversations the test fills. */
export function openScene(): Scene {
  const calls: Call[] = [];
  const opened = new Map<string, OpenConversation>();
  const listeners = new Set<() => void>();
  const outboxes: Outbox[] = [];
  const send = (
    input: { conversationId: string; text: string; replyTo?: string; force?: boolean },
    options: { idempotencyKey: string },
  ) =>
    new Promise<Message>((resolve, reject) => {
      const { conversationId, text, replyTo, force } = input;
      const take = (id: string) => resolve(message(id, conversationId, 1, mine(text)));
      calls.push({ conversationId, text, replyTo, force, key: options.idempotencyKey, take, fail: reject });
    });
  return {
    calls,
    call: (index) => until(() => calls[index]),
    show(shown) {
      const before = opened.get(shown.conversationId);
      opened.set(shown.conversationId, {
        conversation: conversation(shown.conversationId),
        messages: [...(before?.messages ?? []), shown],
        hasOlder: false,
        canSend: { allowed: ['text'], reason: null, windowEndsAt: null },
        preview: false,
      });
      for (const listener of [...listeners]) listener();
    },
    open(options = {}) {
      const outbox = createOutbox({
        // As much of the client as an outbox uses.
        tims: { messages: { send } } as unknown as OutboxOptions['tims'],
        store: {
          opened: (id) => opened.get(id),
          subscribe(listener) {
            listeners.add(listener);
            return () => void listeners.delete(listener);
          },
        },
        retryBaseMs: 5,
        retryCeilingMs: 10,
        ...options,
      });
      outboxes.push(outbox);
      return outbox;
    },
    close() {
      for (const outbox of outboxes) outbox.close();
    },
  };
}

export function mine(text: string): Partial<Message> {
  return { direction: 'outbound', author: { type: 'user', id: me }, content: { type: 'text', v: 1, text } };
}

/** A storage that lasts as long as the test. */
export function memory(text: string | null = null): OutboxStorage & { text: string | null } {
  const kept = {
    text,
    load: () => kept.text,
    save(next: string) {
      kept.text = next;
    },
  };
  return kept;
}

export const statesOf = (outbox: Outbox) => outbox.getSnapshot().map(({ text, state }) => `${text} ${state}`);
/** Lets everything run that needs no timer. */
export const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
