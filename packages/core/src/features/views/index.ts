export { createView, removeView, updateView } from './actions.js';
export { listViews } from './reads.js';
export { NewView, View, ViewFilter, ViewPatch } from './schema.js';
