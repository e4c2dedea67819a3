import type { FastifyInstance } from 'fastify';
import { auth } from './auth.js';
import { channels } from './channels.js';
import { contacts } from './contacts.js';
import { conversations } from './conversations.js';
import { directory } from './directory.js';
import { events } from './events.js';
import { failures } from './failures.js';
import { messages } from './messages.js';
import { roles } from './roles.js';
import { search } from './search.js';
import { teams } from './teams.js';
import { users } from './users.js';

export async function routes(app: FastifyInstance): Promise<void> {
  for (const noun of [
    auth,
    users,
    directory,
    roles,
    teams,
    channels,
    contacts,
    conversations,
    messages,
    search,
    failures,
    events,
  ]) {
    noun(app);
  }
}
