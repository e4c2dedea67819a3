export { addJob, type JobKind, type JobPayloads } from './repository.js';
