export { discardDraft, dropDraft, saveOwnDraft } from './actions.js';
export { getDraft, listDrafts } from './reads.js';
export { Draft, DraftText } from './schema.js';
