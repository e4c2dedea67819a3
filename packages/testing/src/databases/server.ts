/** A MariaDB of one's own, for what runs outside a test: benches and drills. */
export { createDatabase } from './create-database.js';
export { lackOfMariadb, startMariadb } from './mariadb.js';
