export { createContact } from './actions.js';
export { changedContact } from './change.js';
export { decodePlace, encodePlace } from './cursor.js';
export { listContacts } from './list.js';
export { lookUpPeople, type People } from './people.js';
export { presentContacts as showContacts } from './present.js';
export { contactInSight, demandWritable, getContact, showContact } from './reads.js';
export {
  type ContactRecord,
  findContacts,
  findContactTags,
  insertContacts,
  lockContacts,
  saveContacts,
  touchContact,
} from './repository.js';
export {
  findIdentities,
  findIdentity,
  findKeys,
  type IdentityRecord,
  insertIdentities,
  insertKeys,
  keysOf,
  moveKeys,
  removeKeys,
  whereKeys,
} from './repository-identities.js';
export { contactsSeen, conversationsOf } from './repository-sight.js';
export { Contact, ContactFilter, ContactPatch, NewContact } from './schema.js';
