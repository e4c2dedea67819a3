export { createRole, deleteRole, updateRole } from './actions.js';
export { demandGrantable } from './granting.js';
export * from './policy.js';
export { listRoles } from './reads.js';
export { type CustomRole, lockRole, readCustomRoles } from './repository.js';
export { NewRole, RolePatch, RoleView } from './schema.js';
export * from './table.js';
