import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { eventTypes } from '@tims/core';
import fp from 'fastify-plugin';
import { Event } from '../routes/event-schema.js';
import { nameSchemas } from './name-schemas.js';

/** The document comes from the schemas of the routes that are registered after it, and from nowhere else. */
export const openapi = fp(
  async (app) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'TIMS',
          version: '0.1.0',
          description: 'All conversations. One team. One inbox.',
        },
        servers: [{ url: '/' }],
        tags: sections,
        components: {
          securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
        },
        webhooks: eventWebhooks(),
      },
      transformObject: (document) =>
        'openapiObject' in document ? nameSchemas(document.openapiObject) : document.swaggerObject,
    });
  },
  { name: 'openapi' },
);

/** The document and its pages, for people and tools. */
export const reference = fp(
  async (app) => {
    // Its routes are registered by the plugin, not by us: they state no access of their own.
    app.addHook('onRoute', (route) => {
      if (route.url.startsWith('/docs')) route.config = { ...route.config, access: 'public' };
    });
    await app.register(swaggerUi, {
      routePrefix: '/docs',
      // Everything it shows is served from here: it works without the internet.
      staticCSP: true,
      // Without the bar that asks for another document's address.
      uiConfig: { layout: 'BaseLayout', docExpansion: 'list', deepLinking: true },
      theme: { title: 'TIMS API' },
    });
    app.get('/openapi.json', {
      config: { access: 'public' },
      schema: { hide: true },
      handler: async () => app.swagger(),
    });
  },
  { name: 'reference', dependencies: ['openapi', 'limits'] },
);

/** In the order in which somebody who is new here needs them. */
const sections = [
  { name: 'auth', description: 'Sign in and out' },
  { name: 'me', description: 'Who is signed in, and their second factor' },
  { name: 'sessions', description: 'Where they are signed in' },
  { name: 'conversations', description: 'What waits, who has it, and what becomes of it' },
  { name: 'messages', description: 'Say something, and read what was said' },
  { name: 'tags', description: 'What conversations, messages and contacts are sorted by' },
  { name: 'closeReasons', description: 'Why conversations are closed' },
  { name: 'notes', description: 'What colleagues tell each other, and no customer sees' },
  { name: 'followUps', description: 'What comes back at a time' },
  { name: 'notifications', description: 'What is for the caller to know' },
  { name: 'drafts', description: 'What the caller has not sent yet' },
  { name: 'cannedResponses', description: 'Texts that are said often' },
  { name: 'participants', description: 'Who takes part in a conversation, and who watches it' },
  { name: 'views', description: 'Saved filters of the list of conversations' },
  { name: 'contacts', description: 'The people outside' },
  {
    name: 'merges',
    description: 'Contacts that are one person, conversations that are about the same; and undoing it',
  },
  { name: 'contactImports', description: 'Contacts out of a file' },
  { name: 'contactAttributes', description: 'What is kept of them beside name and kind' },
  { name: 'erasures', description: 'People who were erased' },
  { name: 'search', description: 'Find what was said, and by whom' },
  { name: 'events', description: 'Everything that happened, in order' },
  { name: 'realtime', description: 'The same, as it happens' },
  { name: 'directory', description: 'Colleagues' },
  { name: 'teams', description: 'Queues and who serves them' },
  { name: 'users', description: 'Who works here' },
  { name: 'invitations', description: 'Who is asked to join' },
  { name: 'roles', description: 'Who may do what' },
  { name: 'settings', description: 'What the organization decided for itself' },
  { name: 'keys', description: 'How programs get in' },
  { name: 'channels', description: 'Numbers and other ways in' },
  { name: 'failures', description: 'Webhooks that could not be taken in' },
  { name: 'activities', description: 'Who did what: the log that can be verified' },
  { name: 'webhooks', description: 'Where providers post' },
  { name: 'health', description: 'For whoever keeps it running' },
];

/** Each event type is a webhook of the document, so that clients' unions of events are generated. */
function eventWebhooks(): Record<string, never> {
  const webhooks: Record<string, unknown> = Object.fromEntries(
    Object.entries(eventTypes).map(([type, summary]) => [
      type,
      {
        post: {
          operationId: `event.${type}`,
          summary,
          requestBody: { content: { 'application/json': { schema: { ...Event } } } },
          responses: { '2XX': { description: 'Taken' } },
        },
      },
    ]),
  );
  // The plugin's type knows the path items of OpenAPI 3.0 only; a TypeBox schema is one of 3.1 as it is.
  return webhooks as Record<string, never>;
}
