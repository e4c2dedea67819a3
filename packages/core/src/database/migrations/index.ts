import { spine } from './0001-spine.js';
import { teamInbox } from './0002-team-inbox.js';
import { search } from './0003-search.js';

/** All of core's migrations, oldest first. */
export const migrations = [spine, teamInbox, search];
