export { applyToCounts, countDrift, rebuildCounts } from './repository.js';
