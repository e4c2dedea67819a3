export { search, searchMessages } from './find.js';
export { draftsOf, followEvents } from './follow.js';
export { type Draft, draftOf, emptyDraft, writeDrafts } from './repository-index.js';
export { type Chunk, readChunk, readOrphans } from './repository-rebuild.js';
export { MessageSearch, Search, SearchHit, searchPlaces } from './schema.js';
