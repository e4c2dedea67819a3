export { getWorkload } from './reads.js';
export { Workload } from './schema.js';
