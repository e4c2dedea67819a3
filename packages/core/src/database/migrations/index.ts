import { spine } from './0001-spine.js';

/** All of core's migrations, oldest first. */
export const migrations = [spine];
