export { addMember, removeMember } from './actions.js';
export { NewMember } from './schema.js';
