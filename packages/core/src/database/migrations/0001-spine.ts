import type { Migration } from '../migrate.js';
import { access } from './spine/access.js';
import { conversations } from './spine/conversations.js';
import { inbox } from './spine/inbox.js';
import { pipeline } from './spine/pipeline.js';

export const spine: Migration = {
  id: '0001-spine',
  steps: [...access, ...inbox, ...conversations, ...pipeline],
};
