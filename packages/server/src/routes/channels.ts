import {
  Channel,
  ChannelKind,
  ChannelPatch,
  createChannel,
  getChannel,
  Id,
  listChannelKinds,
  listChannels,
  NewChannel,
  updateChannel,
} from '@tims/core';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf } from '../plugins/auth.js';
import { asList, ListOf, route } from './route.js';

const ChannelPath = Type.Object({ id: Id('channel') });

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
    params: ChannelPath,
    answer: Channel,
    handler: ({ request, params }) => getChannel(installation, actorOf(request), params.id),
  });

  route(app, {
    method: 'PATCH',
    url: '/channels/:id',
    operation: 'channels.update',
    summary: "Change a channel's name, default team or settings; secrets that are left out stay",
    access: 'channels:write',
    params: ChannelPath,
    body: ChannelPatch,
    answer: Channel,
    errors: ['channel_settings_invalid', 'channel_credentials_refused', 'channel_exists'],
    handler: ({ request, params, body, idempotencyKey }) =>
      updateChannel(installation, actorOf(request), { ...params, ...body }, idempotencyKey),
  });

  route(app, {
    method: 'GET',
    url: '/channel-kinds',
    operation: 'channels.kinds',
    summary: 'The kinds of channels that can be connected, with the settings that each takes',
    access: 'channels:read',
    answer: ListOf(ChannelKind),
    handler: ({ request }) => asList(request, listChannelKinds),
  });
}
