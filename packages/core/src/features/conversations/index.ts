export {
  assignConversation,
  changeEvent,
  closeConversation,
  pendConversation,
  perform,
  reopenConversation,
  takeConversation,
} from './actions.js';
export { type Act, assign, close, decide, pend, reopen, take } from './acts.js';
export { presentConversations } from './present.js';
export {
  canSendIn,
  conversationInSight,
  getConversationsById,
  getOwned,
  listConversations,
  sendingIn,
  viewConversation,
} from './reads.js';
export {
  findConversations,
  insertConversations,
  lockActive,
  lockAssigned,
  lockConversation,
  lockConversations,
  lockConversationsOf,
  lockConversationsOfIdentity,
  lockOngoingOf,
  lockThreads,
  saveConversation,
  severThreads,
  updateConversations,
} from './repository.js';
export { conversationsAmong, countPlaces, listConversationRecords, newestOfContacts } from './repository-list.js';
export { findReadMark, saveReadMark, saveReadMarks } from './repository-marks.js';
export {
  Assignment,
  CanSend,
  Closing,
  Conversation,
  ConversationFilter,
  CountFilter,
  ReadMark,
} from './schema.js';
export { type ConversationRecord, isErased, newborn, scalarsOf, statuses, statusOf } from './state.js';
export { blockedReason, closed, demandNotErased, demandTransition, handTo } from './transitions.js';
