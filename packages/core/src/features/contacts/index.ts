export { lookUpPeople, type People } from './people.js';
export { getContact } from './reads.js';
export {
  conversationsOf,
  findIdentities,
  findIdentity,
  findKeys,
  type IdentityRecord,
  insertIdentities,
  insertKeys,
  keysOf,
  moveKeys,
  removeKeys,
  touchContact,
  whereKeys,
} from './repository.js';
export { Contact } from './schema.js';
