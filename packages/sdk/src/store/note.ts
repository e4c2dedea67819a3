import type { RealtimeItem } from '../realtime/items.js';
import type { Conversation, Event } from '../types.js';
import { mayMatch } from './order.js';
import { drop, type State } from './state.js';
import { forgetMessage } from './threads.js';

/** Notes what an item makes necessary: what is to be fetched goes into `wanted`, what is out of sight goes away. */
export function note(state: State, item: RealtimeItem): void {
  if (item.type === 'left') {
    state.watch.leave(item.conversationId);
    drop(state, item.conversationId);
  } else if (item.type === 'event' || item.type === 'entered') noteEvent(state, item.event);
}

function noteEvent(state: State, event: Event): void {
  const { conversationId, conversationVersion } = event;
  state.watch.tell(event.entityId, event.entityVersion);
  if (conversationId !== undefined && conversationVersion !== undefined) {
    state.watch.tell(conversationId, conversationVersion);
  }
  if (event.type === 'contact.updated') wantContact(state, event);
  else if (event.type === 'channel.updated') wantChannel(state, event);
  else if (conversationId === undefined || !/^(conversation|message|follow_up)\./.test(event.type)) return;
  else if (event.type === 'message.updated') wantMessage(state, event, conversationId);
  else wantConversation(state, event, conversationId);
}

function wantConversation(state: State, event: Event, id: string): void {
  const { held, threads, lists, wanted } = state;
  if (event.type === 'message.withdrawn') forgetMessage(threads.get(id), event.entityId);
  if (threads.has(id) && event.type !== 'conversation.read') wanted.threads.add(id);
  if (threads.has(id) && event.type === 'message.created') wanted.messages.set(event.entityId, event.entityVersion);
  const known = held.get(id);
  if (known && known.version >= (event.conversationVersion ?? 0)) return;
  // A conversation that is not held was not in any list; whether it is now, the event tells.
  if (known || threads.has(id) || [...lists.values()].some((list) => mayMatch(list.filter, event))) {
    wanted.conversations.add(id);
  }
}

function wantMessage({ held, threads, wanted }: State, event: Event, conversationId: string): void {
  const { entityId, entityVersion } = event;
  const last = held.get(conversationId)?.lastMessage;
  if (last?.id === entityId && last.version < entityVersion) wanted.conversations.add(conversationId);
  const thread = threads.get(conversationId);
  if (!thread) return;
  // What the customer does to a message, unlike a delivery state, can move the end of the sending window; and the
  // messages of a preview cannot be fetched by themselves.
  if (thread.preview || event.changes?.state === undefined) wanted.threads.add(conversationId);
  if ((thread.messages.get(entityId)?.version ?? 0) < entityVersion) wanted.messages.set(entityId, entityVersion);
}

function wantContact(state: State, { entityId, entityVersion }: Event): void {
  wantWhere(state, ({ contact }) => contact.id === entityId && contact.version < entityVersion);
}

/** A channel's name stands in its conversations, and whether it is active decides what can be sent. */
function wantChannel(state: State, { entityId }: Event): void {
  wantWhere(state, ({ channel }) => channel.id === entityId);
  for (const id of state.threads.keys()) {
    if (state.held.get(id)?.channel.id === entityId) state.wanted.threads.add(id);
  }
}

function wantWhere({ held, wanted }: State, concerns: (conversation: Conversation) => boolean): void {
  for (const [id, conversation] of held) if (concerns(conversation)) wanted.conversations.add(id);
}
