export { type People, resolvePeople } from './people.js';
export { getContact } from './reads.js';
export { findIdentity, findKeys, type IdentityRecord, insertKeys, keysOf, moveKeys } from './repository.js';
export { Contact } from './schema.js';
