export { countConversations } from './reads.js';
export { applyToCounts, countDrift, rebuildCounts } from './repository.js';
export { Counts } from './schema.js';
