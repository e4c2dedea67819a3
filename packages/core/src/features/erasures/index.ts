export { eraseContact } from './actions.js';
export { endConversations, forgetPerson } from './actions-end.js';
export { type Count, counting } from './counting.js';
export { getErasure, listErasures } from './reads.js';
export { type ErasurePlace, type ErasureRecord, findErasure, lockErasure, saveErasure } from './repository.js';
export { Erasure } from './schema.js';
