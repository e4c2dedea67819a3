export type { Action } from './database/action.js';
export type { Context, ReadContext } from './database/context.js';
export { migrate, pendingMigrations, SchemaTooNewError } from './database/migrate.js';
export { migrations } from './database/migrations/index.js';
export type { Page, PageRequest } from './database/page.js';
export { reading, transaction } from './database/transaction.js';
export {
  type AccessLog,
  Activity,
  type ActivityData,
  ActivityFilter,
  ActivityPurge,
  ActivityVerification,
  accessRefused,
  expireActivities,
  exportActivities,
  leastActivityRetentionMs,
  listActivities,
  listActivitiesOfUser,
  type NewActivity,
  PurgedActivities,
  purgeActivities,
  readMark,
  verifyActivities,
} from './features/activities/index.js';
export { updateContact } from './features/blocks/index.js';
export { Bulk, BulkResult, bulk } from './features/bulk/index.js';
export {
  CannedResponse,
  CannedResponsePatch,
  createCannedResponse,
  getCannedResponse,
  listCannedResponses,
  NewCannedResponse,
  RenderedResponse,
  removeCannedResponse,
  renderCannedResponse,
  updateCannedResponse,
} from './features/canned-responses/index.js';
export * from './features/channels/index.js';
export {
  CloseReason,
  CloseReasonPatch,
  createCloseReason,
  deleteCloseReason,
  listCloseReasons,
  NewCloseReason,
  updateCloseReason,
} from './features/close-reasons/index.js';
export {
  ContactAttribute,
  ContactAttributePatch,
  createContactAttribute,
  deleteContactAttribute,
  listContactAttributes,
  NewContactAttribute,
  updateContactAttribute,
} from './features/contact-attributes/index.js';
export { ContactExport, exportContacts } from './features/contact-exports/index.js';
export {
  ContactImport,
  cancelImport,
  createImport,
  getImport,
  ImportQuery,
  ImportRow,
  ImportStart,
  listImportRows,
  listImports,
  purgeImports,
  RowFilter,
  readContactFile,
  startImport,
} from './features/contact-imports/index.js';
export {
  Contact,
  ContactFilter,
  ContactPatch,
  createContact,
  getContact,
  listContacts,
  NewContact,
} from './features/contacts/index.js';
export {
  Assignment,
  assignConversation,
  CanSend,
  Closing,
  Conversation,
  ConversationFilter,
  CountFilter,
  closeConversation,
  getConversationsById,
  getOwned,
  listConversations,
  pendConversation,
  ReadMark,
  reopenConversation,
  takeConversation,
} from './features/conversations/index.js';
export { Counts, countConversations, countDrift, rebuildCounts } from './features/counts/index.js';
export { Draft, DraftText, discardDraft, getDraft, listDrafts, saveOwnDraft } from './features/drafts/index.js';
export {
  Distinction,
  Duplicate,
  DuplicatePair,
  distinguishContacts,
  listDuplicatePairs,
  listDuplicates,
} from './features/duplicates/index.js';
export { Erasure, eraseContact, getErasure, listErasures } from './features/erasures/index.js';
export { InboundFailure, listFailures, replayFailure } from './features/failures/index.js';
export {
  createFollowUp,
  FollowUp,
  FollowUpFilter,
  FollowUpPatch,
  listFollowUps,
  NewFollowUp,
  updateFollowUp,
} from './features/follow-ups/index.js';
export * from './features/invitations/index.js';
export * from './features/keys/index.js';
export type { Mail, Mailer } from './features/mail/index.js';
export { addMember, NewMember, removeMember } from './features/members/index.js';
export {
  ContactLink,
  ConversationMerge,
  linkContacts,
  listMerges,
  Merge,
  MergeFilter,
  mergeConversations,
  undoMerge,
} from './features/merges/index.js';
export {
  getConversation,
  getMessagesById,
  listMessages,
  Message,
  NewMessage,
  readConversation,
  sendMessage,
  withdrawMessage,
} from './features/messages/index.js';
export {
  createContactNote,
  createNote,
  getNotesById,
  listContactNotes,
  listNotes,
  NewContactNote,
  NewNote,
  Note,
  NotePatch,
  removeNote,
  updateNote,
} from './features/notes/index.js';
export {
  listNotifications,
  Notification,
  NotificationFilter,
  NotificationsRead,
  readNotifications,
} from './features/notifications/index.js';
export { createOrganization, listOrganizationIds, organizationName } from './features/organizations/index.js';
export {
  addWatcher,
  listParticipants,
  NewWatcher,
  Participants,
  removeWatcher,
  Watcher,
} from './features/participants/index.js';
export {
  confirmReset,
  PasswordReset,
  PasswordResetRequest,
  requestReset,
} from './features/password-resets/index.js';
export { updateMe } from './features/profile/index.js';
export * from './features/roles/index.js';
export { MessageSearch, Search, SearchHit, search, searchMessages, searchPlaces } from './features/search/index.js';
export * from './features/second-factors/index.js';
export * from './features/sessions/index.js';
export {
  defaultOrganizationSettings,
  getSettings,
  listContactKinds,
  OrganizationSettings,
  OrganizationSettingsPatch,
  type RuleBook,
  type Rules,
  updateSettings,
} from './features/settings/index.js';
export { listContactConversations, StreamMessage, streamContact } from './features/streams/index.js';
export {
  createTag,
  deleteTag,
  listTags,
  NewTag,
  Tag,
  TagChoice,
  TagPatch,
  tagContact,
  tagConversation,
  tagMessage,
  untagContact,
  untagConversation,
  untagMessage,
  updateTag,
} from './features/tags/index.js';
export { createTeam, findTeam, listTeams, NewTeam, Team, TeamPatch, updateTeam } from './features/teams/index.js';
export { listConversationsWith } from './features/text-lists/index.js';
export { Transfer, transferConversation } from './features/transfers/index.js';
export {
  createUser,
  DirectoryEntry,
  findUser,
  findUserActor,
  listDirectory,
  listUsers,
  Me,
  MePatch,
  NewUser,
  Password,
  rememberSeen,
  setPassword,
  User,
  UserFilter,
  UserPatch,
  updateUser,
} from './features/users/index.js';
export { createView, listViews, NewView, removeView, updateView, View, ViewPatch } from './features/views/index.js';
export { getWorkload, Workload } from './features/workload/index.js';
export {
  type CoreSettings,
  defaultSettings,
  type Installation,
  type InstallationOptions,
  openInstallation,
} from './installation.js';
export type { Actor, Grants, Scope, SystemActor, UserActor } from './kernel/actor.js';
export { type Clock, systemClock } from './kernel/clock.js';
export { csvCell, csvLine } from './kernel/csv.js';
export { type ErrorCode, errorCatalogue, fail, TimsError } from './kernel/errors.js';
export { type IdKind, idPattern, idPrefixes, newId } from './kernel/ids.js';
export { type Log, silentLog } from './kernel/log.js';
export { nearest } from './kernel/nearest.js';
export { Id, Nullable, OneOf, Timestamp, timestamp } from './kernel/schema.js';
export { type Backlog, type CountsReport, checkCounts, readBacklog } from './pipeline/check-up.js';
export {
  type Ephemeral,
  type EphemeralItem,
  type PresenceState,
  presenceStates,
} from './pipeline/ephemeral.js';
export { type Cursor, decodeCursor, encodeCursor } from './pipeline/event-log/cursor.js';
export { ConversationScalars, type EventType, eventTypes, type LoggedEvent } from './pipeline/event-log/event.js';
export { cursorStands, followEvents, readEvents, readHead } from './pipeline/event-log/read.js';
export { listEvents, type Visibility, visibilityOf } from './pipeline/event-log/visibility.js';
export { createIngest, type Ingest, type IngestReport, type WebhookRequest } from './pipeline/ingest/index.js';
export { checkSearch, rebuildSearch, type SearchReport } from './pipeline/search-rebuild.js';
export { startWorkers, type Workers } from './pipeline/workers.js';
