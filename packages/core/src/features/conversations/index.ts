export {
  assignConversation,
  change,
  closeConversation,
  reopenConversation,
  takeConversation,
} from './actions.js';
export { canSendIn, getConversationsById, listConversations, viewConversation } from './reads.js';
export {
  findConversations,
  insertConversations,
  lockActive,
  lockConversation,
  lockConversationsOfIdentity,
  lockThreads,
  saveConversation,
  saveReadMark,
  updateConversations,
} from './repository.js';
export { listConversationRecords } from './repository-list.js';
export { Assignment, CanSend, CloseReason, Conversation, ConversationFilter, ReadMark } from './schema.js';
export { type ConversationRecord, scalarsOf, statuses } from './state.js';
export { demandTransition, handTo } from './transitions.js';
