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
  viewConversation,
} from './reads.js';
export {
  findConversations,
  insertConversations,
  lockActive,
  lockConversation,
  lockConversations,
  lockConversationsOfIdentity,
  lockThreads,
  saveConversation,
  severThreads,
  updateConversations,
} from './repository.js';
export { countPlaces, listConversationRecords } from './repository-list.js';
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
export { closed, demandNotErased, demandTransition, handTo } from './transitions.js';
