export { updateContact } from './actions.js';
