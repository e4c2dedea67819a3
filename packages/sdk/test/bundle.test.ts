import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type OutputChunk, rolldown } from 'rolldown';
import { expect, it } from 'vitest';

const limit = 15_000;

it('fits into a page: no module of Node, at most 15 kB', async () => {
  const input = fileURLToPath(new URL('../src/index.ts', import.meta.url));
  const bundle = await rolldown({ input, platform: 'browser' });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  await bundle.close();
  const chunks = output.filter((part): part is OutputChunk => part.type === 'chunk');
  expect(chunks.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports])).toEqual([]);
  const code = chunks.map((chunk) => chunk.code).join('');
  expect(code).toContain('deepObject'); // openapi-fetch is in it;
  expect(code).not.toMatch(/\bnode:/);
  expect(gzipSync(code).length).toBeLessThanOrEqual(limit);
});
