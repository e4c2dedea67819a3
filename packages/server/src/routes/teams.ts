import { createTeam, listTeams, NewTeam, Team } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, route } from './route.js';

export function teams(app: FastifyInstance): void {
  route(app, {
    method: 'GET',
    url: '/teams',
    operation: 'teams.list',
    summary: 'Teams with their members, by key',
    access: 'directory:read',
    answer: ListOf(Team),
    handler: ({ request }) => asList(request, listTeams),
  });

  route(app, {
    method: 'POST',
    url: '/teams',
    operation: 'teams.create',
    summary: 'Create a team',
    access: 'teams:write',
    body: NewTeam,
    answer: Team,
    status: 201,
    errors: ['team_key_taken'],
    handler: ({ request, body, idempotencyKey }) =>
      createTeam(app.installation, actorOf(request), body, idempotencyKey),
  });
}
