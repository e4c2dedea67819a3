export { distinguishContacts } from './actions.js';
export { listDuplicatePairs } from './pairs.js';
export { listDuplicates } from './reads.js';
export { Distinction, Duplicate, DuplicatePair } from './schema.js';
