import { readDocument } from '../.vitepress/api/document.js';
import { apiPages } from '../.vitepress/api/pages.js';

// Each page is written when the site is built, from the document that the server and the SDK are made from.
export default {
  paths: () => apiPages(readDocument()).map(({ tag, markdown }) => ({ params: { tag }, content: markdown })),
};
