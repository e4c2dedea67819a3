import { spine } from './0001-spine.js';
import { teamInbox } from './0002-team-inbox.js';

/** All of core's migrations, oldest first. */
export const migrations = [spine, teamInbox];
