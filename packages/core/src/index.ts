export * from './kernel/clock.js';
export * from './kernel/ids.js';
export * from './kernel/log.js';
