import type { OpenAPIV3, OpenAPIV3_1 } from 'openapi-types';

type Document = Partial<OpenAPIV3.Document | OpenAPIV3_1.Document>;
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * Moves every schema that has a title to `components.schemas` under that title and refers to it, so that generated
 * types have names. Two schemas of one title must be equal.
 */
export function nameSchemas(document: Document): Document {
  const plain: Json = JSON.parse(JSON.stringify(document));
  const schemas: Record<string, Json> = {};
  const named = replace(plain, schemas);
  if (!isObject(named)) return document;
  const components = isObject(named.components) ? named.components : {};
  return { ...named, components: { ...components, schemas: sorted(schemas) } } as Document; // the same document, schemas moved
}

function replace(value: Json, schemas: Record<string, Json>): Json {
  if (Array.isArray(value)) return value.map((item) => replace(item, schemas));
  if (!isObject(value)) return value;
  const { title } = value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item, schemas)]));
  if (typeof title !== 'string' || !('type' in value || 'anyOf' in value)) return inner;
  const known = schemas[title];
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(inner)) {
    throw new TypeError(`Two schemas are called ${title}`);
  }
  schemas[title] = inner;
  return { $ref: `#/components/schemas/${title}` };
}

function sorted(schemas: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
