export {
  assignConversation,
  change,
  changeEvent,
  closeConversation,
  pendConversation,
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
export { Assignment, CanSend, Closing, Conversation, ConversationFilter, ReadMark } from './schema.js';
export { type ConversationRecord, newborn, scalarsOf } from './state.js';
export { demandTransition, handTo } from './transitions.js';
