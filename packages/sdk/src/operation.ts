/** What is known of an operation at run time; its types stand in `generated/types.ts`. */
export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `{name}` for each path parameter. */
  path: string;
  /** Beside a body, the names that go into the query; without one all do that the path leaves. */
  query?: readonly string[];
  /** It takes a JSON object. */
  body?: true;
  /** It takes a CSV file, the input's `csv`. */
  csv?: true;
  /** It takes an Idempotency-Key, so it may be tried again. */
  key?: true;
  /** It answers `{data: [...]}`. */
  list?: true;
  /** It answers a text, not JSON. */
  text?: true;
  /** It asks for no access token. */
  open?: true;
}

/** Where the parts of one flat input go. */
export interface Placed {
  path: Record<string, string>;
  query: Record<string, unknown>;
  body: Record<string, unknown> | undefined;
  /** Sent as it is. */
  csv: unknown;
}

/**
 * Sorts a flat input into path, query and body. What the operation does not know goes along and is refused by the
 * server, which says so; nothing is dropped in silence.
 *
 * @throws TypeError when a path parameter or the file is missing, or would change which path is called
 */
export function place(operation: Operation, input: Readonly<Record<string, unknown>>): Placed {
  const placed: Placed = { path: {}, query: {}, body: operation.body ? {} : undefined, csv: undefined };
  const inPath = new Set([...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''));
  for (const name of inPath) placed.path[name] = segment(operation, name, input[name]);
  for (const [name, value] of Object.entries(input)) {
    if (inPath.has(name) || value === undefined) continue;
    if (operation.csv && name === 'csv') {
      placed.csv = value;
      continue;
    }
    const target = placed.body && !operation.query?.includes(name) ? placed.body : placed.query;
    target[name] = value;
  }
  if (operation.csv && typeof placed.csv !== 'string' && !(placed.csv instanceof Blob)) {
    throw new TypeError(`${operation.method} ${operation.path} needs "csv", a string or a Blob`);
  }
  return placed;
}

function segment(operation: Operation, name: string, value: unknown): string {
  // `.` and `..` survive percent-encoding and would climb to another path.
  if (typeof value === 'string' && value !== '' && value !== '.' && value !== '..') return value;
  throw new TypeError(`${operation.method} ${operation.path} needs "${name}", a string that is not empty`);
}
