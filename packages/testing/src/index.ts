export * from './channel-contract.js';
export * from './databases/index.js';
