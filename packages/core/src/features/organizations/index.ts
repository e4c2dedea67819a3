export { createOrganization } from './actions.js';
export { listOrganizationIds, organizationName } from './repository.js';
