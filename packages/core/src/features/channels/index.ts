export { createChannel, getChannel } from './actions.js';
export { type ChannelDirectory, createChannelDirectory, type KnownChannels, type OpenChannel } from './directory.js';
export { type ChannelRecord, findChannel, listChannels } from './repository.js';
export { Channel, NewChannel } from './schema.js';
