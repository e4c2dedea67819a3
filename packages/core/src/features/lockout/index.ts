export { guarded, type Outcome } from './lockout.js';
