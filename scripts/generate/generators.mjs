/**
 * Every generated file that is committed. An entry names its outputs and gives the command that writes them; `out`
 * turns an output into the path to write to, which under `--check` is a temporary one. Order matters: an entry may read
 * what stands before it.
 *
 * @type {import('./run.mjs').Generator[]}
 * @example
 * {
 *   name: 'OpenAPI document',
 *   outputs: ['packages/sdk/openapi.json'],
 *   command: (out) => [process.execPath, 'packages/server/dist/openapi-document.js', out('packages/sdk/openapi.json')],
 * }
 */
export const generators = [];
