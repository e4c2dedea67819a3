import { operationsOf, readDocument } from '../.vitepress/api/document.js';
import { titleOf } from '../.vitepress/api/pages.js';

/** Every operation, by the page that it stands on. */
export interface OperationGroup {
  tag: string;
  title: string;
  description: string;
  operations: { id: string; verb: string; method: string; path: string; summary: string }[];
}

export declare const data: OperationGroup[];

export default {
  load(): OperationGroup[] {
    const document = readDocument();
    return document.tags.map(({ name, description }) => ({
      tag: name,
      title: titleOf(name),
      description,
      operations: operationsOf(document, name).map(({ operationId, verb, method, path, summary }) => ({
        id: operationId,
        verb,
        method,
        path,
        summary,
      })),
    }));
  },
};
