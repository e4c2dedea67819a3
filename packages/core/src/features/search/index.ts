export { find } from './find.js';
export { draftsOf, followEvents } from './follow.js';
export { noteSearch, search, searchMessages } from './noted.js';
export { countDiffering, type Draft, emptyDraft, writeDrafts } from './repository-index.js';
export { readChunk, readNewest, readOrphans } from './repository-rebuild.js';
export { MessageSearch, Search, SearchHit, searchPlaces } from './schema.js';
