/** What a page loads that calls the API, listens and keeps a store. */
export { createStore, createTims, isTimsError, TimsApiError } from '../../src/index.js';
