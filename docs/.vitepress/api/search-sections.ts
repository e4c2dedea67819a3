import { type ApiDocument, operationsOf } from './document.js';
import { titleOf } from './pages.js';
import { anchorOf, fieldRows } from './schema-text.js';

interface SearchSection {
  anchor: string;
  titles: string[];
  text: string;
}

/** What the site's search finds on a page of the reference; VitePress itself indexes only pages that are files. */
export function searchSections(document: ApiDocument, tag: string): SearchSection[] {
  if (tag === 'shapes') {
    return Object.entries(document.components.schemas).map(([name, schema]) => ({
      anchor: anchorOf(name),
      titles: ['Shapes', name],
      text: fieldRows(document, schema)
        .map((row) => `${row.name} ${row.meaning}`)
        .join(' '),
    }));
  }
  return operationsOf(document, tag).map(({ operationId, verb, summary, method, path, ...operation }) => ({
    anchor: verb,
    titles: [titleOf(tag), operationId],
    text: `${summary} ${method} ${path} ${operation['x-permission']}`,
  }));
}
