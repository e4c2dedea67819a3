export { addWatcher, removeWatcher } from './actions.js';
export { listParticipants } from './reads.js';
export { findWatchers } from './repository.js';
export { NewWatcher, Participants, Watcher } from './schema.js';
