import { createTeam, getWorkload, Id, listTeams, NewTeam, Team, Workload } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, readAsOf, readContext, route } from './route.js';

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
    method: 'GET',
    url: '/teams/:id/workload',
    operation: 'teams.workload',
    summary: 'Who of the team has how much, and what waits in its queue; agents see their own line',
    access: 'workload:read',
    params: Type.Object({ id: Id('team') }),
    answer: Type.Object({ ...Workload.properties, asOf: Type.String() }, { title: 'Workload' }),
    handler: async ({ request, params }) => {
      const ctx = readContext(request);
      const asOf = await readAsOf(ctx);
      return { ...(await getWorkload(ctx, params.id)), asOf };
    },
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
