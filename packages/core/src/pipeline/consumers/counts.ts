import { applyToCounts } from '../../features/counts/index.js';
import type { Consumer } from './consumer.js';

/** Keeps how many conversations stand in each state, per team, assignee and channel. */
export const countsConsumer: Consumer = { name: 'counts', handle: applyToCounts };
