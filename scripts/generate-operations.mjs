// Writes the table from which the SDK builds its resources: node scripts/generate-operations.mjs <openapi.json> <out.ts>
import { readFileSync, writeFileSync } from 'node:fs';
import { operationTable } from './generate/operation-table.mjs';

const [document, out] = process.argv.slice(2);
if (!document || !out) throw new Error('Say where the OpenAPI document is and where the table goes');

const table = operationTable(JSON.parse(readFileSync(document, 'utf8')));
const lines = Object.entries(table).map(([id, entry]) => `  '${id}': ${JSON.stringify(entry)},`);

writeFileSync(
  out,
  `/** Generated from openapi.json by scripts/generate-operations.mjs. Do not edit. */
import type { Operation } from '../operation.js';

export const operationTable = {
${lines.join('\n')}
} as const satisfies Record<string, Operation>;
`,
);
