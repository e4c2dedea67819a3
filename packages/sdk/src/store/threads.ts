import type { Conversation, ConversationPage, Message } from '../types.js';
import { compare, type Place, placeIn } from './order.js';
import type { OpenConversation } from './snapshot.js';
import { sameJson } from './versions.js';

/** An open conversation as it is being kept. */
export interface ThreadState {
  loaded: boolean;
  /** Everything fetched; what is older than the edge is not shown, since there may be gaps before it. */
  messages: Map<string, Message>;
  /** The cursor of what is older; null at the beginning of the conversation. */
  before: string | null;
  edge: Place | undefined;
  canSend: ConversationPage['canSend'];
  preview: boolean;
  /** When the request was started whose answer is shown; answers to earlier ones come too late. */
  started: number;
  shown: OpenConversation | undefined;
}

export function newThread(): ThreadState {
  return {
    loaded: false,
    messages: new Map(),
    before: null,
    edge: undefined,
    canSend: { allowed: [], reason: null, windowEndsAt: null },
    preview: false,
    started: 0,
    shown: undefined,
  };
}

/** Takes in the newest page. */
export function takeNewest(thread: ThreadState, page: ConversationPage, started: number): void {
  if (started < thread.started) return;
  const before = headOf(thread);
  if (!continues(thread, page)) startOver(thread, page);
  if (page.before === null) startsHere(thread);
  takeMessages(thread, page.messages);
  Object.assign(thread, { loaded: true, canSend: page.canSend, preview: page.preview, started });
  if (!sameJson(before, headOf(thread))) thread.shown = undefined;
}

/** What is shown of it beside its messages. */
function headOf({ loaded, canSend, preview, before }: ThreadState) {
  return { loaded, canSend, preview, before };
}

/** Takes in the page before what was known. */
export function takeOlder(thread: ThreadState, page: ConversationPage): void {
  thread.before = page.before;
  const [first] = page.messages;
  if (first) thread.edge = placeIn(first);
  if (page.before === null) startsHere(thread);
  takeMessages(thread, page.messages);
  thread.shown = undefined;
}

/** Keeps the higher version of each. */
export function takeMessages(thread: ThreadState, messages: readonly Message[]): void {
  for (const message of messages) {
    const known = thread.messages.get(message.id);
    if (known && (message.version < known.version || sameJson(message, known))) continue;
    thread.messages.set(message.id, message);
    thread.shown = undefined;
  }
}

/** One that was taken back before it was sent. */
export function forgetMessage(thread: ThreadState | undefined, id: string): void {
  if (thread?.messages.delete(id)) thread.shown = undefined;
}

export function showThread(thread: ThreadState, conversation: Conversation | undefined): OpenConversation | undefined {
  if (!thread.loaded || !conversation) return undefined;
  if (thread.shown?.conversation === conversation) return thread.shown;
  const { canSend, preview, before } = thread;
  // When only the conversation changed, its messages stay as they are.
  const messages = thread.shown?.messages ?? messagesOf(thread);
  thread.shown = { conversation, messages, hasOlder: before !== null, canSend, preview };
  return thread.shown;
}

function messagesOf({ messages, edge }: ThreadState): Message[] {
  return [...messages.values()]
    .filter((message) => !edge || compare(placeIn(message), edge) >= 0)
    .sort((a, b) => compare(placeIn(a), placeIn(b)));
}

/** Whether nothing can be missing between what is known and the page. */
export function continues(thread: ThreadState, page: ConversationPage): boolean {
  if (!thread.loaded || thread.preview || page.preview) return false;
  const [oldest] = page.messages;
  if (page.before === null || !oldest) return true;
  return [...thread.messages.values()].some((message) => compare(placeIn(message), placeIn(oldest)) >= 0);
}

/** Forgets all but what is newer than the page; a preview is all there is. */
function startOver(thread: ThreadState, page: ConversationPage): void {
  const [oldest, newest] = [page.messages.at(0), page.messages.at(-1)];
  const newer = [...thread.messages].filter(
    ([, message]) => !page.preview && newest && compare(placeIn(message), placeIn(newest)) > 0,
  );
  thread.messages = new Map(newer);
  thread.shown = undefined;
  thread.before = page.before;
  thread.edge = oldest && placeIn(oldest);
}

function startsHere(thread: ThreadState): void {
  thread.before = null;
  thread.edge = undefined;
}
