export { createFollowUp, updateFollowUp } from './actions.js';
export { keepFollowUp, keepFollowUps } from './keep.js';
export { listFollowUps } from './reads.js';
export {
  conversationsToRemind,
  type FollowUpRecord,
  listToRemind,
  lockToRemind,
  setReminded,
} from './repository.js';
export { FollowUp, FollowUpFilter, FollowUpPatch, NewFollowUp } from './schema.js';
