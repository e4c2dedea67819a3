import fc from 'fast-check';
import type { Document, Operation, Parameter, Schema } from './answers.js';

/** A request as it goes out: everything in it may be wrong. */
export interface WildRequest {
  path: string;
  body: string | Buffer | undefined;
  headers: Record<string, string>;
}

/** Values that exist: ids by their prefix, the caller's own and another organization's; others by the parameter's name. */
export type KnownIds = Record<string, readonly string[]>;

/** Texts that some layer of some program has stumbled over. */
const nastyTexts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\udfff\ud800',
  '\uffff',
  '\u202e',
  'e\u0301'.repeat(500),
  '👩‍👩‍👧‍👦'.repeat(100),
  'x'.repeat(300),
  'x'.repeat(70_000),
  '../../../etc/passwd',
  '..%2f..%2f',
  "'; drop table users; --",
  '" or ""="',
  '\\',
  '%',
  '%00',
  '$(id)',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '-1',
  '1e309',
  '999999999999999999999999',
  '1.5',
  'true',
  '2026-02-30T25:61:61Z',
];

const nastyValues: unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e21,
  -0,
  2 ** 53,
  [],
  {},
  [[]],
  [null],
  { a: { b: {} } },
  { toString: 1 },
];

const text = fc.oneof(fc.constantFrom(...nastyTexts), fc.string({ unit: 'binary', maxLength: 40 }));
const anything = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...nastyValues) },
  { weight: 3, arbitrary: text },
  { weight: 1, arbitrary: fc.array(text, { maxLength: 200 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
);

const rawBodies: (string | Buffer)[] = [
  '',
  ' ',
  '{',
  '{"a":1,}',
  '{"a":1}{"b":2}',
  '[1',
  'null',
  '"text"',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"a":NaN}',
  '\ufeff{}',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  Buffer.from('{"a":1}', 'utf16le'),
  Buffer.alloc(1024 * 1024 + 1, 0x20),
];

const contentTypes = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonp',
  'application/json; charset=utf-16',
  'application/json; charset="',
  'application/json;;;',
  'APPLICATION/JSON',
  'garbage',
  '*/*',
];

const oddHeaders: Record<string, string>[] = [
  { 'idempotency-key': 'a key' },
  { 'idempotency-key': 'k'.repeat(129) },
  { 'idempotency-key': 'same' },
  { 'x-http-method-override': 'DELETE' },
  { 'content-encoding': 'gzip' },
  { 'accept-version': '9' },
  { accept: 'text/html' },
  { expect: 'nothing' },
  { host: 'evil.example' },
  { 'x-forwarded-for': "' or 1=1" },
  { range: 'bytes=0-1' },
];

/** Requests to an operation: mostly right, each with a few things that are not. */
export function requestsTo(
  document: Document,
  path: string,
  operation: Operation,
  ids: KnownIds,
): fc.Arbitrary<WildRequest> {
  const parameters = operation.parameters ?? [];
  const inPath = fc.record(
    Object.fromEntries(parameters.filter((one) => one.in === 'path').map((one) => [one.name, place(one, ids)])),
  );
  const inQuery = fc.tuple(...parameters.filter((one) => one.in === 'query').map((one) => pairs(one, ids)));
  const schema = operation.requestBody?.content['application/json']?.schema;
  const body = schema ? bodies(document, schema, ids) : rarely(anything.map(json));
  return fc
    .record({
      inPath,
      query: fc.tuple(
        inQuery,
        rarely(fc.tuple(text, text)).map((pair) => (pair ? [pair] : [])),
      ),
      body,
      type: fc.oneof(
        { weight: 9, arbitrary: fc.constant('application/json') },
        { weight: 1, arbitrary: fc.constantFrom(...contentTypes) },
      ),
      odd: rarely(fc.constantFrom(...oddHeaders)),
    })
    .map(({ inPath: values, query: [declared, unknown], body: sent, type, odd }) => ({
      path: filled(path, values) + queryOf([...declared.flat(), ...unknown]),
      body: sent,
      headers: { ...(sent === undefined ? {} : { 'content-type': type }), ...odd },
    }));
}

function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 1, arbitrary }, { weight: 6, arbitrary: fc.constant(undefined) });
}

