export { createContactAttribute, deleteContactAttribute, updateContactAttribute } from './actions.js';
export { listContactAttributes } from './reads.js';
export { deleteAttribute, isBeingRemoved, listAttributeRows } from './repository.js';
export { AttributeValue, ContactAttribute, ContactAttributePatch, NewContactAttribute } from './schema.js';
export { checkAttributes, readAttributes } from './values.js';
