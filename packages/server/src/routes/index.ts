import type { FastifyInstance } from 'fastify';
import { activities } from './activities.js';
import { auth } from './auth.js';
import { cannedResponses } from './canned-responses.js';
import { channels } from './channels.js';
import { closeReasons } from './close-reasons.js';
import { contactAttributes } from './contact-attributes.js';
import { contactImports } from './contact-imports.js';
import { contacts } from './contacts.js';
import { conversations } from './conversations.js';
import { directory } from './directory.js';
import { drafts } from './drafts.js';
import { erasures } from './erasures.js';
import { events } from './events.js';
import { failures } from './failures.js';
import { followUps } from './follow-ups.js';
import { invitations } from './invitations.js';
import { keys } from './keys.js';
import { merges } from './merges.js';
import { messages } from './messages.js';
import { notes } from './notes.js';
import { notifications } from './notifications.js';
import { participants } from './participants.js';
import { roles } from './roles.js';
import { search } from './search.js';
import { secondFactor } from './second-factor.js';
import { sessions } from './sessions.js';
import { settings } from './settings.js';
import { tags } from './tags.js';
import { teams } from './teams.js';
import { users } from './users.js';
import { views } from './views.js';

export async function routes(app: FastifyInstance): Promise<void> {
  for (const noun of [
    auth,
    sessions,
    secondFactor,
    keys,
    users,
    directory,
    roles,
    invitations,
    settings,
    teams,
    channels,
    contacts,
    contactImports,
    contactAttributes,
    merges,
    conversations,
    messages,
    tags,
    closeReasons,
    notes,
    notifications,
    followUps,
    cannedResponses,
    drafts,
    participants,
    views,
    search,
    erasures,
    failures,
    events,
    activities,
  ]) {
    noun(app);
  }
}
