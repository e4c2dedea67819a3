export { createCannedResponse, removeCannedResponse, updateCannedResponse } from './actions.js';
export { getCannedResponse, listCannedResponses, renderCannedResponse } from './reads.js';
export { CannedResponse, CannedResponsePatch, NewCannedResponse, RenderedResponse } from './schema.js';
