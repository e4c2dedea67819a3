export * from './policy.js';
export * from './table.js';
