import {
  addMember,
  createTeam,
  fail,
  findTeam,
  getWorkload,
  Id,
  listTeams,
  NewMember,
  NewTeam,
  removeMember,
  Team,
  TeamPatch,
  updateTeam,
  Workload,
} from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, readAsOf, readContext, route } from './route.js';

const TeamPath = Type.Object({ id: Id('team') });

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

  route(app, {
    method: 'GET',
    url: '/teams/:id',
    operation: 'teams.get',
    summary: 'One team with its members',
    access: 'directory:read',
    params: TeamPath,
    answer: Team,
    handler: async ({ request, params }) =>
      (await findTeam(readContext(request), params.id)) ?? fail('not_found', `There is no team ${params.id}`),
  });

  route(app, {
    method: 'PATCH',
    url: '/teams/:id',
    operation: 'teams.update',
    summary: "Change a team's name or key",
    access: 'teams:write',
    params: TeamPath,
    body: TeamPatch,
    answer: Team,
    errors: ['team_key_taken'],
    handler: ({ request, params, body, idempotencyKey }) =>
      updateTeam(app.installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'POST',
    url: '/teams/:id/members',
    operation: 'teams.addMember',
    summary: 'Add a user to a team, or say whether they lead it',
    access: 'teams:write',
    params: TeamPath,
    body: NewMember,
    answer: Team,
    errors: ['rank_too_high'],
    handler: ({ request, params, body, idempotencyKey }) =>
      addMember(app.installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'DELETE',
    url: '/teams/:id/members/:userId',
    operation: 'teams.removeMember',
    summary: 'Take a user out of a team',
    access: 'teams:write',
    params: Type.Object({ id: Id('team'), userId: Id('user') }),
    answer: Team,
    errors: ['rank_too_high'],
    handler: ({ request, params, idempotencyKey }) =>
      removeMember(app.installation, actorOf(request), params, idempotencyKey),
  });
}
