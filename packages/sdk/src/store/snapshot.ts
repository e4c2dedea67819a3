import type { Conversation, ConversationPage, Input, Message } from '../types.js';

/** What a list is narrowed by; the same words as `conversations.list`. */
export type ConversationFilter = Omit<Input<'conversations.list'>, 'ids' | 'cursor' | 'limit'>;

/** One list as it stands: last activity first. Unchanged lists keep their identity from snapshot to snapshot. */
export interface ConversationList {
  readonly filter: ConversationFilter;
  readonly conversations: readonly Conversation[];
  /** There are older ones: `loadMore`. */
  readonly hasMore: boolean;
  readonly loading: boolean;
}

/** A conversation that is open, with its messages, oldest first. */
export interface OpenConversation {
  readonly conversation: Conversation;
  readonly messages: readonly Message[];
  /** There are older ones: `loadOlder`. */
  readonly hasOlder: boolean;
  readonly canSend: ConversationPage['canSend'];
  /** Only the last messages are shown until the conversation is taken. */
  readonly preview: boolean;
}

export interface StoreSnapshot {
  /** By `listKey(filter)`. */
  readonly lists: ReadonlyMap<string, ConversationList>;
  /** By conversation id. */
  readonly open: ReadonlyMap<string, OpenConversation>;
}

/** The name under which a list stands: equal for filters that say the same. */
export function listKey(filter: ConversationFilter = {}): string {
  const said = Object.entries(filter).filter(([, value]) => value !== undefined);
  return JSON.stringify(said.sort(([a], [b]) => (a < b ? -1 : 1)));
}
