export { cancelImport, createImport, startImport } from './actions.js';
export { runImport } from './actions-run.js';
export { attributesOf, fieldOfAttribute } from './attributes.js';
export { ownFields } from './columns.js';
export { readContactFile } from './read-file.js';
export { getImport, listImportRows, listImports } from './reads.js';
export { purgeImports } from './retention.js';
export { ContactImport, ImportQuery, ImportRow, ImportStart, RowFilter } from './schema.js';
