export { distinguishContacts } from './actions.js';
export { listDuplicates } from './reads.js';
export { Distinction, Duplicate } from './schema.js';
