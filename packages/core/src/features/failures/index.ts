export { replayFailure } from './actions.js';
export { listFailures } from './repository.js';
export { InboundFailure } from './schema.js';
