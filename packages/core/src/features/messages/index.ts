export { readConversation, sendMessage } from './actions.js';
export { type ConversationPage, type ConversationPageRequest, getConversation, getMessagesById } from './reads.js';
export {
  findMessages,
  idsByExternalId,
  insertMessages,
  knownExternalIds,
  lockMessages,
  type MessageRecord,
  updateMessages,
} from './repository.js';
export { Message, type MessageState, NewMessage } from './schema.js';
export { isForward } from './states.js';
