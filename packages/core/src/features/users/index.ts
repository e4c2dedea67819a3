export { addUser, createUser, updateUser } from './actions.js';
export { rememberSeen } from './last-seen.js';
export { newPasswordHash, passwordMatches } from './passwords.js';
export { createPresence, type Presence } from './presence.js';
export { findAccount, findUser, findUserActor, listDirectory, listUsers } from './repository.js';
export { DirectoryEntry, Me, NewUser, User, UserPatch } from './schema.js';
