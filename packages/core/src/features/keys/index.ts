export { createKey, revokeKey } from './actions.js';
export { actorOfKey, authenticateKey, isKey } from './authenticate.js';
export { listKeys } from './repository.js';
export { ApiKey, MadeApiKey, NewApiKey } from './schema.js';
