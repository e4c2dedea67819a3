export { forEachDatabase, forMariadb } from './for-each-database.js';
export { storageContract } from './storage-contract.js';
export { openSqlite, type TestDatabase } from './test-database.js';
