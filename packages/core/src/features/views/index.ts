export { createView, removeView, updateView } from './actions.js';
export { listViews } from './reads.js';
export { NewView, View, ViewPatch } from './schema.js';
