import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Answer } from '../stage/index.js';

/** The parts of the document that tests read. */
export interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, { post: Operation }>;
  components: { schemas: Record<string, object> };
}

export interface Operation {
  operationId: string;
  summary?: string;
  tags?: string[];
  security?: object[];
  'x-permission'?: string;
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  responses?: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}

export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  pattern?: string;
  enum?: string[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
}

/** Says what is wrong with an answer as its operation documents it; undefined when nothing is. */
export type AnswerCheck = (operation: Operation, answer: Answer) => string | undefined;

export function answersOf(document: Document): AnswerCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ $id: 'document', components: document.components });
  const known = new Map<object, ValidateFunction>();

  return (operation, { status, headers, body, text }) => {
    const response = operation.responses?.[status] ?? operation.responses?.[`${String(status)[0]}XX`];
    if (!response) return `${operation.operationId} does not document ${status}`;
    if (!response.content) return text === '' ? undefined : `${operation.operationId} answers ${status} with a body`;
    const type = headers['content-type']?.split(';')[0] ?? '';
    const schema = response.content[type]?.schema;
    if (!schema) return `${operation.operationId} answers ${status} as ${type}`;
    if (type.startsWith('text/')) return undefined;
    const validate = known.get(schema) ?? ajv.compile(absolute(schema));
    known.set(schema, validate);
    return validate(body)
      ? undefined
      : `${operation.operationId} ${status}: ${ajv.errorsText(validate.errors)} in ${text.slice(0, 500)}`;
  };
}

/** The document's own references, as ajv finds them. */
function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/'));
}

/** Every operation with its method and path. */
export function operationsOf(document: Document): { method: string; path: string; operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}
