export { readConversation, sendMessage } from './actions.js';
export { type ConversationPage, type ConversationPageRequest, getConversation, getMessagesById } from './reads.js';
export {
  findByExternalId,
  findMessages,
  insertMessages,
  knownExternalIds,
  type MessageRecord,
  updateMessages,
} from './repository.js';
export { Message, type MessageState, NewMessage } from './schema.js';
export { isForward } from './states.js';
