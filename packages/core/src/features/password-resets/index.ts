export { confirmReset, requestReset, sendPasswordReset } from './actions.js';
export { PasswordReset, PasswordResetRequest } from './schema.js';