function place(parameter: Parameter, ids: KnownIds): fc.Arbitrary<string> {
  const strange = text.filter((value) => value !== '' && value.length < 400);
  return fc.oneof({ weight: 4, arbitrary: goodValue(parameter, ids) }, { weight: 2, arbitrary: strange });
}

/** A value that is known for the parameter's name, or one that its schema takes. */
function goodValue({ name, schema }: Parameter, known: KnownIds): fc.Arbitrary<string> {
  const named = known[name];
  return named ? fc.constantFrom(...named) : valid(schema, known).map(String);
}

function pairs(parameter: Parameter, ids: KnownIds): fc.Arbitrary<[string, string][]> {
  const value = fc.oneof({ weight: 6, arbitrary: goodValue(parameter, ids) }, { weight: 1, arbitrary: text });
  const times = fc.oneof(
    { weight: parameter.required ? 1 : 8, arbitrary: fc.constant(0) },
    { weight: 8, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.constant(2) },
  );
  const named = value.map((one): [string, string] => [parameter.name, one]);
  return times.chain((count) => fc.array(named, { minLength: count, maxLength: count }));
}

function bodies(document: Document, schema: Schema, ids: KnownIds): fc.Arbitrary<string | Buffer | undefined> {
  return fc.oneof(
    { weight: 12, arbitrary: shaped(document, schema, ids).map(json) },
    { weight: 2, arbitrary: anything.map(json) },
    { weight: 3, arbitrary: fc.constantFrom(...rawBodies) },
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: shaped(document, schema, ids).map(twice) },
  );
}

function json(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}

/** Each field said twice. */
function twice(value: unknown): string {
  const once = json(value);
  return once.startsWith('{"') ? `${once.slice(0, -1)},${once.slice(1)}` : once;
}

/** A value of the schema's shape in which now and then a part is anything. */
function shaped(document: Document, schema: Schema, ids: KnownIds): fc.Arbitrary<unknown> {
  if (schema.$ref) {
    const named = document.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
    return shaped(document, named as Schema, ids); // a component is a schema
  }
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => shaped(document, one, ids)));
  const within = (inner: Schema) =>
    fc.oneof({ weight: 8, arbitrary: shaped(document, inner, ids) }, { weight: 1, arbitrary: anything });
  if (schema.properties) {
    const fields = Object.fromEntries(Object.entries(schema.properties).map(([name, inner]) => [name, within(inner)]));
    const known = fc.record(fields, { requiredKeys: schema.required ?? [] });
    const missing = fc.record(fields, { requiredKeys: [] });
    const unknown = fc.tuple(known, text, anything).map(([value, name, extra]) => ({ ...value, [name]: extra }));
    return fc.oneof(
      { weight: 8, arbitrary: known },
      { weight: 1, arbitrary: missing },
      { weight: 1, arbitrary: unknown },
    );
  }
  if (schema.items) return fc.array(within(schema.items), { maxLength: 4 });
  return valid(schema, ids);
}

/** A value that the schema takes, ids preferably such as exist. */
function valid(schema: Schema, ids: KnownIds): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const prefix = /\^([a-z]{3})_/.exec(schema.pattern ?? '')?.[1];
  const known = prefix === undefined ? undefined : ids[prefix];
  if (known) return fc.constantFrom(...known, `${prefix}_${'0'.repeat(26)}`);
  switch (schema.type) {
    case 'integer':
      return fc.integer({ min: (schema.minimum ?? 0) - 1, max: (schema.maximum ?? 100) + 1 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'object':
      return fc.dictionary(text, anything, { maxKeys: 3 });
    default:
      return schema.pattern
        ? fc.constantFrom('someone@example.com', 'tx', 'x')
        : fc.oneof(text, fc.string({ minLength: 8, maxLength: 20 }));
  }
}

function filled(path: string, values: Record<string, string>): string {
  return path.replace(/\{(\w+)\}/g, (_all, name) => encoded(values[name] ?? ''));
}

function queryOf(query: readonly (readonly [string, string])[]): string {
  return query.length === 0 ? '' : `?${query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')}`;
}

/** `encodeURIComponent` throws on half a character; through UTF-8 it becomes U+FFFD. */
function encoded(value: string): string {
  return encodeURIComponent(Buffer.from(value).toString());
}
