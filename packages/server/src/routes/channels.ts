import { Channel, createChannel, getChannel, Id, listChannels, NewChannel } from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, route } from './route.js';

export function channels(app: FastifyInstance): void {
  const { installation } = app;

  route(app, {
    method: 'GET',
    url: '/channels',
    operation: 'channels.list',
    summary: 'Channels, without their secrets',
    access: 'channels:read',
    answer: ListOf(Channel),
    handler: ({ request }) => asList(request, listChannels),
  });

  route(app, {
    method: 'POST',
    url: '/channels',
    operation: 'channels.create',
    summary: 'Connect a channel; the provider is asked whether its credentials work',
    access: 'channels:write',
    body: NewChannel,
    answer: Channel,
    status: 201,
    errors: ['channel_settings_invalid', 'channel_credentials_refused', 'channel_exists', 'not_found'],
    handler: ({ request, body, idempotencyKey }) => createChannel(installation, actorOf(request), body, idempotencyKey),
  });

  route(app, {
    method: 'GET',
    url: '/channels/:id',
    operation: 'channels.get',
    summary: 'One channel',
    access: 'channels:read',
    params: Type.Object({ id: Id('channel') }),
    answer: Channel,
    handler: ({ request, params }) => getChannel(installation, actorOf(request), params.id),
  });
}
