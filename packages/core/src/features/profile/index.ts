export { updateMe } from './actions.js';
