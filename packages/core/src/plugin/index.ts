/** All that a plugin imports. */
export * from './channel.js';
export * from './content.js';
export * from './inbound.js';
export * from './storage.js';
