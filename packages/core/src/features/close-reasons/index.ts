export { addFirstCloseReasons, createCloseReason, deleteCloseReason, updateCloseReason } from './actions.js';
export { type CloseReasons, listCloseReasons, readCloseReasons } from './reads.js';
export { CloseReason, CloseReasonPatch, NewCloseReason } from './schema.js';
