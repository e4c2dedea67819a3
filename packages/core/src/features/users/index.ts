export { addUser, createUser, joinOrganization, moveTeams, setPassword, tellElsewhere, updateUser } from './actions.js';
export { rememberSeen } from './last-seen.js';
export { newPasswordHash, passwordMatches } from './passwords.js';
export { createPresence, type Presence } from './presence.js';
export {
  findUser,
  findUserActor,
  findUserActors,
  findUsers,
  listDirectory,
  listUsers,
  lockUser,
  saveUser,
} from './repository.js';
export {
  type AccountRow,
  findAccount,
  findAccountById,
  membershipsOf,
  replacePassword,
  saveAccount,
} from './repository-accounts.js';
export { endSessions } from './repository-ending.js';
export {
  DirectoryEntry,
  Email,
  Me,
  MePatch,
  NewUser,
  Password,
  RoleKey,
  TeamsOfUser,
  User,
  UserFilter,
  UserPatch,
} from './schema.js';
export { signOutEverywhere } from './sign-out.js';
export { changeable, demandRole, demandTeams } from './standing.js';
