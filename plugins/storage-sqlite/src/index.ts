import { defineStorage } from '@tims/core/plugin';

/** SQLite: the embedded default. One server on one file; no database to install. */
export default defineStorage({
  id: 'sqlite',
  title: 'SQLite',
  version: '0.1.0',
  schemes: ['sqlite'],
  // Loaded when used: an installation on another database never loads the driver.
  open: async (url) => (await import('./open.js')).open(url),
});
