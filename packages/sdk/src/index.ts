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
export {
  createNotifications,
  type Notifications,
  type NotificationsOptions,
  type NotificationsSnapshot,
} from './notifications/notifications.js';
export { createOutbox, type Outbox, type OutboxOptions, type OutboxStorage } from './outbox/outbox.js';
export type { Outgoing } from './outbox/outgoing.js';
export { type TimelineItem, timeline } from './outbox/timeline.js';
export { type ThreadItem, withNotes } from './outbox/with-notes.js';
export { type Colleagues, type ColleaguesSnapshot, createColleagues } from './realtime/colleagues.js';
export type { RealtimeItem } from './realtime/items.js';
export type { Realtime, RealtimeOptions, RealtimeState } from './realtime/realtime.js';
export type { Telling } from './realtime/telling.js';
export type { WebSocketConstructor, WebSocketLike } from './realtime/web-socket.js';
export type { RetryPolicy } from './retries.js';
export type { Tokens } from './session.js';
export { type Aside, type Asides, type AsidesOptions, createAsides } from './store/asides.js';
export { matches } from './store/order.js';
export {
  type ConversationFilter,
  type ConversationList,
  listKey,
  type OpenConversation,
  type StoreSnapshot,
} from './store/snapshot.js';
export { createStore, type Store, type StoreOptions } from './store/store.js';
export { type Credentials, createTims, type Tims, type TimsOptions } from './tims.js';
export type {
  Activity,
  Answer,
  ApiKey,
  Call,
  CallOptions,
  CannedResponse,
  Channel,
  CloseReason,
  Contact,
  ContactAttribute,
  ContactImport,
  ContactPatch,
  Conversation,
  ConversationPage,
  Counts,
  Draft,
  Duplicate,
  DuplicatePair,
  Erasure,
  Event,
  FollowUp,
  ImportRow,
  InboundFailure,
  Input,
  Invitation,
  Me,
  Merge,
  Message,
  Note,
  Notification,
  OperationId,
  OrganizationSettings,
  OwnSession,
  Participants,
  Role,
  SearchHit,
  StreamMessage,
  Tag,
  Team,
  User,
  View,
  Workload,
} from './types.js';
