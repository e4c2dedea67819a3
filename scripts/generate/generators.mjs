/**
 * Every generated file that is committed. An entry names its outputs and gives the command that writes them; `out`
 * turns an output into the path to write to, which under `--check` is a temporary one. Order matters: an entry may read
 * what stands before it (as it is committed).
 *
 * @type {import('./run.mjs').Generator[]}
 * @example
 * const document = 'packages/sdk/openapi.json';
 * const types = 'packages/sdk/src/generated/types.ts';
 * export const generators = [
 *   {
 *     name: 'OpenAPI document',
 *     outputs: [document],
 *     command: (out) => [process.execPath, 'packages/server/dist/openapi-document.js', out(document)],
 *   },
 *   {
 *     name: 'openapi-typescript',
 *     outputs: [types],
 *     command: (out) => [process.execPath, 'node_modules/openapi-typescript/bin/cli.js', document, '-o', out(types)],
 *   },
 * ];
 */
export const generators = [];
