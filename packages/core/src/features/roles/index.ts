export * from './policy.js';
export { type CustomRole, readCustomRoles } from './repository.js';
export * from './table.js';
