export { addUser, createUser, updateUser } from './actions.js';
export { newPasswordHash, passwordMatches } from './passwords.js';
export { createPresence, type Presence } from './presence.js';
export { endSessions, findAccount, findUser, findUserActor, listDirectory, listUsers } from './repository.js';
export { DirectoryEntry, Me, NewUser, User, UserPatch } from './schema.js';
