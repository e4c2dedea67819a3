import type { FastifyInstance } from 'fastify';
import { auth } from './auth.js';
import { channels } from './channels.js';
import { contacts } from './contacts.js';
import { conversations } from './conversations.js';
import { directory } from './directory.js';
import { events } from './events.js';
import { failures } from './failures.js';
import { invitations } from './invitations.js';
import { messages } from './messages.js';
import { roles } from './roles.js';
import { settings } from './settings.js';
import { teams } from './teams.js';
import { users } from './users.js';

export async function routes(app: FastifyInstance): Promise<void> {
  for (const noun of [
    auth,
    users,
    directory,
    roles,
    invitations,
    settings,
    teams,
    channels,
    contacts,
    conversations,
    messages,
    failures,
    events,
  ]) {
    noun(app);
  }
}
