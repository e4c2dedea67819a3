export { listConversationsWith } from './reads.js';
