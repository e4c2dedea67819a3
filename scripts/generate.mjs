/**
 * Writes the generated files that are committed, or with `--check` says which of them have drifted from their source.
 *
 *     node scripts/generate.mjs            writes them
 *     node scripts/generate.mjs --check    compares, byte for byte; exit code 1 on drift
 *
 * Both need a build (`npm run build`). A new generated file is one more entry in generate/generators.mjs.
 */
import { parseArgs } from 'node:util';
import { generators } from './generate/generators.mjs';
import { drifted, write } from './generate/run.mjs';
import { root } from './setup.mjs';

const { values } = parseArgs({ options: { check: { type: 'boolean' } } });
const outputs = generators.flatMap((generator) => generator.outputs);

if (values.check) {
  const findings = await drifted(root, generators);
  for (const finding of findings) console.error(finding);
  if (findings.length > 0) {
    console.error('\nMend: npm run build && npm run generate, then commit what changed.');
    process.exitCode = 1;
  } else {
    console.log(`${outputs.length} generated files are up to date`);
  }
} else {
  await write(root, generators);
  for (const output of outputs) console.log(`wrote ${output}`);
}
