export { login, logout, refresh } from './actions.js';
export { authenticate } from './authenticate.js';
export { Login, RefreshToken, Session } from './schema.js';
export { issueTicket, redeemTicket } from './tickets.js';
