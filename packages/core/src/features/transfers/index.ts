export { transferConversation } from './actions.js';
export { Transfer } from './schema.js';
