export { undoMerge } from './actions.js';
export { linkContacts } from './actions-contacts.js';
export { mergeConversations } from './actions-conversations.js';
export { moveSome } from './actions-moving.js';
export { listMerges } from './reads.js';
export { lockMerge } from './repository.js';
export { ContactLink, ConversationMerge, Merge, MergeFilter } from './schema.js';
