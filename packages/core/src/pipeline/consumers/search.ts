import { type Draft, draftsOf, followEvents } from '../../features/search/index.js';
import type { Consumer } from './consumer.js';

/** Keeps the search index a moment behind what was said. */
export const searchConsumer: Consumer<readonly Draft[]> = {
  name: 'search',
  prepare: draftsOf,
  handle: (ctx, _events, drafts) => followEvents(ctx, drafts),
};
