import { type ApiDocument, operationsOf, type Schema, successOf } from '../../docs/.vitepress/api/document.js';
import { answersOf } from '../../packages/server/test/openapi/answers.js';

/**
 * What is wrong with a value that should be of a schema; undefined when nothing is.
 *
 * @param name of a schema of the document, or of an operation, whose answer it then is
 */
export function answerFault(document: ApiDocument, name: string, value: unknown): string | undefined {
  const operation = operationsOf(document).find(({ operationId }) => operationId === name);
  const schema: Schema = operation ? (successOf(operation).schema ?? {}) : { $ref: `#/components/schemas/${name}` };
  const json = 'application/json';
  const documented = { operationId: name, responses: { 200: { description: '', content: { [json]: { schema } } } } };
  const check = answersOf({ openapi: '3.1.0', paths: {}, webhooks: {}, components: document.components });
  const text = JSON.stringify(value);
  // Schemas are read more closely here than there; to ajv both are JSON.
  return check(documented as never, { status: 200, headers: { 'content-type': json }, body: value, text } as never);
}
