import type { Migration } from '../migrate.js';
import { audit } from './team-inbox/audit.js';
import { contacts } from './team-inbox/contacts.js';
import { conversations } from './team-inbox/conversations.js';
import { firstRows } from './team-inbox/first-rows.js';
import { people } from './team-inbox/people.js';
import { teamwork } from './team-inbox/teamwork.js';

export const teamInbox: Migration = {
  id: '0002-team-inbox',
  steps: [...people, ...conversations, ...teamwork, ...contacts, ...audit, ...firstRows],
};
