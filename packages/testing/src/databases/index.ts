export { forEachDatabase } from './for-each-database.js';
export { storageContract } from './storage-contract.js';
export { type Mariadb } from './mariadb.js';
export type { TestDatabase } from './test-database.js';
