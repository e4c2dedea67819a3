export { listSessions, revokeOtherSessions, revokeSession } from './actions.js';
export { authenticate, byKey, holderOf } from './authenticate.js';
export { csrfTokenFits, csrfTokenOf } from './csrf.js';
export { type Caller, login, logout, refresh, refreshTokenMs, sessionOfRefreshToken } from './login.js';
export { CookieSession, CsrfToken, Login, OwnSession, RefreshToken, Session } from './schema.js';
export { issueTicket, redeemTicket } from './tickets.js';
