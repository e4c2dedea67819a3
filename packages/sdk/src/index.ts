export {
  type ClientErrorCode,
  type ErrorCode,
  isTimsError,
  TimsApiError,
  TimsError,
  TimsNetworkError,
  TimsTimeoutError,
} from './errors.js';
export type { ListCall } from './list-call.js';
export { createOutbox, type Outbox, type OutboxOptions, type OutboxStorage } from './outbox/outbox.js';
export type { Outgoing } from './outbox/outgoing.js';
export { type TimelineItem, timeline } from './outbox/timeline.js';
export type { RealtimeItem } from './realtime/items.js';
export type { Realtime, RealtimeOptions, RealtimeState } from './realtime/realtime.js';
export type { WebSocketConstructor, WebSocketLike } from './realtime/web-socket.js';
export type { RetryPolicy } from './retries.js';
export type { Tokens } from './session.js';
export {
  type ConversationFilter,
  type ConversationList,
  listKey,
  type OpenConversation,
  type StoreSnapshot,
} from './store/snapshot.js';
export { createStore, type Store, type StoreOptions } from './store/store.js';
export { createTims, type Tims, type TimsOptions } from './tims.js';
export type {
  Answer,
  Call,
  CallOptions,
  Channel,
  Contact,
  Conversation,
  ConversationPage,
  Counts,
  Event,
  InboundFailure,
  Input,
  Me,
  Message,
  OperationId,
  SearchHit,
  Team,
  User,
} from './types.js';
