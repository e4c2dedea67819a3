import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type OutputChunk, rolldown } from 'rolldown';
import { expect, it } from 'vitest';

it('fits into a page: no module of Node, and at most 15 kB for the client, realtime and the store', async () => {
  const code = await bundled('./pages/client-and-store.ts');
  expect(code).toContain('deepObject'); // openapi-fetch is in it;
  expect(code).not.toMatch(/\bnode:/);
  expect(gzipSync(code).length).toBeLessThanOrEqual(15_000);
});

it('gives a whole inbox what it needs in at most 17 kB', async () => {
  const code = await bundled('../src/index.ts');
  expect(code).not.toMatch(/\bnode:/);
  expect(gzipSync(code).length).toBeLessThanOrEqual(17_000);
});

/** Everything that the file needs, in one, as a page would load it. */
async function bundled(path: string): Promise<string> {
  const input = fileURLToPath(new URL(path, import.meta.url));
  const bundle = await rolldown({ input, platform: 'browser' });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  await bundle.close();
  const chunks = output.filter((part): part is OutputChunk => part.type === 'chunk');
  expect(chunks.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports])).toEqual([]);
  return chunks.map((chunk) => chunk.code).join('');
}
