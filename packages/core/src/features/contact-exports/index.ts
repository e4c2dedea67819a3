export { exportContacts } from './export.js';
export { ContactExport } from './schema.js';
