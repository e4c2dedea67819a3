/**
 * What the SDK must know of an operation to call it: everything else is types.
 *
 * @typedef {object} TableEntry
 * @property {string} method
 * @property {string} path with `{name}` for each path parameter
 * @property {string[]} [query] beside a body, the names that go into the query; without one all do that the path leaves
 * @property {true} [body] it takes a JSON object
 * @property {true} [csv] it takes a CSV file, which the flat object has as `csv`
 * @property {true} [key] it takes an Idempotency-Key
 * @property {true} [text] it answers a text, not JSON
 * @property {true} [list] it answers `{data: [...]}`
 * @property {true} [open] it asks for no access token
 */

/** @typedef {Record<string, unknown>} Json */

const methods = ['get', 'post', 'put', 'patch', 'delete'];
const idempotencyHeader = 'idempotency-key';

/**
 * The operations that clients call, by operationId: those that state an `x-permission`. Webhook and health endpoints are
 * called by others.
 *
 * @param {Json} document an OpenAPI 3.1 document
 * @returns {Record<string, TableEntry>} sorted by operationId
 * @throws when an operation cannot be called with one flat object: two of its parameters share a name, its body is
 *   neither an object nor CSV, or its operationId is not `resource.verb`
 */
export function operationTable(document) {
  const found = Object.entries(objectAt(document, 'paths')).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = objectAt(asObject(item), method);
      if (operation['x-permission'] === undefined) return [];
      const id = String(operation.operationId);
      if (!/^[a-z][a-zA-Z]*\.[a-z][a-zA-Z]*$/.test(id))
        throw new Error(`${method} ${path}: ${id} is not resource.verb`);
      return [/** @type {const} */ ([id, entryOf(document, id, method, path, operation)])];
    }),
  );
  const table = Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
  if (Object.keys(table).length !== found.length) throw new Error('Two operations have one operationId');
  return table;
}

/** @returns {TableEntry} */
function entryOf(
  /** @type {Json} */ document,
  /** @type {string} */ id,
  /** @type {string} */ method,
  /** @type {string} */ path,
  /** @type {Json} */ operation,
) {
  const parameters = listAt(operation, 'parameters').map((parameter) => resolve(document, asObject(parameter)));
  const placed = (/** @type {string} */ place) =>
    parameters.filter((parameter) => parameter.in === place).map((parameter) => String(parameter.name));
  const strange = [...placed('header'), ...placed('cookie')].filter((name) => name.toLowerCase() !== idempotencyHeader);
  if (strange.length > 0) throw new Error(`${id}: nothing passes the header ${strange[0]}`);
  const query = placed('query');
  const schema = objectAt(objectAt(objectAt(operation, 'requestBody'), 'content'), 'application/json').schema;
  const body = schema === undefined ? undefined : propertiesOf(document, id, asObject(schema));
  const csv = takesCsv(id, operation);
  refuseCollisions(id, [...placed('path'), ...query, ...(body ?? []), ...(csv ? ['csv'] : [])]);
  return {
    method: method.toUpperCase(),
    path,
    ...(body && query.length > 0 ? { query } : {}),
    ...(body ? { body: true } : {}),
    ...(csv ? { csv: true } : {}),
    ...(placed('header').length > 0 ? { key: true } : {}),
    ...(answersList(document, operation) ? { list: true } : {}),
    ...(answersText(operation) ? { text: true } : {}),
    ...(operation['x-permission'] === 'public' ? { open: true } : {}),
  };
}

/** A body of any other type than these two would be dropped in silence. */
function takesCsv(/** @type {string} */ id, /** @type {Json} */ operation) {
  const types = Object.keys(objectAt(objectAt(operation, 'requestBody'), 'content'));
  const strange = types.find((type) => type !== 'application/json' && type !== 'text/csv');
  if (strange !== undefined || types.length > 1)
    throw new Error(`${id}: nothing sends a body of ${types.join(' or ')}`);
  return types[0] === 'text/csv';
}

function refuseCollisions(/** @type {string} */ id, /** @type {string[]} */ names) {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new Error(`${id}: "${twice}" is in two of path, query and body; one flat object cannot say which`);
}

/** The names a body may have; each variant of a union counts. @returns {string[]} */
function propertiesOf(/** @type {Json} */ document, /** @type {string} */ id, /** @type {Json} */ schema) {
  const plain = resolve(document, schema);
  const variants = [...listAt(plain, 'anyOf'), ...listAt(plain, 'oneOf'), ...listAt(plain, 'allOf')];
  const names = variants.flatMap((variant) => propertiesOf(document, id, asObject(variant)));
  if (variants.length === 0 && plain.type !== 'object') throw new Error(`${id}: its body is no object`);
  return [...new Set([...names, ...Object.keys(objectAt(plain, 'properties'))])];
}

function answersList(/** @type {Json} */ document, /** @type {Json} */ operation) {
  const answer = objectAt(objectAt(objectAt(operation, 'responses'), '200'), 'content');
  const schema = resolve(document, objectAt(objectAt(answer, 'application/json'), 'schema'));
  return objectAt(objectAt(schema, 'properties'), 'data').type === 'array';
}

function answersText(/** @type {Json} */ operation) {
  const answer = objectAt(objectAt(objectAt(operation, 'responses'), '200'), 'content');
  return answer['text/csv'] !== undefined;
}

/** @returns {Json} */
function resolve(/** @type {Json} */ document, /** @type {Json} */ value) {
  if (typeof value.$ref !== 'string') return value;
  const steps = value.$ref.replace(/^#\//, '').split('/');
  return resolve(
    document,
    steps.reduce((at, step) => objectAt(at, step), document),
  );
}

/** @returns {Json} */
function objectAt(/** @type {Json} */ value, /** @type {string} */ name) {
  return asObject(value[name]);
}

/** @returns {unknown[]} */
function listAt(/** @type {Json} */ value, /** @type {string} */ name) {
  const list = value[name];
  return Array.isArray(list) ? list : [];
}

/** @returns {Json} what stands there, or nothing at all */
function asObject(/** @type {unknown} */ value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? /** @type {Json} */ (value) : {};
}
