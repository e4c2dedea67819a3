export { type AppOptions, build } from './app.js';
