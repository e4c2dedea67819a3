export { bulk } from './actions.js';
export { Bulk, BulkResult } from './schema.js';
