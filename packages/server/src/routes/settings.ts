import { getSettings, OrganizationSettings, OrganizationSettingsPatch, updateSettings } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../plugins/auth.js';
import { readContext, route } from './route.js';

export function settings(app: FastifyInstance): void {
  route(app, {
    method: 'GET',
    url: '/settings',
    operation: 'settings.get',
    summary: "The organization's settings, with their defaults",
    access: 'settings:read',
    answer: OrganizationSettings,
    handler: ({ request }) => getSettings(readContext(request)),
  });

  route(app, {
    method: 'PATCH',
    url: '/settings',
    operation: 'settings.update',
    summary: 'Change settings; they hold for the next request, and for open sockets within seconds',
    access: 'settings:write',
    body: OrganizationSettingsPatch,
    answer: OrganizationSettings,
    handler: ({ request, body, idempotencyKey }) =>
      updateSettings(app.installation, actorOf(request), body, idempotencyKey),
  });
}
