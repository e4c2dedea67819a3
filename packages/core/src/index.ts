export type { Action } from './database/action.js';
export type { Context, ReadContext } from './database/context.js';
export { migrate, pendingMigrations, SchemaTooNewError } from './database/migrate.js';
export { migrations } from './database/migrations/index.js';
export type { Page, PageRequest } from './database/page.js';
export { reading, transaction } from './database/transaction.js';
export { Activity, type ActivityData, type NewActivity } from './features/activities/index.js';
export * from './features/channels/index.js';
export { Contact, getContact } from './features/contacts/index.js';
export {
  Assignment,
  assignConversation,
  CanSend,
  CloseReason,
  Conversation,
  ConversationFilter,
  closeConversation,
  getConversationsById,
  listConversations,
  ReadMark,
  reopenConversation,
  takeConversation,
} from './features/conversations/index.js';
export { Counts, countConversations, countDrift, rebuildCounts } from './features/counts/index.js';
export { InboundFailure, listFailures, replayFailure } from './features/failures/index.js';
export {
  getConversation,
  getMessagesById,
  listMessages,
  Message,
  NewMessage,
  readConversation,
  sendMessage,
} from './features/messages/index.js';
export { createOrganization, listOrganizationIds } from './features/organizations/index.js';
export * from './features/roles/index.js';
export { MessageSearch, Search, SearchHit, search, searchMessages, searchPlaces } from './features/search/index.js';
export * from './features/sessions/index.js';
export {
  defaultOrganizationSettings,
  getSettings,
  OrganizationSettings,
  OrganizationSettingsPatch,
  type RuleBook,
  type Rules,
  updateSettings,
} from './features/settings/index.js';
export { createTeam, listTeams, NewTeam, Team } from './features/teams/index.js';
export {
  createUser,
  DirectoryEntry,
  findUser,
  findUserActor,
  listDirectory,
  listUsers,
  Me,
  NewUser,
  User,
  UserPatch,
  updateUser,
} from './features/users/index.js';
export {
  type CoreSettings,
  defaultSettings,
  type Installation,
  type InstallationOptions,
  openInstallation,
} from './installation.js';
export type { Actor, Grants, Scope, SystemActor, UserActor } from './kernel/actor.js';
export { type Clock, systemClock } from './kernel/clock.js';
export { type ErrorCode, errorCatalogue, fail, TimsError } from './kernel/errors.js';
export { type IdKind, idPattern, idPrefixes, newId } from './kernel/ids.js';
export { type Log, silentLog } from './kernel/log.js';
export { nearest } from './kernel/nearest.js';
export { Id, Nullable, OneOf, Timestamp, timestamp } from './kernel/schema.js';
export { type Backlog, type CountsReport, checkCounts, readBacklog } from './pipeline/check-up.js';
export { type Cursor, decodeCursor, encodeCursor } from './pipeline/event-log/cursor.js';
export { ConversationScalars, type EventType, eventTypes, type LoggedEvent } from './pipeline/event-log/event.js';
export { cursorStands, readEvents, readHead } from './pipeline/event-log/read.js';
export { listEvents, type Visibility, visibilityOf } from './pipeline/event-log/visibility.js';
export { createIngest, type Ingest, type IngestReport, type WebhookRequest } from './pipeline/ingest/index.js';
export { checkSearch, rebuildSearch, type SearchReport } from './pipeline/search-rebuild.js';
export { startWorkers, type Workers } from './pipeline/workers.js';
