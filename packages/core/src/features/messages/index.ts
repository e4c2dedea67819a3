export { sendMessage } from './actions.js';
export { readConversation } from './actions-read.js';
export { withdrawMessage } from './actions-withdraw.js';
export { erasedContent, veiledId, withVeiled } from './erased.js';
export { listMessages } from './list.js';
export { presentMessages } from './present.js';
export { getConversation, getMessagesById } from './reads.js';
export {
  findMessages,
  idsByExternalId,
  insertMessages,
  knownExternalIds,
  lockMessages,
  type MessageRecord,
  updateMessages,
} from './repository.js';
export { Message, NewMessage } from './schema.js';
export { isForward } from './states.js';
