const document = 'packages/sdk/openapi.json';
const types = 'packages/sdk/src/generated/types.ts';
const operations = 'packages/sdk/src/generated/operations.ts';
const commands = 'docs/reference/commands.md';
const settings = 'docs/configuration.md';

/**
 * Every generated file that is committed. An entry names its outputs and gives the command that writes them; `out`
 * turns an output into the path to write to, which under `--check` is a temporary one. Order matters: an entry may read
 * what stands before it (as it is committed).
 *
 * @type {import('./run.mjs').Generator[]}
 */
export const generators = [
  {
    name: 'OpenAPI document',
    outputs: [document],
    command: (out) => [process.execPath, 'packages/server/dist/openapi-document.js', out(document)],
  },
  {
    name: 'openapi-typescript',
    outputs: [types],
    // A field with a default may be left out of a request, so the default must not make it required.
    command: (out) => [
      process.execPath,
      'packages/sdk/node_modules/openapi-typescript/bin/cli.js',
      document,
      '--default-non-nullable=false',
      '-o',
      out(types),
    ],
  },
  {
    name: 'SDK operations',
    outputs: [operations],
    command: (out) => [process.execPath, 'scripts/generate-operations.mjs', document, out(operations)],
  },
  {
    name: 'command reference',
    outputs: [commands],
    command: (out) => [process.execPath, 'scripts/generate-commands.mjs', out(commands)],
  },
  {
    name: 'tables of settings',
    outputs: [settings],
    command: (out) => [process.execPath, 'scripts/generate-settings.mjs', settings, out(settings)],
  },
];
