export { createOrganization, type NewOrganization } from './actions.js';
export { listOrganizationIds } from './repository.js';
