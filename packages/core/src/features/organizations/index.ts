export { createOrganization } from './actions.js';
export { listOrganizationIds } from './repository.js';
