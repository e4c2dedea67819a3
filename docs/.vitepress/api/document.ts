import { readFileSync } from 'node:fs';

/** As much of OpenAPI as TIMS' document uses. */
export interface Schema {
  $ref?: string;
  type?: string;
  title?: string;
  description?: string;
  enum?: unknown[];
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  default?: unknown;
  examples?: unknown[];
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: Schema[];
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  /** The generator takes it out of the schema. */
  example?: unknown;
  schema: Schema;
}

interface Answer {
  description: string;
  content?: Record<string, { schema: Schema }>;
}

interface RawOperation {
  operationId: string;
  summary: string;
  tags: string[];
  parameters?: Parameter[];
  requestBody?: { content: { 'application/json'?: { schema: Schema }; 'text/csv'?: { schema: Schema } } };
  responses: Record<string, Answer>;
  'x-permission': string;
}

export interface Operation extends RawOperation {
  method: string;
  path: string;
  /** `take` of `conversations.take`: also its anchor on the page. */
  verb: string;
}

export interface ApiDocument {
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, RawOperation>>;
  webhooks: Record<string, { post: { summary: string } }>;
  components: { schemas: Record<string, Schema> };
}

/** The document of this version, as the server gives it at `/openapi.json`. */
export function readDocument(): ApiDocument {
  return JSON.parse(readFileSync(new URL('../../../packages/sdk/openapi.json', import.meta.url), 'utf8'));
}

export function operationsOf(document: ApiDocument, tag?: string): Operation[] {
  const all = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, raw]) => ({
      ...raw,
      method: method.toUpperCase(),
      path,
      verb: raw.operationId.split('.')[1] ?? '',
      // What a path does not have belongs to its sister with a channel of its own.
      parameters: raw.parameters?.filter((one) => one.in !== 'path' || path.includes(`{${one.name}}`)),
    })),
  );
  return tag === undefined ? all : all.filter(({ tags }) => tags.includes(tag));
}

/** What `$ref` names; the schema itself where it refers to nothing. */
export function resolve(document: ApiDocument, schema: Schema): Schema {
  return schema.$ref ? (document.components.schemas[nameOf(schema.$ref)] ?? {}) : schema;
}

export const nameOf = (ref: string) => ref.split('/').at(-1) ?? '';

/** The answer when all went well: its status and, where there is one, the schema of its body. */
export function successOf({ responses }: Operation): { status: string; type?: string; schema?: Schema } {
  const [status = '', answer] = Object.entries(responses).find(([code]) => code < '400') ?? [];
  const [type] = Object.keys(answer?.content ?? {});
  return { status, ...(type ? { type, schema: answer?.content?.[type]?.schema } : {}) };
}

/** How it can fail: the codes of docs/errors.md, by status. */
export function errorsOf({ responses }: Operation): { status: string; codes: string[] }[] {
  return Object.entries(responses)
    .filter(([status]) => status >= '400')
    .map(([status, { description }]) => ({ status, codes: description.split(', ') }));
}
