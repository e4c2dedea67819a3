import { defineStorage } from '@tims/core/plugin';

/** MySQL 8 and MariaDB 10.11, and newer: for more than one server. */
export default defineStorage({
  id: 'mysql',
  title: 'MySQL and MariaDB',
  version: '0.1.0',
  schemes: ['mysql', 'mariadb'],
  // Loaded when used: an installation on SQLite never loads the driver.
  open: async (url) => (await import('./open.js')).open(url),
});
