export { createChannel, getChannel } from './actions.js';
export { updateChannel } from './actions-update.js';
export { type ChannelDirectory, createChannelDirectory, type KnownChannels, type OpenChannel } from './directory.js';
export { listChannelKinds } from './kinds.js';
export { type ChannelRecord, findChannel, listChannels } from './repository.js';
export { Channel, ChannelKind, ChannelPatch, NewChannel } from './schema.js';
