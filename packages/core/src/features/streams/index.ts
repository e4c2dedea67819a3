export { listContactConversations, streamContact } from './reads.js';
export { StreamMessage } from './schema.js';
