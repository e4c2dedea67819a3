import {
  Activity,
  ActivityFilter,
  ActivityPurge,
  ActivityVerification,
  exportActivities,
  fail,
  Id,
  listActivities,
  listActivitiesOfUser,
  PurgedActivities,
  purgeActivities,
  readMark,
  verifyActivities,
} from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { csvRoute } from './csv-route.js';
import { asList, ListOf, PageQuery, readContext, route } from './route.js';

const ListQuery = Type.Object(
  { ...ActivityFilter.properties, ...PageQuery.properties },
  { additionalProperties: false },
);

const VerificationQuery = Type.Object(
  {
    cursor: PageQuery.properties.cursor,
    expect: Type.Optional(
      Type.String({
        maxLength: 100,
        description: 'A head that was kept elsewhere, `<sequence>:<mac>`; give it with every part',
      }),
    ),
  },
  { additionalProperties: false },
);

export function activities(app: FastifyInstance): void {
  const { installation } = app;

  route(app, {
    method: 'GET',
    url: '/activities',
    operation: 'activities.list',
    summary: 'Who did what to what, when and from where, newest first',
    access: 'activities:read',
    query: ListQuery,
    answer: ListOf(Activity),
    errors: ['cursor_invalid'],
    handler: ({ request, query }) => asList(request, (ctx) => listActivities(ctx, query)),
  });

  route(app, {
    method: 'GET',
    url: '/users/:id/activity',
    operation: 'users.activity',
    summary: 'What one user did, newest first; everybody sees their own',
    access: 'signed_in',
    params: Type.Object({ id: Id('user') }),
    query: PageQuery,
    answer: ListOf(Activity),
    errors: ['cursor_invalid', 'forbidden'],
    handler: ({ request, params, query }) =>
      asList(request, (ctx) => listActivitiesOfUser(ctx, { ...params, ...query })),
  });

  route(app, {
    method: 'GET',
    url: '/activities/verification',
    operation: 'activities.verify',
    summary: 'Whether the log is as it was written: one part of it, and where to go on',
    access: 'activities:read',
    query: VerificationQuery,
    answer: ActivityVerification,
    errors: ['cursor_invalid'],
    handler: ({ request, query: { cursor, expect } }) =>
      verifyActivities(readContext(request), { cursor, expect: markOf(expect) }),
  });

  route(app, {
    method: 'POST',
    url: '/activities/purge',
    operation: 'activities.purge',
    summary: 'Remove what was recorded before a time, behind a signed checkpoint',
    access: 'activities:write',
    body: ActivityPurge,
    answer: PurgedActivities,
    errors: ['activities_broken'],
    handler: ({ request, body, idempotencyKey }) =>
      purgeActivities(installation, actorOf(request), body, idempotencyKey),
  });

  csvRoute(app, {
    url: '/activities/export.csv',
    operation: 'activities.export',
    summary: 'The log as CSV, newest first; the export is recorded too',
    access: 'activities:read',
    query: ActivityFilter,
    fileName: 'activities.csv',
    rows: (request, filter) => exportActivities(installation, actorOf(request), filter),
  });
}

function markOf(text: string | undefined) {
  if (text === undefined) return undefined;
  const message = 'must be `<sequence>:<mac>`';
  return readMark(text) ?? fail('validation_failed', undefined, { errors: [{ path: '/query/expect', message }] });
}
