import {
  createContactNote,
  createNote,
  getNotesById,
  Id,
  idPattern,
  listContactNotes,
  listNotes,
  NewContactNote,
  NewNote,
  Note,
  NotePatch,
  removeNote,
  updateNote,
} from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, IdList, ListOf, PageQuery, route } from './route.js';

const ById = Type.Object({ id: Id('note') });
const OfConversation = Type.Object({ id: Id('conversation') });
const OfContact = Type.Object({ id: Id('contact') });

export function notes(app: FastifyInstance): void {
  const { installation } = app;

  route(app, {
    method: 'GET',
    url: '/conversations/:id/notes',
    operation: 'notes.list',
    summary: 'Notes about a conversation: pinned ones first, then the newest',
    access: 'conversations:read',
    params: OfConversation,
    query: PageQuery,
    answer: ListOf(Note),
    errors: ['cursor_invalid'],
    handler: ({ request, params, query }) => asList(request, (ctx) => listNotes(ctx, { ...params, ...query })),
  });

  route(app, {
    method: 'POST',
    url: '/conversations/:id/notes',
    operation: 'notes.create',
    summary: 'Write a note about a conversation; the customer never sees it',
    access: 'conversations:read',
    params: OfConversation,
    body: NewNote,
    answer: Note,
    status: 201,
    errors: ['mention_out_of_sight', 'limit_reached'],
    handler: ({ request, params, body, idempotencyKey }) =>
      createNote(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'GET',
    url: '/contacts/:id/notes',
    operation: 'notes.listOfContact',
    summary: 'Notes about a contact: pinned ones first, then the newest',
    access: 'contacts:read',
    params: OfContact,
    query: PageQuery,
    answer: ListOf(Note),
    errors: ['cursor_invalid'],
    handler: ({ request, params, query }) => asList(request, (ctx) => listContactNotes(ctx, { ...params, ...query })),
  });

  route(app, {
    method: 'POST',
    url: '/contacts/:id/notes',
    operation: 'notes.createOfContact',
    summary: 'Write a note about a contact',
    access: 'conversations:note',
    params: OfContact,
    body: NewContactNote,
    answer: Note,
    status: 201,
    errors: ['mention_out_of_sight', 'limit_reached'],
    handler: ({ request, params, body, idempotencyKey }) =>
      createContactNote(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'GET',
    url: '/notes',
    operation: 'notes.byIds',
    summary: 'Notes by their ids: how a client fetches what events told it of',
    access: 'conversations:read',
    query: Type.Object({ ids: IdList(idPattern('note')) }, { additionalProperties: false }),
    answer: ListOf(Note),
    handler: ({ request, query }) => asList(request, (ctx) => getNotesById(ctx, query.ids.split(','))),
  });

  route(app, {
    method: 'PATCH',
    url: '/notes/:id',
    operation: 'notes.update',
    summary: 'Change what a note of your own says, or pin one',
    access: 'conversations:read',
    params: ById,
    body: NotePatch,
    answer: Note,
    errors: ['mention_out_of_sight', 'limit_reached'],
    handler: ({ request, params, body, idempotencyKey }) =>
      updateNote(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'DELETE',
    url: '/notes/:id',
    operation: 'notes.remove',
    summary: 'Remove a note: your own, or where you lead',
    access: 'conversations:read',
    params: ById,
    answer: null,
    handler: async ({ request, params, idempotencyKey }) => {
      await removeNote(installation, actorOf(request), params, idempotencyKey);
      return undefined;
    },
  });
}
